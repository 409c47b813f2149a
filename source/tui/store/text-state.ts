import {clamp, type Movement, targetOf} from './movement.ts';

/** A text that is scrolled: a diff, YAML, a log. */
export interface TextState {
	readonly kind: 'text';
	/** Number of lines. */
	readonly length: number;
	/** Index of the first line on the screen. */
	readonly top: number;
	/** Columns scrolled to the right. */
	readonly left: number;
	/** Lines that fit. */
	readonly height: number;
	/** What is searched for; lines that have it are marked. */
	readonly filter: string;
	/** Indexes of the lines that have it, ascending. */
	readonly matches: readonly number[];
	/** A log follows its end until somebody scrolls up. */
	readonly isFollowing: boolean;
}

export type TextAction =
	| Movement
	| {readonly type: 'lines'; readonly length: number; readonly matches: readonly number[]}
	| {readonly type: 'height'; readonly height: number}
	| {readonly type: 'sideways'; readonly by: number}
	| {readonly type: 'filter'; readonly text: string}
	| {readonly type: 'match'; readonly by: 1 | -1};

export const emptyText: TextState = {
	kind: 'text',
	length: 0,
	top: 0,
	left: 0,
	height: 0,
	filter: '',
	matches: [],
	isFollowing: false,
};

/** A log: opens at its end. */
export const emptyLog: TextState = {...emptyText, isFollowing: true};

export function reduceText(state: TextState, action: TextAction): TextState {
	switch (action.type) {
		case 'move':
		case 'page':
		case 'half-page':
		case 'first': {
			const next = goTo({...state, isFollowing: false}, targetOf(action, state.top, state.length, state.height));
			return next;
		}
		case 'last':
			return goTo({...state, isFollowing: true}, state.length);
		case 'lines': {
			if (action.length === state.length && sameNumbers(action.matches, state.matches)) return state;
			return goTo(
				{...state, length: action.length, matches: action.matches},
				state.isFollowing ? action.length : state.top,
			);
		}
		case 'height':
			return action.height === state.height
				? state
				: goTo({...state, height: action.height}, state.isFollowing ? state.length : state.top);
		case 'sideways':
			return {...state, left: Math.max(0, state.left + action.by)};
		case 'filter':
			return action.text === state.filter ? state : {...state, filter: action.text};
		case 'match':
			return goToMatch(state, action.by);
		default:
			return state;
	}
}

/** Position for the frame: `1-20/180`. */
export function describePosition({top, height, length}: TextState): string {
	return length === 0 ? '' : `${top + 1}-${Math.min(length, top + height)}/${length}`;
}

function goTo(state: TextState, target: number): TextState {
	const top = clamp(target, 0, Math.max(0, state.length - state.height));
	return top === state.top ? state : {...state, top};
}

/** The next line that matches, seen from the top of the screen; around the end. */
function goToMatch(state: TextState, by: 1 | -1): TextState {
	const {matches, top} = state;
	if (matches.length === 0) return state;
	const found = by === 1 ? matches.find(line => line > top) : matches.findLast(line => line < top);
	const target = found ?? (by === 1 ? matches[0]! : matches.at(-1)!);
	return goTo({...state, isFollowing: false}, target);
}

function sameNumbers(one: readonly number[], other: readonly number[]): boolean {
	return one === other || (one.length === other.length && one.every((value, index) => value === other[index]));
}
