import {describe, expect, test} from 'vitest';
import type {LoggedCommit} from '../../../source/model/commit.ts';
import type {JournalEntry} from '../../../source/model/journal.ts';
import {commitColumns, commitRow} from '../../../source/tui/panes/commits/row.ts';
import {listDrifts, type ShownDrift} from '../../../source/tui/panes/drift/drifts.ts';
import {driftRow, driftRowHeight} from '../../../source/tui/panes/drift/row.ts';
import {lineWidth} from '../../../source/tui/widgets/fit/line.ts';
import {makeApplication, makeDrift, makeField, now} from '../../commands/fixtures.ts';
import {makeCommit} from '../fixtures.ts';
import {frameOf, textOf} from '../frame.ts';

const entryOf = (event: ReturnType<typeof makeDrift>): JournalEntry => ({
	type: 'drift',
	id: event.id,
	time: event.time,
	application: event.application,
	event,
});

describe('the list of drifts', () => {
	const old = {
		eventId: 'old',
		object: 'ConfigMap/env',
		namespace: 'shop',
		type: 'modified',
		fields: [makeField()],
		action: 'held',
		since: now - 5_000_000,
	} as const;

	const openOf = (event: ReturnType<typeof makeDrift>, paths: readonly string[], action = 'held' as const) => ({
		...{eventId: event.id, object: event.object, namespace: event.namespace, type: event.type, action},
		...{fields: paths.map(path => makeField({path})), since: event.time},
	});
	const standings = (...parameters: Parameters<typeof listDrifts>) =>
		listDrifts(...parameters).map(({id, standing, action}) => [id, standing, action]);

	test('is newest first, and has also what stands longer than the history reaches back', () => {
		const [a, b] = [makeDrift({id: 'a', time: now - 10}), makeDrift({id: 'b', time: now})];
		const image = makeDrift({id: 'a', time: now - 10, fields: [makeField({path: 'image'})]});
		const applications = [makeApplication({drift: [old, openOf(image, ['image'])]})];
		expect(standings([entryOf(b), entryOf(image)], applications)).toEqual([
			['b', 'over', 'healed'],
			['a', 'open', 'held'],
			['old', 'open', 'held'],
		]);
		expect(standings([entryOf(b), entryOf(a)], [])).toHaveLength(2);
	});

	test('what stands of one object may have come in several events; one whose fields were adopted is over', () => {
		const replicas = makeDrift({id: 'a', time: now - 10, action: 'held', fields: [makeField({path: 'replicas'})]});
		const image = makeDrift({id: 'b', time: now, action: 'held', fields: [makeField({path: 'image'})]});
		const journal = [entryOf(replicas), entryOf(image)];
		const both = [makeApplication({drift: [openOf(image, ['replicas', 'image'])]})];
		expect(standings(journal, both)).toEqual([
			['b', 'open', 'held'],
			['a', 'open', 'held'],
		]);
		const adopted = [makeApplication({drift: [openOf(image, ['replicas'])]})];
		expect(standings(journal, adopted)).toEqual([
			['b', 'over', 'held'],
			['a', 'open', 'held'],
		]);
	});

	test('where an application names only some of its drift, nothing is said to be over', () => {
		const event = makeDrift({id: 'a', action: 'held'});
		const {counts} = makeApplication();
		const applications = [makeApplication({counts: {...counts, drifted: 60}, drift: [old]})];
		expect(standings([entryOf(event)], applications)).toEqual([
			['a', 'unknown', 'held'],
			['old', 'open', 'held'],
		]);
	});
});

describe('a drift', () => {
	const drift: ShownDrift = {...makeDrift(), standing: 'unknown'};

	test('says when, what, was and now, who, and what was done', () => {
		const [head, change] = textOf(driftRow(drift, false, frameOf(77)));
		expect(head).toMatch(/^ {2}\d\d:\d\d:\d\d checkout {2}Deployment\/checkout$/);
		expect(change).toMatch(/^ {2}spec\.replicas 3 → 10 {2,}kubectl\/scale {2}healed in 0\.1s$/);
	});

	test('on a wide screen stands in one line', () => {
		expect(driftRowHeight(140)).toBe(1);
		const [line, ...rest] = textOf(driftRow(drift, true, frameOf(140)));
		expect(rest).toEqual([]);
		expect(line).toMatch(
			/^● {2}\d\d:\d\d:\d\d {2}checkout +Deployment\/checkout +spec\.replicas 3 → 10 +kubectl\/scale +healed in/,
		);
	});

	test.each([38, 57, 77, 109, 110, 180])('at %i columns takes the lines it says, none of them wider', width => {
		const long = {...drift, fields: [makeField({path: `spec.template.spec.containers[name="app"].${'x'.repeat(90)}`})]};
		const lines = driftRow(long, true, frameOf(width));
		expect(lines).toHaveLength(driftRowHeight(width));
		for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(width);
		expect(textOf(lines).join(' ')).toContain('→ 10');
	});

	test.each<[Partial<typeof drift>, string]>([
		[{action: 'reported', reason: 'mode is observe', duration: undefined}, 'not healed: mode is observe'],
		[{action: 'asked', duration: undefined}, 'waits for you'],
		[{action: 'held', duration: undefined}, 'held'],
		[{action: 'contested', duration: undefined}, 'contested'],
		[{action: 'held', duration: undefined, standing: 'over'}, 'held, over now'],
		[{action: 'held', duration: undefined, standing: 'unknown'}, 'held'],
	])('says why it still stands: %o', (overrides, words) => {
		expect(textOf(driftRow({...drift, ...overrides}, false, frameOf(109)))[1]).toContain(words);
	});

	test('who is not known is said, hostile values are made visible', () => {
		const field = makeField({manager: 'unknown', subresource: undefined, now: '\u001b[2J'});
		const [, change] = textOf(driftRow({...drift, fields: [field]}, false, frameOf(100)));
		expect(change).toContain('unknown');
		expect(change).toContain('\\x1b[2J');
	});
});

describe('a commit', () => {
	const row = (commit: Partial<LoggedCommit>, trouble = '') =>
		textOf([
			commitRow(
				makeCommit(commit),
				{appearance: {glyph: 'good', style: 'good'}, trouble},
				commitColumns(100, [makeCommit(commit)], {trouble}),
				frameOf(100),
			),
		])[0]?.split(/\s{2,}/);

	test.each<[string, Partial<LoggedCommit>, string, string[]]>([
		['live', {state: 'live'}, '', ['● 9f3c1a2', 'lena', '12 m', 'raise memory', '2 objects', 'live']],
		[
			'live, but broken',
			{state: 'live'},
			'Degraded',
			['● 9f3c1a2', 'lena', '12 m', 'raise memory', '2 objects', 'live, Degraded'],
		],
		[
			'failed',
			{state: 'failed', failure: 'no'},
			'',
			['✗ 9f3c1a2', 'lena', '12 m', 'raise memory', '2 objects', 'failed: no'],
		],
		['pending', {state: 'pending'}, '', ['○ 9f3c1a2', 'lena', '12 m', 'raise memory', '2 objects', 'not synced yet']],
		[
			'reverted',
			{revertedBy: 'b'.repeat(40)},
			'',
			['⤫ 9f3c1a2', 'lena', '12 m', 'raise memory', '2 objects', 'reverted by bbbbbbb'],
		],
		[
			'a revert',
			{reverts: 'c'.repeat(40), objects: null},
			'',
			['↶ 9f3c1a2', 'lena', '12 m', 'raise memory', '?', 'takes ccccccc back'],
		],
	])('%s', (_name, commit, trouble, cells) => {
		expect(row(commit, trouble)).toEqual(cells);
	});
});
