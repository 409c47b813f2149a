import {describe, expect, test} from 'vitest';
import {type ActFacts, rules} from '../../../source/tui/acts/enabled.ts';
import type {Act} from '../../../source/tui/acts/ledger.ts';
import type {Selection} from '../../../source/tui/acts/ports.ts';
import {makeApplication, makeCommit, makeField, makeHold, makeOperation, now} from '../../commands/fixtures.ts';

const nothing: Selection = {
	application: null,
	marked: [],
	object: null,
	objects: [],
	drift: null,
	commit: null,
};
const object = {kind: 'Deployment', name: 'checkout'};
const everything: Selection = {
	...nothing,
	application: makeApplication(),
	object,
	drift: {application: 'checkout', object, fields: [makeField()], isOpen: true},
	commit: makeCommit(),
};
const readOnly = {type: 'read-only', how: ':write arms'} as const;
const act: Act = {
	id: 1,
	time: now,
	who: 'ana@bastion-1',
	verb: 'hold',
	target: 'checkout',
	where: 'eu-prod',
	state: 'done',
	result: '1 held',
	undo: {type: 'resume', holds: [{application: 'checkout', hold: makeHold()}]},
	isUndone: false,
};

function facts(overrides: Partial<ActFacts> = {}, selection: Partial<Selection> = {}): ActFacts {
	return {
		isConnected: true,
		selection: {...everything, ...selection},
		access: {type: 'open'},
		accessToAll: {type: 'open'},
		applications: 2,
		acts: [act],
		isFrozen: false,
		...overrides,
	};
}

const running = makeApplication({operation: makeOperation({phase: 'Running'})});
const sync: Act = {...act, verb: 'sync', undo: {type: 'none', help: 'a sync is not undone by a key'}};

describe('a key', () => {
	test.each(Object.keys(rules) as (keyof typeof rules)[])('%s works where everything is there', name => {
		const given = name === 'endSync' ? facts({}, {application: running}) : facts();
		expect(rules[name](given)).toBe(true);
	});

	test.each<[keyof typeof rules, string, ActFacts]>([
		...(['sync', 'endSync', 'hold', 'holdEverything', 'revert', 'adopt', 'refresh', 'undo'] as const).map(
			(name): [keyof typeof rules, string, ActFacts] => [
				name,
				'the worker does not answer',
				facts({isConnected: false}, name === 'endSync' ? {application: running} : {}),
			],
		),
		['sync', 'no application is selected', facts({}, {application: null})],
		['sync', 'a sync is running: x ends it', facts({}, {application: running})],
		['hold', 'no application is selected', facts({}, {application: null})],
		['copy', 'no application is selected', facts({}, {application: null})],
		['hold', 'read-only: :write arms', facts({access: readOnly})],
		['endSync', 'read-only: :write arms', facts({access: readOnly}, {application: running})],
		['endSync', 'no sync of this application is running', facts()],
		['holdEverything', 'read-only: :write arms', facts({accessToAll: readOnly})],
		['holdEverything', 'no application is declared', facts({applications: 0})],
		['revert', 'choose a commit in 4', facts({}, {commit: null})],
		['revert', 'this commit is taken back already', facts({}, {commit: makeCommit({revertedBy: 'a'})})],
		[
			'revert',
			'it follows a tag or a commit, and those do not move: change the target in Git',
			facts({}, {application: makeApplication({target: 'refs/tags/v1'})}),
		],
		['adopt', 'choose a drift in 3', facts({}, {drift: null})],
		['adopt', 'this drift does not stand any more', facts({}, {drift: {...everything.drift!, isOpen: false}})],
		['undo', 'nothing was done from here', facts({acts: []})],
		['undo', 'sync checkout cannot be undone: a sync is not undone by a key', facts({acts: [sync, act]})],
		['undo', 'read-only: :write arms', facts({accessToAll: readOnly})],
	])('%s says why not: %s', (name, why, given) => {
		expect(rules[name](given)).toBe(why);
	});

	test.each(['sync', 'revert', 'adopt'] as const)('%s can be looked at read-only', name => {
		expect(rules[name](facts({access: readOnly, accessToAll: readOnly}))).toBe(true);
	});

	test('undo lets a frozen screen go on, whatever was done', () => {
		expect(rules.undo(facts({acts: [], isFrozen: true, accessToAll: readOnly}))).toBe(true);
	});

	test('undo passes over what was undone and what failed', () => {
		expect(rules.undo(facts({acts: [{...sync, isUndone: true}, {...sync, state: 'failed'}, act]}))).toBe(true);
	});
});
