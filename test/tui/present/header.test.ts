import {describe, expect, test} from 'vitest';
import type {ConnectionStatus} from '../../../source/model/status.ts';
import {countApplications} from '../../../source/tui/data/counts.ts';
import type {Link} from '../../../source/tui/data/state.ts';
import {freshnessOf} from '../../../source/tui/present/freshness.ts';
import {type HeaderInput, headerLines} from '../../../source/tui/present/header.ts';
import {summariseHealing} from '../../../source/tui/present/healing.ts';
import {lineWidth} from '../../../source/tui/widgets/fit/line.ts';
import {makeApplication, makeWorker, now} from '../../commands/fixtures.ts';
import {degraded, makeHold} from '../fixtures.ts';
import {frameOf, textOf} from '../frame.ts';

const applications = [
	makeApplication({name: 'a', syncStatus: 'OutOfSync', health: degraded('x')}),
	makeApplication({name: 'b', holds: [makeHold()]}),
	makeApplication({name: 'c'}),
];
const live: Link = {type: 'live', since: now};

function header(width: number, overrides: Partial<HeaderInput> = {}): string[] {
	const input: HeaderInput = {
		contexts: ['eu-prod'],
		isProduction: true,
		freshness: {type: 'live'},
		healing: summariseHealing(makeWorker(), applications, false),
		worker: makeWorker(),
		access: {type: 'open'},
		counts: {...countApplications(applications), driftsLastHour: 3},
		absence: null,
		freeze: {type: 'running'},
		gitSeenAt: now - 14_000,
		...overrides,
	};
	const lines = headerLines(input, frameOf(width));
	for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(width);
	return textOf(lines);
}

describe('the header', () => {
	test('says where, how old, whether it heals, and whether keys write', () => {
		expect(header(140, {access: {type: 'read-only', how: ':write arms'}})).toEqual([
			expect.stringMatching(
				/^ holdfast {3}eu-prod {2}PRODUCTION {4}live, Git 10 s ago {3}healing on, 1 held 42 m {3}worker 4711 +READ-ONLY {2}:write arms$/,
			),
			' 3 applications   2 Synced   1 OutOfSync   1 Degraded   1 held   3 drifts in the last hour',
		]);
	});

	test.each<[number, string, string]>([
		[
			80,
			' eu-prod  PRODUCTION   live, Git 10 s ago  healing on, 1 held 42 m',
			' 3 apps  2 Synced  1 OutOfSync  1 Degraded  1 held  3 drifts/h',
		],
		[60, ' eu-prod  PROD   live  heal on, 1 held 42 m', ' 3 apps  2✓  1≠  1✗  1‖  3 drifts/h'],
	])('at %i columns in fewer words', (width, first, second) => {
		expect(header(width)).toEqual([first, second]);
	});

	test.each([60, 80, 100, 120, 200])('what is armed is never cut at %i columns', width => {
		expect(header(width, {access: {type: 'armed', until: now + 14 * 60_000}})[0]).toMatch(/ ARMED 14 m$/);
	});

	test('a frozen screen says for how long and how far behind', () => {
		expect(header(120, {freeze: {type: 'frozen', since: now - 14_000, changesBehind: 3}})[1]).toMatch(
			/FROZEN 14 s, 3 changes behind$/,
		);
	});

	test('what was missed stands beside the counts, or in their place where there is no room', () => {
		const absence = {
			since: 0,
			until: now,
			syncs: 2,
			failedSyncs: 0,
			drifts: 1,
			healed: 1,
			commits: 0,
			reverts: 0,
			holds: 0,
			errors: 0,
		};
		const sentence = 'while you were away: 2 syncs, 1 drift healed';
		expect(header(140, {absence})[1]).toMatch(new RegExp(`^ 3 applications.*${sentence}$`));
		expect(header(80, {absence})[1]).toBe(` ${sentence}`);
	});

	test('what is wrong with the worker itself is said before what was missed, in as many words as fit', () => {
		const problem = {
			code: 'JournalUnavailable',
			message: 'The history in /x/journal.sqlite is not being written: disk full',
		};
		const worker = makeWorker({problems: [problem, {code: 'Other', message: 'second'}]});
		expect(header(200, {worker})[1]).toMatch(/ ! 2 problems: The history in .* is not being written: disk full$/);
		expect(header(140, {worker})[1]).toMatch(/ ! 2 problems: The history in .*…$/);
		expect(header(60, {worker})[1]).toMatch(/ ! 2 problems$/);
	});

	test('hostile names of contexts stay words', () => {
		expect(header(140, {contexts: ['a\u001b[2Jb']})[0]).toContain('a\\x1b[2Jb');
	});
});

describe('how far the screen can be trusted', () => {
	const [connection] = makeWorker().connections as [ConnectionStatus];
	const stale = {
		...connection,
		state: 'stale',
		since: now - 37_000,
		problem: {code: 'x', message: 'no route'},
	} as const;
	const repository = {
		repoURL: 'r',
		state: 'stale',
		since: now - 180_000,
		problem: {code: 'x', message: 'refused'},
	} as const;
	const text = (link: Link, worker: Parameters<typeof makeWorker>[0]) => {
		const freshness = freshnessOf({link, worker: makeWorker(worker)}, now);
		return header(140, {freshness, gitSeenAt: null})[0];
	};

	test.each<[string, Link, Parameters<typeof makeWorker>[0], string]>([
		['all answer', live, {}, 'live'],
		['the API server does not', live, {connections: [stale]}, 'stale 37 s: no route, retrying'],
		['Git does not', live, {repositories: [repository]}, 'Git stale 3 m: refused, retrying'],
		[
			'the worker is gone: that counts most',
			{type: 'lost', since: now - 5_000, problem: {code: 'x', message: 'it ended'}, nextTryAt: now + 2_000},
			{connections: [stale]},
			'stale 5 s: it ended, next try in 2 s',
		],
		['it begins', {type: 'connecting'}, {}, 'connecting to the worker'],
	])('%s', (_name, link, worker, expected) => {
		expect(text(link, worker)).toContain(expected);
	});

	test('one application is only as stale as its own cluster', () => {
		const worker = makeWorker({connections: [connection, {...stale, context: 'us'}]});
		expect(freshnessOf({link: live, worker}, now, {context: 'eu-prod'})).toEqual({type: 'live'});
		expect(freshnessOf({link: live, worker}, now, {context: 'us'})).toMatchObject({type: 'stale', what: 'cluster'});
	});
});

describe('healing', () => {
	const off = makeApplication({isHealing: false});
	test.each<[string, Parameters<typeof summariseHealing>, string]>([
		['on', [makeWorker(), [makeApplication()], false], 'healing on'],
		['nobody wants it', [makeWorker(), [off], false], 'healing off: no application heals'],
		[
			'only looking',
			[makeWorker({mode: 'observe'}), [makeApplication()], false],
			'healing off: the worker only observes',
		],
		['everything held', [makeWorker(), [makeApplication({holds: [makeHold()]})], false], 'everything held 42 m'],
		['nothing can be healed now', [makeWorker(), [makeApplication()], true], 'healing waits'],
		[
			'a hold without an end has no countdown',
			[
				makeWorker(),
				[off, makeApplication({holds: [makeHold({until: null, scope: {type: 'object', kind: 'Pod', name: 'a'}})]})],
				false,
			],
			'healing on, 1 held',
		],
	])('%s', (_name, input, expected) => {
		expect(header(200, {healing: summariseHealing(...input)})[0]).toContain(expected);
	});
});
