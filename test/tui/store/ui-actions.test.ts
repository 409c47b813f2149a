import {describe, expect, test} from 'vitest';
import {emptyList} from '../../../source/tui/store/list-state.ts';
import {reduceUi, type UiAction} from '../../../source/tui/store/ui-actions.ts';
import {initialUiState, listNameOf, placeOf, selectedIn, type UiState} from '../../../source/tui/store/ui-state.ts';

const initial = initialUiState({columns: 80, rows: 24, theme: 'mono'});

function apply(...actions: readonly UiAction[]): UiState {
	return actions.reduce(reduceUi, initial);
}

const list = (name: string): UiAction => ({type: 'mount', list: name, viewport: emptyList});
const rows = (name: string, keys: readonly string[]): UiAction => ({
	type: 'viewport',
	list: name,
	action: {type: 'rows', keys},
});
const open = (kind: 'diff' | 'yaml'): UiAction => ({type: 'open', view: {kind, title: kind}});

describe('focus', () => {
	test.each<[string, readonly UiAction[], string, string]>([
		['starts at the applications', [], 'applications', 'drift'],
		['goes to a pane', [{type: 'focus', pane: 'commits'}], 'commits', 'commits'],
		['goes round', Array(4).fill({type: 'cycle-focus', by: 1}), 'applications', 'commits'],
		['goes round backwards', [{type: 'cycle-focus', by: -1}], 'commits', 'commits'],
		[
			'leaves its companion on the screen',
			[
				{type: 'focus', pane: 'sync'},
				{type: 'focus', pane: 'applications'},
			],
			'applications',
			'sync',
		],
	])('%s', (_name, actions, focus, companion) => {
		const state = apply(...actions);
		expect([state.focus, state.companion]).toEqual([focus, companion]);
	});
});

describe('views', () => {
	test('lie over the panes, one over the other, and keys go to the uppermost', () => {
		const state = apply(open('diff'), open('yaml'));
		expect(placeOf(state)).toBe('yaml');
		expect(reduceUi(state, {type: 'back'})).toMatchObject({views: [{kind: 'diff'}]});
	});

	test('selection and filter of what lies below are kept', () => {
		const below = [
			list('applications'),
			rows('applications', ['a', 'b', 'c']),
			{type: 'viewport', action: {type: 'select', key: 'b'}} as const,
			{type: 'viewport', action: {type: 'filter', text: 'shop'}} as const,
		];
		const state = apply(...below, open('diff'), {type: 'back'});
		expect(selectedIn(state, 'applications')).toBe('b');
		expect(state.viewports.applications?.filter).toBe('shop');
	});

	test('a view that was closed is forgotten, and opens anew', () => {
		const first = apply(open('diff'));
		const name = listNameOf(first);
		const scrolled = [list(name), rows(name, ['x', 'y']), {type: 'back'} as const].reduce(reduceUi, first);
		expect(scrolled.viewports[name]).toBeUndefined();
		expect(listNameOf(reduceUi(scrolled, open('diff')))).toBe(name);
	});

	test('going to a pane closes them', () => {
		expect(apply(open('diff'), {type: 'focus', pane: 'applications'}).views).toEqual([]);
	});
});

test('back takes one thing at a time: prompt, filter, marks, view, zoom; at the root nothing', () => {
	let state = apply(
		{type: 'zoom'},
		open('diff'),
		list('view-1-diff'),
		rows('view-1-diff', ['a', 'b']),
		{type: 'viewport', action: {type: 'mark'}},
		{type: 'viewport', action: {type: 'filter', text: 'x'}},
		{type: 'prompt', prompt: {type: 'palette'}},
	);
	const describeState = ({prompt, viewports, views, isZoomed}: UiState) => {
		const viewport = viewports['view-1-diff'];
		const marks = viewport?.kind === 'list' ? viewport.marks.size : 0;
		return [prompt.type !== 'none', (viewport?.filter ?? '') !== '', marks > 0, views.length > 0, isZoomed].filter(
			Boolean,
		).length;
	};
	const left = [describeState(state)];
	for (let step = 0; step < 6; step++) {
		state = reduceUi(state, {type: 'back'});
		left.push(describeState(state));
	}
	expect(left).toEqual([5, 4, 3, 2, 1, 0, 0]);
});

test('what changes nothing is the same state', () => {
	const state = apply(list('applications'));
	const actions: readonly UiAction[] = [
		{type: 'resize', columns: 80, rows: 24},
		{type: 'focus', pane: 'applications'},
		{type: 'back'},
		{type: 'viewport', action: {type: 'height', height: 0}},
		{type: 'viewport', list: 'nobody', action: {type: 'first'}},
		{type: 'drop-toasts', now: 0},
	];
	for (const action of actions) expect(reduceUi(state, action)).toBe(state);
});
