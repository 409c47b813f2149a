import {describe, expect, test} from 'vitest';
import {copyables, copyMenu} from '../../../source/tui/acts/copy/menu.ts';
import {objectOf, type Selectable, selectionOf} from '../../../source/tui/acts/selection.ts';
import type {PaneName} from '../../../source/tui/layout/places.ts';
import {emptyList} from '../../../source/tui/store/list-state.ts';
import {initialUiState, type OpenView, type UiState} from '../../../source/tui/store/ui-state.ts';
import {makeApplication, makeCommit, makeDrift, makeField, revision} from '../../commands/fixtures.ts';
import {createScene} from './scene.ts';

const open = {
	eventId: 'd2',
	object: 'Deployment/checkout',
	namespace: 'shop',
	type: 'modified',
	fields: [makeField()],
	action: 'held',
	since: 0,
} as const;

const data: Selectable = {
	applications: new Map([
		['checkout', makeApplication({drift: [open]})],
		['basket', makeApplication({name: 'basket'})],
	]),
	journal: [
		{type: 'drift', id: 'd1', time: 0, application: 'basket', event: makeDrift({id: 'd1', application: 'basket'})},
		{type: 'drift', id: 'd2', time: 0, application: 'checkout', event: makeDrift({id: 'd2'})},
	],
	commits: [makeCommit()],
};

const deployment = {group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'checkout'};

function ui(focus: PaneName, selected: Partial<Record<PaneName, string>>, view?: Partial<OpenView>): UiState {
	const list = (key: string | undefined) => ({...emptyList, selected: key ?? null});
	return {
		...initialUiState({columns: 80, rows: 24, theme: 'mono'}),
		focus,
		viewports: {
			applications: list(selected.applications ?? 'checkout'),
			sync: list(selected.sync),
			drift: list(selected.drift),
			commits: list(selected.commits),
		},
		views: view ? [{kind: 'diff', title: 'diff', list: 'view', ...view}] : [],
	};
}

describe('what a key acts on', () => {
	test('is the application of the first pane, and the commit that is selected in the fourth', () => {
		const selection = selectionOf(ui('applications', {commits: revision}), data);
		expect(selection).toMatchObject({
			application: {name: 'checkout'},
			commit: {id: revision},
			object: null,
			drift: null,
		});
	});

	test('is the drift that is selected and its own application, where the drifts have the focus', () => {
		expect(selectionOf(ui('drift', {drift: 'd1'}), data)).toMatchObject({
			application: {name: 'basket'},
			object: deployment,
			drift: {isOpen: false},
		});
		expect(selectionOf(ui('drift', {drift: 'd2'}), data)).toMatchObject({
			application: {name: 'checkout'},
			object: deployment,
			drift: {isOpen: true, fields: [{path: 'spec.replicas'}]},
		});
	});

	test('is not a drift that is selected in a pane without the focus', () => {
		expect(selectionOf(ui('applications', {drift: 'd1'}), data).application?.name).toBe('checkout');
	});

	test('is the object of the tree, with its drift', () => {
		const selection = selectionOf(ui('sync', {sync: 'apps/Deployment/shop/checkout'}), data);
		expect(selection).toMatchObject({object: deployment, drift: {isOpen: true}});
	});

	test('is what a view is about, before everything that lies under it', () => {
		const view = {application: 'basket', object: 'Deployment/basket', revision};
		const selection = selectionOf(ui('drift', {drift: 'd2'}, view), data);
		expect(selection).toMatchObject({
			application: {name: 'basket'},
			object: {kind: 'Deployment', name: 'basket'},
			commit: {id: revision},
			drift: null,
		});
	});

	test('are the marked ones, as long as they are there', () => {
		const state = ui('applications', {});
		const marked = {...emptyList, selected: 'checkout', marks: new Set(['basket', 'gone'])};
		const selection = selectionOf({...state, viewports: {...state.viewports, applications: marked}}, data);
		expect(selection.marked).toEqual(['basket']);
	});
});

test.each([
	['apps/Deployment/shop/checkout', deployment],
	['/Service/shop/web', {kind: 'Service', namespace: 'shop', name: 'web'}],
	['/Namespace//shop', {kind: 'Namespace', name: 'shop'}],
	['Deployment/web', {kind: 'Deployment', name: 'web'}],
	['operation', null],
	[null, null],
] as const)('%s names an object', (text, object) => {
	expect(objectOf(text)).toEqual(object);
});

describe('copying', () => {
	test('offers names, ids, and commands that a shell takes', () => {
		const selection = selectionOf(ui('drift', {drift: 'd2', commits: revision}), data);
		const hostile = {...selection, application: {...selection.application!, name: "a'b c"}};
		expect(copyables(hostile).map(({key, text}) => `${key} ${text}`)).toMatchInlineSnapshot(`
			[
			  "n a'b c",
			  "b Deployment/checkout",
			  "f spec.replicas",
			  "s 9f3c1a2b4d5e6f708192a3b4c5d6e7f801234567",
			  "u https://git.example.com/shop.git",
			  "y holdfast sync 'a'\\''b c'",
			  "d holdfast diff 'a'\\''b c'",
			  "h holdfast hold 'a'\\''b c/Deployment/checkout' --for 1h",
			  "t holdfast revert 'a'\\''b c' 9f3c1a2",
			  "a holdfast adopt 'a'\\''b c/Deployment/checkout'",
			]
		`);
	});

	test('puts the chosen one on the clipboard', async () => {
		const scene = createScene({steps: [{choose: 's'}]});
		await copyMenu(scene.ports, selectionOf(ui('applications', {}), data));
		expect(scene.copied).toEqual([revision]);
		expect(scene.toasts).toEqual([`copied ${revision}`]);
	});
});
