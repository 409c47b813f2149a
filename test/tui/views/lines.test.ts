import {describe, expect, test} from 'vitest';
import type {CommitView} from '../../../source/model/commit.ts';
import type {DiffAnswer} from '../../../source/protocol/messages/diff.ts';
import type {ObjectDetails} from '../../../source/protocol/messages/inspect.ts';
import {wrapText} from '../../../source/tui/present/wrap.ts';
import {commitLines} from '../../../source/tui/views/commit/lines.ts';
import {diffLines} from '../../../source/tui/views/diff/lines.ts';
import {driftLines} from '../../../source/tui/views/drift/lines.ts';
import {eventRow} from '../../../source/tui/views/events/row.ts';
import {objectLines} from '../../../source/tui/views/object/lines.ts';
import {timelineRows} from '../../../source/tui/views/timeline/rows.ts';
import {whyRows} from '../../../source/tui/views/why/rows.ts';
import {logLine} from '../../../source/tui/views/worker-log/lines.ts';
import {lineWidth} from '../../../source/tui/widgets/fit/line.ts';
import {makeDrift, makeField, now, revision} from '../../commands/fixtures.ts';
import {makeClusterEvent, makeCommit, makeHold, makeSync} from '../fixtures.ts';
import {frameOf, textOf} from '../frame.ts';

const answer: DiffAnswer = {
	application: 'checkout',
	revision,
	objects: [
		{
			object: 'Deployment/checkout',
			namespace: 'shop',
			group: 'apps',
			version: 'v1',
			action: 'change',
			fields: [{path: 'spec.replicas', live: '10', desired: '3', manager: 'kubectl'}],
			live: 'a: 1\nreplicas: 10\nz: 9\n',
			desired: 'a: 1\nreplicas: 3\nextra: yes\nz: 9\n',
		},
		{
			object: 'ConfigMap/new',
			namespace: 'shop',
			group: '',
			version: 'v1',
			action: 'create',
			fields: [],
			desired: 'kind: ConfigMap\n',
		},
	],
	problems: [],
	dryRuns: 1,
};

describe('the diff', () => {
	test('unified where it is narrow', () => {
		expect(textOf(diffLines(answer, frameOf(80)))).toEqual([
			'cluster against Git 9f3c1a2: 1 to create, 1 to change, 0 to delete',
			'',
			'Deployment/checkout in shop would change',
			'  spec.replicas  10 → 3   set by kubectl',
			'@@ line 1 @@',
			' a: 1',
			'-replicas: 10',
			'+replicas: 3',
			'+extra: yes',
			' z: 9',
			'',
			'ConfigMap/new in shop would be created',
			'@@ line 1 @@',
			'+kind: ConfigMap',
		]);
	});

	test('side by side where it is wide, what was removed beside what came for it', () => {
		const lines = diffLines(answer, frameOf(120));
		for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(120);
		const rows = textOf(lines).map(line => line.split('│').map(side => side.trim()));
		expect(rows).toContainEqual(['2 - replicas: 10', '2 + replicas: 3']);
		expect(rows).toContainEqual(['', '3 + extra: yes']);
		expect(rows).toContainEqual(['3   z: 9', '4   z: 9']);
	});

	test('of one object only', () => {
		expect(textOf(diffLines(answer, frameOf(80), 'ConfigMap/new')).join('\n')).not.toContain('replicas');
	});

	test('nothing to do is said, and what could not be compared too', () => {
		expect(textOf(diffLines({...answer, objects: []}, frameOf(80)))).toEqual([
			'The cluster is as Git says at 9f3c1a2: a sync has nothing to do',
		]);
		const problems = [{code: 'x', message: 'Pod/a is forbidden'}];
		expect(textOf(diffLines({...answer, objects: [], problems}, frameOf(90)))).toEqual([
			'✗ Pod/a is forbidden',
			'The cluster is as Git says at 9f3c1a2 in what could be compared: a sync has nothing to do',
		]);
	});

	test('hostile YAML stays text', () => {
		const [object] = answer.objects;
		const hostile = {...answer, objects: [{...object!, desired: 'a: "\u001b[2J\u202e"\n'}]};
		const text = textOf(diffLines(hostile, frameOf(120))).join('');
		expect(text).toContain('\\x1b[2J\\u202e');
	});
});

describe('an object', () => {
	const details: ObjectDetails = {
		live: 'kind: Deployment\nspec:\n  replicas: 10\n',
		desired: null,
		managers: [
			{
				manager: 'holdfast-abc123',
				operation: 'Apply',
				subresource: '',
				time: now - 3_600_000,
				paths: ['spec.template'],
			},
			{manager: 'kubectl', operation: 'Update', subresource: 'scale', time: now - 60_000, paths: ['spec.replicas']},
		],
	};

	test('who owns which field, the last writer first', () => {
		expect(textOf(objectLines(details, 'who owns which field', frameOf(80)))).toEqual([
			'kubectl, scale by Update, 1 m ago  1 field',
			'  · spec.replicas',
			'',
			'holdfast-abc123 by Apply, 1 h ago  1 field',
			'  · spec.template',
		]);
	});

	test('what is not there is said', () => {
		expect(textOf(objectLines(details, 'Git', frameOf(80)))[0]).toContain('Git does not name it');
		expect(textOf(objectLines(details, 'live against Git', frameOf(80)))[0]).toContain('only one side');
		expect(textOf(objectLines(details, 'live', frameOf(80)))).toEqual(['kind: Deployment', 'spec:', '  replicas: 10']);
	});
});

test('a commit: who, what it did to the application, its files, its diff', () => {
	const view: CommitView = {
		info: makeCommit(),
		body: 'More room.\n',
		files: [
			{path: 'a.yaml', status: 'modified', additions: 2, deletions: 1, isBinary: false},
			{path: 'b.png', status: 'added', additions: 0, deletions: 0, isBinary: true},
		],
		diff: '@@ -1 +1 @@\n-memory: 1\n+memory: 2\n',
		isTruncated: true,
		problems: [],
	};
	expect(textOf(commitLines(view, makeCommit({state: 'failed', failure: 'no such kind'}), frameOf(80)))).toEqual([
		revision,
		'lena <lena@example.com>, 12 m ago',
		'failed: no such kind; 0 created, 2 changed, 0 deleted',
		'',
		'raise memory',
		'',
		'More room.',
		'',
		'M a.yaml  +2 -1',
		'A b.png  binary',
		'',
		'@@ -1 +1 @@',
		'-memory: 1',
		'+memory: 2',
		'cut here: the diff is longer than what is shown',
	]);
});

test('a Kubernetes Event in one line', () => {
	expect(textOf([eventRow(makeClusterEvent(), frameOf(120))])[0]).toMatch(
		/^! {3}5 s {5}6x {2}Failed +Pod\/checkout-7c9f-x2x +Failed to pull image/,
	);
});

describe('a line of the worker log', () => {
	test.each<[object | string, RegExp]>([
		[{level: 30, time: '2026-11-21T11:04:31.123Z', msg: 'synced'}, /^\d\d:\d\d:\d\d info {2}synced$/],
		[
			{level: 50, time: 'never', msg: 'pass failed', problem: {code: 'x', message: 'no route'}},
			/^--:--:-- error pass failed: no route$/,
		],
		['not JSON \u001b[2J', /^not JSON \\x1b\[2J$/],
	])('%j', (line, expected) => {
		expect(textOf([logLine(typeof line === 'string' ? line : JSON.stringify(line))])[0]).toMatch(expected);
	});
});

test('the timeline: everything that happened to one application, in words, each with where it leads', () => {
	const event = makeDrift();
	const rows = timelineRows(
		[
			{
				type: 'hold',
				id: 'h',
				time: now - 1_000,
				application: 'checkout',
				action: 'held',
				hold: makeHold(),
				by: 'lena@bastion-1',
			},
			{type: 'drift', id: event.id, time: now - 2_000, application: 'checkout', event},
			makeSync({time: now - 3_000, phase: 'Failed', message: 'field is immutable'}),
			{
				type: 'revision',
				id: 'r',
				time: now - 4_000,
				application: 'checkout',
				revision,
				author: 'lena',
				subject: 'raise memory',
				isForced: false,
			},
			makeSync({id: 'other', application: 'basket'}),
		],
		'checkout',
		frameOf(120),
	);
	expect(textOf(rows.map(({line}) => line)).map(line => line.slice(17))).toEqual([
		'held the whole application for 60 m by lena@bastion-1: INC-2231',
		'drift Deployment/checkout spec.replicas 3 → 10 by kubectl/scale: healed in 0.1s',
		'sync failed at 9f3c1a2 by automated: field is immutable',
		'commit 9f3c1a2 raise memory by lena',
	]);
	expect(rows.map(({jump}) => jump?.type)).toEqual(['application', 'drift', 'commit', 'commit']);
});

test('a drift whole: was, now, who, when, and how sure that is', () => {
	const event = makeDrift({
		action: 'reported',
		reason: 'mode is observe',
		duration: undefined,
		fields: [
			makeField({
				confidence: 'unknown',
				evidence: 'none',
				manager: 'unknown',
				operation: undefined,
				subresource: undefined,
			}),
		],
	});
	expect(textOf(driftLines(event, frameOf(100)))).toEqual([
		'Deployment/checkout in shop of checkout',
		'modified, seen 2026-11-21T11:04:31Z, 0 s ago',
		'held to 9f3c1a2',
		'not healed: mode is observe',
		'',
		'spec.replicas modified',
		'  was  3',
		'  now  10',
		'  who  unknown: not known, the cluster does not record it',
		'  when between 2026-11-21T11:04:30Z and 2026-11-21T11:04:31Z',
	]);
});

describe('the answer to why', () => {
	const rows = whyRows(
		{
			title: 'Why is checkout Degraded?',
			findings: [
				{
					code: 'ImagePull',
					text: `Pod a cannot pull ${'x'.repeat(10)} `.repeat(4).trim(),
					jump: {type: 'sync', application: 'checkout'},
				},
			],
			actions: [
				{command: 'revert', text: 'revert 9f3c1a2'},
				{command: 'holdfast doctor', text: 'check rights'},
			],
		},
		command => (command === 'revert' ? 't' : null),
		frameOf(60),
	);

	test('is numbered, wrapped, and names the key of every action', () => {
		const lines = textOf(rows.map(({line}) => line));
		expect(lines[0]).toBe('Why is checkout Degraded?');
		expect(lines[1]).toMatch(/^ 1 {2}Pod a/);
		expect(lines[2]).toMatch(/^ {4}\S/);
		expect(lines.at(-2)).toBe('next  t   revert 9f3c1a2');
		expect(lines.at(-1)).toBe('      holdfast doctor check rights');
		for (const {line} of rows) expect(lineWidth(line)).toBeLessThanOrEqual(60);
	});

	test('every line of a finding leads where the finding does', () => {
		expect(rows.slice(1, 3).map(({target}) => target?.type)).toEqual(['jump', 'jump']);
		expect(rows.at(-2)?.target).toEqual({type: 'command', command: 'revert'});
	});
});

test.each<[string, number, string[]]>([
	['one two three', 8, ['one two', 'three']],
	['abcdefghijkl', 8, ['abcdefgh', 'ijkl']],
	['', 8, ['']],
	['注文注文 注文', 8, ['注文注文', '注文']],
])('%j in %i columns', (text, columns, lines) => {
	expect(wrapText(text, columns)).toEqual(lines);
});
