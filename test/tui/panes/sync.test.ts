import {describe, expect, test} from 'vitest';
import {operationLines, progressBar, syncHeadlines} from '../../../source/tui/panes/sync/headline.ts';
import {treeRows} from '../../../source/tui/panes/sync/tree.ts';
import {treeLine} from '../../../source/tui/panes/sync/tree-row.ts';
import {glyphSets} from '../../../source/tui/theme/glyphs.ts';
import {lineWidth} from '../../../source/tui/widgets/fit/line.ts';
import {makeApplication, makeField, makeOperation, now} from '../../commands/fixtures.ts';
import {degraded, makeCommit, makeHold, makeNode} from '../fixtures.ts';
import {frameOf, textOf} from '../frame.ts';

const tree = [
	makeNode('ConfigMap/settings'),
	makeNode('ConfigMap/env', {
		syncStatus: 'OutOfSync',
		drift: {
			eventId: 'd',
			object: 'ConfigMap/env',
			namespace: 'shop',
			type: 'modified',
			fields: [makeField({path: 'data.LOG_LEVEL'})],
			action: 'reported',
			since: now - 1_000,
		},
	}),
	makeNode('Deployment/checkout', {health: degraded('x'), detail: '1/3 ready: ImagePullBackOff'}),
	makeNode('Deployment/checkout ReplicaSet/checkout-7c9f', {health: {status: 'Progressing'}, detail: '1/3 ready'}),
	makeNode('ReplicaSet/checkout-7c9f Pod/checkout-7c9f-x2x', {health: degraded('x'), detail: 'ImagePullBackOff'}),
	makeNode('ReplicaSet/checkout-7c9f Pod/checkout-7c9f-p8k', {detail: 'Running'}),
	makeNode('Job/migrate', {isHook: true, syncStatus: 'Unknown', health: {status: 'Unknown'}}),
	makeNode('ConfigMap/old', {requiresPruning: true}),
];

describe('the resource tree', () => {
	test('hangs children below their owners, what needs a look first', () => {
		const lines = textOf(treeRows(tree).map(row => treeLine(row, frameOf(70))));
		expect(lines.map(line => line.replace(/ {3,}(?=\d+ s$)/, '   '))).toEqual([
			'✗ Deployment checkout  1/3 ready: ImagePullBackOff',
			'  └ ⟳ ReplicaSet checkout-7c9f  1/3 ready   40 s',
			'    ├ ✗ Pod checkout-7c9f-x2x  ImagePullBackOff   40 s',
			'    └ ✓ Pod checkout-7c9f-p8k  Running   40 s',
			'≋ ConfigMap env  data.LOG_LEVEL changed',
			'≠ ConfigMap old  not in Git any more',
			'✓ ConfigMap settings  Healthy',
			'✓ Job migrate  hook',
		]);
	});

	test('owners that go in a circle, and children of nobody, are shown once and end', () => {
		const one = makeNode('Pod/b Pod/a');
		const other = makeNode('Pod/a Pod/b');
		expect(treeRows([one, other]).length).toBeLessThanOrEqual(2);
		expect(treeRows([makeNode('Deployment/gone Pod/orphan')]).map(({node}) => node.ref.name)).toEqual(['orphan']);
	});

	test.each([28, 38, 58, 100])('at %i columns no row is wider', width => {
		for (const row of treeRows(tree)) expect(lineWidth(treeLine(row, frameOf(width)))).toBeLessThanOrEqual(width);
	});

	test('says its states without unicode too', () => {
		const [first, second] = textOf(treeRows(tree).map(row => treeLine(row, frameOf(70, {glyphs: glyphSets.ascii}))));
		expect(first).toMatch(/^x Deployment/);
		expect(second).toMatch(/^ {2}` ~ ReplicaSet/);
	});
});

describe('the headlines', () => {
	test('state and since when, commit, and who holds it', () => {
		const application = makeApplication({
			syncStatus: 'OutOfSync',
			health: degraded('x'),
			healthSince: now - 5_000,
			holds: [makeHold()],
		});
		expect(textOf(syncHeadlines(application, [makeCommit()], frameOf(80)))).toEqual([
			'✗ OutOfSync, Degraded for 5 s',
			'  9f3c1a2 raise memory (lena) · live',
			'  ‖ held 42 m by lena',
		]);
	});

	test('a running sync has a bar, its step and time, and the first failure by name', () => {
		const operation = makeOperation({
			phase: 'Running',
			wave: 1,
			step: 0,
			steps: 2,
			done: 7,
			total: 11,
			startedAt: now - 4_000,
			results: [
				{object: 'Service/web', action: 'change', result: 'Succeeded'},
				{object: 'Deployment/web', action: 'change', result: 'Failed', message: 'field is immutable'},
			],
		});
		expect(textOf(operationLines(operation, {syncStatus: 'OutOfSync'}, frameOf(80)))).toEqual([
			'  syncing wave 1, step 1 of 2  ███████░░░░░  7/11  00:04',
			'    ✗ change Deployment/web: field is immutable',
		]);
	});

	test.each<[number, number, string]>([
		[0, 0, '░░░░'],
		[1, 8, '░░░░'],
		[4, 8, '██░░'],
		[9, 8, '████'],
	])('a bar of %i of %i', (done, total, bar) => {
		expect(progressBar(done, total, 4, glyphSets.unicode.glyph)).toBe(bar);
	});

	test('a failure that is over is not shown', () => {
		expect(operationLines(makeOperation({phase: 'Failed'}), {syncStatus: 'Synced'}, frameOf(80))).toEqual([]);
	});

	test('deletions that wait for a person are named', () => {
		const operation = makeOperation({
			phase: 'AwaitingConfirmation',
			confirmation: {token: 't', deletions: ['ConfigMap/a']},
		});
		const lines = textOf(operationLines(operation, {syncStatus: 'OutOfSync'}, frameOf(80)));
		expect(lines).toEqual([expect.stringContaining('waits for you'), '    would delete ConfigMap/a']);
	});
});
