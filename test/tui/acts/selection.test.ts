import {describe, expect, test} from 'vitest';
import {copyables, copyMenu} from '../../../source/tui/acts/copy/menu.ts';
import type {Selection} from '../../../source/tui/acts/ports.ts';
import {actSelection} from '../../../source/tui/acts/selection.ts';
import {selectionOf} from '../../../source/tui/commands/selection.ts';
import {detailsOf, initialData, type ScreenData} from '../../../source/tui/data/state.ts';
import type {PaneName} from '../../../source/tui/layout/places.ts';
import {emptyList} from '../../../source/tui/store/list-state.ts';
import {initialUiState, type OpenView, type UiState} from '../../../source/tui/store/ui-state.ts';
import {makeApplication, makeCommit, makeDrift, makeField, revision} from '../../commands/fixtures.ts';
import {makeNode} from '../fixtures.ts';
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

const fetched = <Value>(value: Value) => ({value, at: 0, isLoading: false, problem: null});

const data: ScreenData = {
	...initialData,
	applications: new Map([
		['checkout', makeApplication({drift: [open]})],
		['basket', makeApplication({name: 'basket'})],
	]),
	journal: [
		{type: 'drift', id: 'd1', time: 0, application: 'basket', event: makeDrift({id: 'd1', application: 'basket'})},
		{type: 'drift', id: 'd2', time: 0, application: 'checkout', event: makeDrift({id: 'd2'})},
	],
	details: {
		...detailsOf('checkout'),
		log: fetched({branch: 'main', commits: [makeCommit()]}),
		tree: fetched([
			makeNode('Deployment/checkout', {drift: open}),
			makeNode('Deployment/checkout Pod/checkout-1'),
			makeNode('Service/checkout'),
		]),
	},
};

const object = {kind: 'Deployment', namespace: 'shop', name: 'checkout'};
const row = (key: string) => ` ${key}`;

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

function select(state: UiState): Selection {
	return actSelection(selectionOf(state, data), state, data);
}

describe('what a key acts on', () => {
	test('is the application of the first pane', () => {
		expect(select(ui('applications', {commits: revision, drift: 'd1'}))).toMatchObject({
			application: {name: 'checkout'},
			marked: [],
			object: null,
			drift: null,
			commit: null,
		});
	});

	test('is the commit where the Git log has the focus, and the live one where why offers it', () => {
		expect(select(ui('commits', {commits: revision})).commit?.id).toBe(revision);
		expect(select(ui('applications', {}, {kind: 'why', application: 'checkout'})).commit?.id).toBe(revision);
		expect(select(ui('applications', {}, {kind: 'events', application: 'checkout'})).commit).toBe(null);
	});

	test('is the drift and its own application, where the drifts have the focus', () => {
		expect(select(ui('drift', {drift: 'd1'}))).toMatchObject({
			application: {name: 'basket'},
			object,
			objects: ['Deployment/shop/checkout'],
			drift: {application: 'basket', isOpen: false},
		});
		expect(select(ui('drift', {drift: 'd2'}))).toMatchObject({
			application: {name: 'checkout'},
			drift: {isOpen: true, object, fields: [{path: 'spec.replicas'}]},
		});
	});

	test('is the object of the tree, with the drift that stands', () => {
		expect(select(ui('sync', {sync: row('apps/Deployment/shop/checkout')}))).toMatchObject({
			object: {group: 'apps', ...object},
			objects: ['Deployment/shop/checkout'],
			drift: {isOpen: true, object: {group: 'apps', ...object}},
		});
	});

	test('limits no sync to an object that a controller made', () => {
		const pod = 'apps/Deployment/shop/checkout /Pod/shop/checkout-1';
		expect(select(ui('sync', {sync: pod}))).toMatchObject({object: {kind: 'Pod'}, objects: []});
	});

	test('are the marked ones', () => {
		const state = ui('applications', {});
		const marks = (list: PaneName, keys: readonly string[]) => ({
			...state,
			focus: list,
			viewports: {...state.viewports, [list]: {...emptyList, selected: keys[0] ?? null, marks: new Set(keys)}},
		});
		expect(select(marks('applications', ['basket', 'checkout'])).marked).toEqual(['basket', 'checkout']);
		expect(select(marks('applications', ['basket'])).marked).toEqual([]);
		const rows = ['apps/Deployment/shop/checkout', '/Service/shop/checkout'].map(row);
		expect(select(marks('sync', rows)).objects).toEqual(['Deployment/shop/checkout', 'Service/shop/checkout']);
	});
});

describe('copying', () => {
	test('offers names, ids, and commands that a shell takes', () => {
		const selection = {...select(ui('drift', {drift: 'd2'})), commit: makeCommit()};
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
		await copyMenu(scene.ports, select(ui('applications', {})));
		expect(scene.copied).toEqual([revision]);
		expect(scene.toasts).toEqual([`copied ${revision}`]);
	});
});
