import {describe, expect, test} from 'vitest';
import {decideHeal, type HealInput} from '../../../source/engine/heal/decide.ts';
import {emptyFlipHistory, type FlipHistory, recordFlip} from '../../../source/engine/heal/flip-history.ts';
import type {DriftRule, HealMode} from '../../../source/model/application.ts';
import type {FieldChange} from '../../../source/model/drift.ts';
import type {Hold} from '../../../source/model/hold.ts';
import {change, key, now, policy, ref} from './heal-table.ts';

function decide(fields: readonly FieldChange[], options: Partial<HealInput> = {}) {
	return decideHeal({
		ref,
		fields,
		policy: policy(),
		history: emptyFlipHistory,
		now,
		isHealingAllowed: true,
		...options,
	});
}

/** The path was put back at these moments, in seconds before now. */
function healedBefore(path: string, ...secondsAgo: readonly number[]): FlipHistory {
	return secondsAgo.reduce(
		(history, seconds) => recordFlip(history, key, path, now - seconds * 1000),
		emptyFlipHistory,
	);
}

describe('modes', () => {
	test('heal: at once the first time', () => {
		expect(decide([change('spec.replicas')])).toEqual({
			action: 'healing',
			healPaths: ['spec.replicas'],
			leavePaths: [],
			contestedPaths: [],
			reason: 'mode is heal',
		});
	});

	test.each<[HealMode, string, string]>([
		['observe', 'reported', 'mode is observe'],
		['ask', 'asked', 'mode is ask'],
	])('%s: nothing is written', (mode, action, reason) => {
		expect(decide([change('spec.replicas')], {policy: policy({mode})})).toEqual({
			action,
			healPaths: [],
			leavePaths: ['spec.replicas'],
			contestedPaths: [],
			reason,
		});
	});

	test('a worker that may not heal only reports, whatever the mode', () => {
		for (const mode of ['heal', 'ask', 'observe'] as const) {
			expect(decide([change('spec.replicas')], {isHealingAllowed: false, policy: policy({mode})})).toMatchObject({
				action: 'reported',
				healPaths: [],
				reason: 'healing is off',
			});
		}
	});

	const rule = (path: string, mode: HealMode, selector: Partial<DriftRule> = {}): DriftRule => ({
		path,
		mode,
		...selector,
	});

	test.each<[string, DriftRule[], string, HealMode]>([
		['no rule', [], 'spec.replicas', 'heal'],
		['an exact path', [rule('spec.replicas', 'observe')], 'spec.replicas', 'observe'],
		['another path', [rule('spec.replicas', 'observe')], 'spec.paused', 'heal'],
		['not below an exact path', [rule('spec', 'observe')], 'spec.replicas', 'heal'],
		['below a deep one', [rule('spec.**', 'ask')], 'spec.replicas', 'ask'],
		[
			'one step',
			[rule('spec.template.spec.containers[*].image', 'observe')],
			'spec.template.spec.containers[name="web"].image',
			'observe',
		],
		['the first that matches', [rule('spec.*', 'ask'), rule('spec.replicas', 'observe')], 'spec.replicas', 'ask'],
		['of another kind', [rule('**', 'observe', {kind: 'Service'})], 'spec.replicas', 'heal'],
		[
			'of this object',
			[rule('**', 'observe', {group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'w*'})],
			'spec.replicas',
			'observe',
		],
		['the object itself', [rule('', 'observe')], '', 'observe'],
		['everything, the object itself too', [rule('**', 'observe')], '', 'observe'],
		['not a path that is none', [rule('spec[', 'observe')], 'spec.replicas', 'heal'],
	])('rules: %s', (_what, rules, path, mode) => {
		const decision = decide([change(path)], {policy: policy({rules})});
		expect(decision.healPaths).toEqual(mode === 'heal' ? [path] : []);
		expect(decision.action).toBe({heal: 'healing', ask: 'asked', observe: 'reported'}[mode]);
	});

	test('path by path: what is healed, and what the heal must leave', () => {
		const fields = [
			change('spec.replicas'),
			change('spec.paused'),
			change('metadata.labels.a'),
			change('metadata.labels.b', {class: 'foreign-addition'}),
		];
		const rules = [rule('spec.replicas', 'observe'), rule('spec.paused', 'ask')];
		expect(decide(fields, {policy: policy({rules})})).toEqual({
			action: 'healing',
			healPaths: ['metadata.labels.a'],
			leavePaths: ['spec.replicas', 'spec.paused'],
			contestedPaths: [],
			reason: 'mode is heal, and observe or ask for some of the fields',
		});
	});

	test.each<[HealMode, HealMode | null, boolean]>([
		['observe', null, false],
		['observe', 'heal', false],
		['ask', 'heal', false],
		['heal', null, true],
		['heal', 'heal', true],
		['heal', 'ask', false],
		['heal', 'observe', false],
	])('what others added: foreignAdditions %s with a rule of %s is removed: %s', (foreignAdditions, mode, isRemoved) => {
		const rules = mode ? [rule('spec.**', mode)] : [];
		const decision = decide([change('spec.x', {class: 'foreign-addition'})], {
			policy: policy({foreignAdditions, rules}),
		});
		expect(decision.healPaths).toEqual(isRemoved ? ['spec.x'] : []);
		expect(decision.leavePaths).toEqual([]);
	});

	test('the object itself is healed but never left', () => {
		expect(decide([change('', {class: 'deleted'})])).toMatchObject({action: 'healing', healPaths: ['']});
		expect(decide([change('', {class: 'deleted'})], {policy: policy({mode: 'ask'})})).toMatchObject({
			healPaths: [],
			leavePaths: [],
		});
	});
});

describe('back-off', () => {
	test.each([
		[[3], 1, 'due'],
		[[0.4], 1, 'waits'],
		[[20, 4], 5, 'waits'],
		[[20, 6], 5, 'due'],
	])('healed %o s ago: %i s after the last time it is put back again: %s', (secondsAgo, delaySeconds, expected) => {
		const decision = decide([change('spec.replicas')], {history: healedBefore('spec.replicas', ...secondsAgo)});
		const due = now - secondsAgo.at(-1)! * 1000 + delaySeconds * 1000;
		expect(decision.healPaths).toEqual(expected === 'due' ? ['spec.replicas'] : []);
		expect(decision.leavePaths).toEqual(expected === 'due' ? [] : ['spec.replicas']);
		expect(decision.notBefore).toBe(expected === 'due' ? undefined : due);
	});

	test('it waits: backing off, and says how long', () => {
		const decision = decide([change('spec.replicas')], {history: healedBefore('spec.replicas', 0.4)});
		expect(decision).toMatchObject({
			action: 'backing-off',
			reason: 'changed again after it was healed, next try in 1 s',
		});
	});

	test('the delays: 1 s, 5 s, 30 s, 2 min, 5 min, and never for ever', () => {
		let history = emptyFlipHistory;
		const delays: number[] = [];
		let time = now;
		for (let flip = 0; flip < 12; flip++) {
			history = recordFlip(history, key, 'spec.replicas', time);
			const decision = decide([change('spec.replicas')], {history, now: time});
			delays.push(decision.notBefore! - time);
			time = decision.notBefore!;
			expect(decide([change('spec.replicas')], {history, now: time}).healPaths).toEqual(['spec.replicas']);
		}
		expect(delays.slice(0, 5)).toEqual([1_000, 5_000, 30_000, 120_000, 300_000]);
		expect(new Set(delays.slice(4))).toEqual(new Set([300_000]));
	});

	test('other paths of the object, and other objects, are not held up', () => {
		const history = healedBefore('spec.replicas', 0.4);
		expect(decide([change('spec.replicas'), change('spec.paused')], {history})).toMatchObject({
			action: 'healing',
			healPaths: ['spec.paused'],
			leavePaths: ['spec.replicas'],
			notBefore: now + 600,
		});
		expect(decide([change('spec.replicas')], {history, ref: {...ref, name: 'other'}}).healPaths).toEqual([
			'spec.replicas',
		]);
	});

	test('several that wait: the first one due says when', () => {
		const history = recordFlip(healedBefore('spec.a', 20, 1), key, 'spec.b', now - 900);
		expect(decide([change('spec.a'), change('spec.b')], {history}).notBefore).toBe(now + 100);
	});
});

describe('fights', () => {
	const hpa: Partial<FieldChange> = {manager: 'kube-controller-manager', actor: 'HorizontalPodAutoscaler/web'};

	test('from the third flip within ten minutes a path is contested, and the other party is named', () => {
		const second = decide([change('spec.image')], {history: healedBefore('spec.image', 60)});
		expect(second).toMatchObject({action: 'healing', contestedPaths: []});
		const third = decide([change('spec.image')], {history: healedBefore('spec.image', 60, 2)});
		expect(third).toMatchObject({
			action: 'contested',
			contestedPaths: ['spec.image'],
			healPaths: [],
			leavePaths: ['spec.image'],
			notBefore: now + 3_000,
			reason: 'contested with kubectl-edit, next try in 3 s',
		});
	});

	test('contested is still put back, at the back-off’s pace', () => {
		expect(decide([change('spec.image')], {history: healedBefore('spec.image', 60, 20)})).toMatchObject({
			action: 'contested',
			healPaths: ['spec.image'],
			contestedPaths: ['spec.image'],
			reason: 'contested with kubectl-edit, healed once more now',
		});
	});

	test('an autoscaler: the advice is to take replicas out of Git', () => {
		const decision = decide([change('spec.replicas', hpa)], {history: healedBefore('spec.replicas', 200, 100, 10)});
		expect(decision.reason).toBe(
			'contested with HorizontalPodAutoscaler/web, next try in 20 s; take replicas out of Git, or ignore it',
		);
	});

	test('slow repetition is no fight: three flips, but not within ten minutes', () => {
		const history = healedBefore('spec.image', 1_100, 560);
		expect(decide([change('spec.image')], {history})).toMatchObject({action: 'healing', contestedPaths: []});
	});

	test('once contested, contested until it was quiet for ten minutes', () => {
		let history = healedBefore('spec.image', 3_000, 2_990, 2_980);
		for (const secondsAgo of [2_500, 2_000, 1_500, 1_000, 590])
			history = recordFlip(history, key, 'spec.image', now - secondsAgo * 1000);
		expect(decide([change('spec.image')], {history})).toMatchObject({action: 'contested', healPaths: ['spec.image']});
		expect(decide([change('spec.image')], {history, now: now + 15_000})).toMatchObject({
			action: 'healing',
			contestedPaths: [],
		});
	});

	test('what is not contested is healed beside it', () => {
		const decision = decide([change('spec.image'), change('spec.paused')], {
			history: healedBefore('spec.image', 60, 2),
		});
		expect(decision).toMatchObject({action: 'healing', healPaths: ['spec.paused'], contestedPaths: ['spec.image']});
	});

	test('nothing is contested that would not be healed', () => {
		const decision = decide([change('spec.image')], {
			history: healedBefore('spec.image', 60, 2),
			policy: policy({mode: 'observe'}),
		});
		expect(decision).toMatchObject({action: 'reported', contestedPaths: []});
	});
});

describe('holds', () => {
	const hold: Hold = {
		id: 'a',
		scope: {type: 'field', kind: ref.kind, name: ref.name, path: 'spec.replicas'},
		owner: 'ana@bastion-1',
		reason: 'INC-1',
		since: now,
		until: now + 60_000,
		includesSync: false,
	};

	test('a held field is left, the others are healed', () => {
		expect(decide([change('spec.replicas'), change('spec.paused')], {holds: [hold]})).toMatchObject({
			action: 'healing',
			healPaths: ['spec.paused'],
			leavePaths: ['spec.replicas'],
		});
	});

	test('where everything is held nothing is written, and who holds it is said', () => {
		expect(decide([change('spec.replicas')], {holds: [hold]})).toEqual({
			action: 'held',
			healPaths: [],
			leavePaths: ['spec.replicas'],
			contestedPaths: [],
			reason: `held by ana@bastion-1 until ${new Date(now + 60_000).toISOString()}: INC-1`,
		});
	});

	test('held is told also by a worker that may not heal', () => {
		expect(decide([change('spec.replicas')], {holds: [hold], isHealingAllowed: false})).toMatchObject({action: 'held'});
	});

	test('a hold makes nobody heal who only observes', () => {
		const observed = decide([change('spec.replicas')], {holds: [hold], policy: policy({mode: 'observe'})});
		expect(observed).toMatchObject({action: 'reported', healPaths: []});
	});
});
