import {describe, expect, test} from 'vitest';
import {parseHolds, printHolds} from '../../../source/engine/hold/holds-text.ts';
import {activeHolds, isEnding, nextMoment, stopsSync} from '../../../source/engine/hold/lifecycle.ts';
import {type HoldWish, makeHold} from '../../../source/engine/hold/make-hold.ts';
import type {Hold} from '../../../source/model/hold.ts';

const minute = 60_000;
const now = Date.UTC(2026, 10, 21, 11, 4, 31);

function hold(changes: Partial<Hold> = {}): Hold {
	const scope = {type: 'application'} as const;
	const owner = 'ana@bastion-1';
	return {
		id: 'a',
		scope,
		owner,
		reason: 'INC-1',
		since: now,
		until: now + 60 * minute,
		includesSync: false,
		...changes,
	};
}

const wish: HoldWish = {
	scope: {type: 'application'},
	owner: 'ana@bastion-1',
	reason: ' INC-2231 scaling by hand ',
	durationMilliseconds: 60 * minute,
	breakGlass: false,
	includesSync: false,
};

describe('a hold that is asked for', () => {
	test('ends by itself', () => {
		expect(makeHold(wish, {id: 'x', now})).toEqual({
			id: 'x',
			scope: {type: 'application'},
			owner: 'ana@bastion-1',
			reason: 'INC-2231 scaling by hand',
			since: now,
			until: now + 60 * minute,
			includesSync: false,
		});
	});

	test('shows what is hostile in its reason', () => {
		expect(makeHold({...wish, reason: 'a\u001b[2Jb\u202e'}, {id: 'x', now})).toMatchObject({
			reason: 'a\\x1b[2Jb\\u202e',
		});
	});

	test.each<[string, Partial<HoldWish>, string]>([
		['without an end', {durationMilliseconds: null}, 'HoldNeedsEnd'],
		['without an end and a reason', {durationMilliseconds: null, breakGlass: true, reason: ' '}, 'HoldNeedsEnd'],
		['for no time', {durationMilliseconds: 0}, 'HoldDurationInvalid'],
		['for ages', {durationMilliseconds: 400 * 24 * 60 * minute}, 'HoldDurationInvalid'],
		['for no number', {durationMilliseconds: Number.NaN}, 'HoldDurationInvalid'],
		[
			'of an object that stops syncs',
			{scope: {type: 'object', kind: 'Deployment', name: 'x'}, includesSync: true},
			'HoldScopeInvalid',
		],
		['of no field', {scope: {type: 'field', kind: 'Deployment', name: 'x', path: '['}}, 'HoldScopeInvalid'],
	])('is refused %s', (_title, changes, code) => {
		expect(makeHold({...wish, ...changes}, {id: 'x', now})).toMatchObject({code});
	});

	test('breaks the glass with a reason', () => {
		const made = makeHold({...wish, durationMilliseconds: null, breakGlass: true}, {id: 'x', now});
		expect(made).toMatchObject({until: null});
	});
});

describe('time', () => {
	test.each<[title: string, hold: Partial<Hold>, at: number, isActive: boolean, isEnding: boolean]>([
		['begins', {}, now, true, false],
		['six minutes before its end', {}, now + 54 * minute, true, false],
		['five minutes before its end', {}, now + 55 * minute, true, true],
		['at its last moment', {}, now + 60 * minute - 1, true, true],
		['at its end', {}, now + 60 * minute, false, false],
		['without an end', {until: null}, now + 10_000 * minute, true, false],
		['short from the start', {until: now + 2 * minute}, now + minute, true, false],
	])('%s', (_title, changes, at, isActive, ends) => {
		expect(activeHolds([hold(changes)], at)).toHaveLength(isActive ? 1 : 0);
		expect(isEnding(hold(changes), at)).toBe(ends);
	});

	test('the next moment is the nearest warning or end that is still to come', () => {
		const holds = [hold({until: null}), hold({until: now + 20 * minute}), hold({until: now + 3 * minute})];
		expect(nextMoment(holds, now)).toBe(now + 3 * minute);
		expect(nextMoment(holds, now + 3 * minute)).toBe(now + 15 * minute);
		expect(nextMoment(holds, now + 15 * minute)).toBe(now + 20 * minute);
		expect(nextMoment(holds, now + 20 * minute)).toBeNull();
	});

	test('syncs are stopped only by a hold in force that says so', () => {
		expect(stopsSync([hold()], now)).toBe(false);
		expect(stopsSync([hold({includesSync: true})], now)).toBe(true);
		expect(stopsSync([hold({includesSync: true})], now + 60 * minute)).toBe(false);
	});

	test('those that end first come first, those without an end last', () => {
		const holds = [hold({id: 'never', until: null}), hold({id: 'late'}), hold({id: 'soon', until: now + minute})];
		expect(activeHolds(holds, now).map(({id}) => id)).toEqual(['soon', 'late', 'never']);
	});
});

describe('on the inventory', () => {
	const field = hold({
		id: 'f',
		scope: {type: 'field', group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web', path: 'spec.replicas'},
		until: null,
		includesSync: false,
	});

	test('what was printed is read back', () => {
		expect(parseHolds(printHolds([field, hold()]))).toEqual([hold(), field]);
	});

	test.each([
		['no JSON', '{'],
		['no list', '{}'],
		['no hold', '[1]'],
		['a hold without an owner', printHolds([hold()]).replace('"owner"', '"x"')],
		['a hold with a strange end', printHolds([hold()]).replace(/"until":\d+/, '"until":"never"')],
		['a scope of another kind', printHolds([hold()]).replace('"application"', '"galaxy"')],
	])('%s is not taken for no holds', (_title, text) => {
		expect(parseHolds(text)).toBeNull();
	});

	test('what somebody wrote there by hand is made safe', () => {
		const [read] = parseHolds(printHolds([hold({owner: 'eve\u001b[31m', reason: 'x\ny'})])) ?? [];
		expect(read).toMatchObject({owner: 'eve\\x1b[31m', reason: 'x\\ny'});
	});
});
