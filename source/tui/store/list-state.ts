import {clamp, type Movement, targetOf} from './movement.ts';

/** A windowed list: which row is selected, and which part of it is on the screen. No rows themselves, only their keys. */
export interface ListState {
	readonly kind: 'list';
	/** What is shown, in order, after filter and sort. */
	readonly keys: readonly string[];
	/** null while there is nothing to select. */
	readonly selected: string | null;
	/** Of the selected row. */
	readonly index: number;
	/** Of the first row on the screen. */
	readonly top: number;
	/** Rows that fit. */
	readonly height: number;
	readonly marks: ReadonlySet<string>;
	readonly filter: string;
	/** Names of the orders that the list can be in; the first is its own. */
	readonly sorts: readonly string[];
	readonly sort: number;
	readonly isReversed: boolean;
	/** Nobody has touched it yet: the first row stays selected, whichever it is. */
	readonly isFollowing: boolean;
}

export type ListAction =
	| Movement
	| {readonly type: 'rows'; readonly keys: readonly string[]}
	| {readonly type: 'height'; readonly height: number}
	| {readonly type: 'select'; readonly key: string}
	/** From now on the selection stays on its row. */
	| {readonly type: 'pin'}
	/** Marks or unmarks the selected row and goes on to the next. */
	| {readonly type: 'mark'}
	| {readonly type: 'clear-marks'}
	| {readonly type: 'filter'; readonly text: string}
	| {readonly type: 'sorts'; readonly names: readonly string[]}
	| {readonly type: 'next-sort'}
	| {readonly type: 'reverse-sort'}
	/** To the next row, and from the last one to the first. */
	| {readonly type: 'match'; readonly by: 1 | -1};

export const emptyList: ListState = {
	kind: 'list',
	keys: [],
	selected: null,
	index: 0,
	top: 0,
	height: 0,
	marks: new Set(),
	filter: '',
	sorts: [],
	sort: 0,
	isReversed: false,
	isFollowing: true,
};

export function reduceList(state: ListState, action: ListAction): ListState {
	switch (action.type) {
		case 'move':
		case 'page':
		case 'half-page':
		case 'first':
		case 'last': {
			const index = targetOf(action, state.index, state.keys.length, state.height);
			return goTo({...state, isFollowing: action.type === 'first'}, index);
		}
		case 'match': {
			const {length} = state.keys;
			return length === 0 ? state : goTo({...state, isFollowing: false}, (state.index + action.by + length) % length);
		}
		case 'rows':
			return action.keys === state.keys ? state : withRows(state, action.keys);
		case 'height':
			return action.height === state.height ? state : scroll({...state, height: action.height});
		case 'select': {
			const index = state.keys.indexOf(action.key);
			return index < 0 ? state : goTo({...state, isFollowing: false}, index);
		}
		case 'pin':
			return state.isFollowing ? {...state, isFollowing: false} : state;
		case 'mark':
			return mark(state);
		case 'clear-marks':
			return state.marks.size === 0 ? state : {...state, marks: new Set()};
		case 'filter':
			return action.text === state.filter ? state : {...state, filter: action.text};
		case 'sorts':
			return sameNames(action.names, state.sorts) ? state : {...state, sorts: action.names, sort: 0};
		case 'next-sort':
			return {...state, sort: (state.sort + 1) % Math.max(1, state.sorts.length), isReversed: false};
		case 'reverse-sort':
			return {...state, isReversed: !state.isReversed};
		default:
			return state;
	}
}

/** Rows that are to be drawn: from inclusive, to exclusive. */
export function windowOf({top, height, keys}: ListState): {readonly from: number; readonly to: number} {
	return {from: top, to: Math.min(keys.length, top + height)};
}

/** The selection stays on its row by key; where that row went, on the row that took its place. */
function withRows(state: ListState, keys: readonly string[]): ListState {
	const kept = state.selected === null || state.isFollowing ? -1 : keys.indexOf(state.selected);
	const index = kept >= 0 ? kept : state.isFollowing ? 0 : state.index;
	// The row keeps its place on the screen when rows come or go above it.
	const top = kept >= 0 ? state.top + (kept - state.index) : state.top;
	const present = state.marks.size > 0 ? new Set(keys) : null;
	const marks = present ? new Set([...state.marks].filter(key => present.has(key))) : state.marks;
	return goTo({...state, keys, top, marks: marks.size === state.marks.size ? state.marks : marks}, index);
}

function goTo(state: ListState, target: number): ListState {
	const index = clamp(target, 0, Math.max(0, state.keys.length - 1));
	return scroll({...state, index, selected: state.keys[index] ?? null});
}

/** The selected row is on the screen, and no empty rows stand below the last one while there are more above. */
function scroll(state: ListState): ListState {
	const {index, height, keys} = state;
	const visible = clamp(state.top, index - Math.max(0, height - 1), index);
	const top = clamp(visible, 0, Math.max(0, keys.length - height));
	return top === state.top ? state : {...state, top};
}

function mark(state: ListState): ListState {
	if (state.selected === null) return state;
	const marks = new Set(state.marks);
	if (!marks.delete(state.selected)) marks.add(state.selected);
	return goTo({...state, marks, isFollowing: false}, state.index + 1);
}

function sameNames(one: readonly string[], other: readonly string[]): boolean {
	return one.length === other.length && one.every((name, index) => name === other[index]);
}
