import {describe, expect, test} from 'vitest';
import {eventLines} from '../../../source/commands/print/event-text.ts';
import {createSurface} from '../../../source/commands/terminal/surface.ts';
import type {DriftEvent} from '../../../source/model/drift.ts';
import type {JournalEntry} from '../../../source/model/journal.ts';
import {makeDrift, makeField, makeHold, now, revertCommit, revision} from '../fixtures.ts';

const surface = createSurface({LANG: 'C.UTF-8'}, {});
const head = {id: 'entry-1', time: now, application: 'checkout'};

function line(entry: JournalEntry): string {
	const lines = eventLines(entry, {surface, isWide: false});
	expect(lines).toHaveLength(1);
	return lines[0]!;
}

describe('drift on one line', () => {
	const start = '2026-11-21T11:04:31Z drift checkout Deployment/checkout';
	const cases: [string, Partial<DriftEvent>, string][] = [
		['as in the storyboard', {}, 'spec.replicas 3→10 kubectl/scale healed 0.1s'],
		[
			'a removed field has no new value and nobody is known',
			{
				type: 'removed',
				fields: [makeField({class: 'removed', now: null, manager: 'unknown', subresource: undefined})],
				action: 'reported',
				duration: undefined,
			},
			'spec.replicas 3→(none) unknown reported',
		],
		[
			'values that are not known are not invented',
			{fields: [makeField({was: undefined, now: '10'})]},
			'spec.replicas ?→10 kubectl/scale healed 0.1s',
		],
		[
			'neither value is known',
			{fields: [makeField({was: undefined, now: undefined})]},
			'spec.replicas modified kubectl/scale healed 0.1s',
		],
		[
			'values with spaces are quoted',
			{fields: [makeField({was: 'a b', now: ''})]},
			'spec.replicas "a b"→"" kubectl/scale healed 0.1s',
		],
		[
			'a deleted object',
			{
				type: 'deleted',
				fields: [
					makeField({
						path: '',
						class: 'deleted',
						was: undefined,
						now: undefined,
						manager: 'unknown',
						subresource: undefined,
					}),
				],
			},
			'deleted unknown healed 0.1s',
		],
		['an object of which no field is known', {type: 'recreated', fields: []}, 'recreated unknown healed 0.1s'],
		[
			'a known actor, and a doubt',
			{
				fields: [
					makeField({manager: 'kube-controller-manager', actor: 'HorizontalPodAutoscaler/web', confidence: 'likely'}),
				],
			},
			'spec.replicas 3→10 kube-controller-manager/scale? (HorizontalPodAutoscaler/web) healed 0.1s',
		],
		[
			'an actor that says no more than the manager',
			{fields: [makeField({actor: 'kubectl scale'})]},
			'spec.replicas 3→10 kubectl/scale healed 0.1s',
		],
		[
			'several fields by two managers, then a count',
			{
				fields: [
					makeField(),
					makeField({path: 'a', manager: 'kubectl-edit', subresource: undefined}),
					makeField({path: 'b'}),
					makeField({path: 'c'}),
					makeField({path: 'd'}),
				],
			},
			'spec.replicas 3→10, a 3→10, b 3→10 (+2 more) kubectl/scale, kubectl-edit healed 0.1s',
		],
		[
			'hostile text',
			{fields: [makeField({path: 'data.a\nb', now: '\u001b[31mred', manager: '\u202eevil'})]},
			'data.a\\nb 3→\\x1b[31mred \\u202eevil/scale healed 0.1s',
		],
	];
	test.each(cases)('%s', (_name, overrides, rest) => {
		expect(line({...head, type: 'drift', event: makeDrift(overrides)})).toBe(`${start} ${rest}`);
	});

	test('in ASCII', () => {
		const entry: JournalEntry = {...head, type: 'drift', event: makeDrift()};
		expect(eventLines(entry, {surface: createSurface({}, {}), isWide: false})[0]).toContain('3->10');
	});

	test('wide names every field with its evidence', () => {
		const event = makeDrift({action: 'backing-off', reason: 'next try in 30 s', duration: undefined});
		expect(eventLines({...head, type: 'drift', event}, {surface, isWide: true}).join('\n')).toMatchInlineSnapshot(`
			"2026-11-21T11:04:31Z drift checkout Deployment/checkout in shop modified backing-off, next try in 30 s, held to 9f3c1a2
			  spec.replicas 3→10 kubectl/scale by Update 2026-11-21T11:04:30Z..2026-11-21T11:04:31Z (exact, from managedFields)"
		`);
	});
});

describe('the rest of history', () => {
	const sync = {
		...head,
		type: 'sync',
		revision,
		initiatedBy: 'ana@bastion-1',
		phase: 'Succeeded',
		message: '1 created',
		duration: 400,
		created: 1,
		changed: 2,
		deleted: 0,
		failed: 0,
		results: [],
	} as const;
	const fieldHold = makeHold({
		scope: {type: 'field', kind: 'Deployment', name: 'web', path: 'spec.replicas'},
		reason: '',
	});
	const revert = {
		...head,
		type: 'revert',
		phase: 'pushed',
		commits: [revision],
		revertCommit,
		branch: 'main',
		by: 'ana@bastion-1',
		reason: 'INC-2231',
		message: '',
	} as const;
	const cases: [JournalEntry, string][] = [
		[sync, 'sync checkout 9f3c1a2 Succeeded 1 created, 2 changed, 0 deleted 0.4s by ana@bastion-1'],
		[
			{...sync, phase: 'Failed', failed: 1, message: 'Job/migrate: denied'},
			'sync checkout 9f3c1a2 Failed 1 created, 2 changed, 0 deleted, 1 failed 0.4s by ana@bastion-1: Job/migrate: denied',
		],
		[
			{
				...head,
				type: 'error',
				problem: {code: 'BadYaml', message: 'tab in indentation', file: 'k8s/a.yaml', line: 12, hint: 'Use spaces'},
			},
			'error checkout BadYaml: k8s/a.yaml:12: tab in indentation. Use spaces',
		],
		[
			{...head, type: 'revision', revision, author: 'lena', subject: 'raise "memory"', isForced: false},
			'revision checkout 9f3c1a2 "raise \\"memory\\"" by lena',
		],
		[
			{...head, type: 'revision', revision, author: 'lena', subject: 'again', isForced: true},
			'revision checkout 9f3c1a2 "again" by lena (history was rewritten)',
		],
		[
			{...head, type: 'hold', action: 'held', by: 'ana@bastion-1', hold: makeHold({includesSync: true})},
			'hold checkout the whole application held by ana@bastion-1 until 2026-11-21T11:46:31Z, syncs stopped "INC-2231"',
		],
		[
			{...head, type: 'hold', action: 'held', by: 'ana@bastion-1', hold: {...fieldHold, until: null, reason: 'a "b"'}},
			'hold checkout Deployment/web spec.replicas held by ana@bastion-1 until resumed "a \\"b\\""',
		],
		[
			{...head, type: 'hold', action: 'ending', by: 'holdfast', hold: {...fieldHold, until: now + 300_000}},
			'hold checkout Deployment/web spec.replicas hold of ana@bastion-1 ends in 5m',
		],
		[
			{...head, type: 'hold', action: 'ended', by: 'holdfast', hold: fieldHold},
			'hold checkout Deployment/web spec.replicas hold of ana@bastion-1 ended by itself',
		],
		[
			{...head, type: 'hold', action: 'resumed', by: 'bo@bastion-2', hold: makeHold()},
			'hold checkout the whole application hold of ana@bastion-1 resumed by bo@bastion-2 "INC-2231"',
		],
		[
			{...revert, phase: 'prepared', revertCommit: null, reason: ''},
			'revert checkout 9f3c1a2 prepared by ana@bastion-1',
		],
		[revert, 'revert checkout 9f3c1a2 pushed as 5be1f0c on main by ana@bastion-1 "INC-2231"'],
		[
			{
				...revert,
				phase: 'failed',
				revertCommit: null,
				reason: '',
				message: 'web.yaml conflicts',
				commits: ['a', 'b', 'c', 'd'],
			},
			'revert checkout a, b, c (+1 more) failed by ana@bastion-1: web.yaml conflicts',
		],
		[
			{
				...head,
				type: 'adopt',
				object: 'Deployment/web',
				paths: ['spec.replicas', 'spec.paused'],
				commit: revertCommit,
				branch: 'main',
				by: 'ana@bastion-1',
			},
			'adopt checkout Deployment/web spec.replicas, spec.paused became 5be1f0c on main by ana@bastion-1',
		],
		[
			{...head, type: 'hold', action: 'held', by: 'a\u001b[2J', hold: makeHold({reason: '\u202ex', until: null})},
			'hold checkout the whole application held by a\\x1b[2J until resumed "\\\\u202ex"',
		],
		[{...head, type: 'worker', application: '', message: 'started'}, 'worker - started'],
	];
	test.each(cases)('%j', (entry, rest) => {
		expect(line(entry)).toBe(`2026-11-21T11:04:31Z ${rest}`);
	});
});
