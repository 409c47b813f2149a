import {describe, expect, it} from 'vitest';
import {type MarkInput, markCommits} from '../../../source/engine/history/mark.ts';
import type {JournalEntry} from '../../../source/model/journal.ts';

/** Newest first: f e d c b a; the application is touched by e, c and a. */
const id = (letter: string): string => letter.repeat(40);
const chain = ['f', 'e', 'd', 'c', 'b', 'a'].map(id);
const commit = (letter: string, body = '') => ({
	id: id(letter),
	author: 'Ana',
	email: 'ana@example.org',
	time: 0,
	subject: letter,
	parents: [],
	body,
});

const at = {time: 0, application: 'shop'};
const sync = (letter: string, phase: 'Succeeded' | 'Failed' | 'AwaitingConfirmation'): JournalEntry => ({
	...at,
	type: 'sync',
	id: '',
	revision: id(letter),
	initiatedBy: 'automated',
	phase,
	message: `${phase} at ${letter}`,
	duration: 0,
	created: 0,
	changed: 0,
	deleted: 0,
	failed: 0,
	results: [],
});
const moved = (letter: string): JournalEntry => ({
	...at,
	type: 'revision',
	id: '',
	revision: id(letter),
	author: '',
	subject: '',
	isForced: false,
});
const error = (message: string): JournalEntry => ({...at, type: 'error', id: '', problem: {code: 'X', message}});

function statesOf(input: Partial<MarkInput>): string {
	const marked = markCommits({
		commits: ['e', 'c', 'a'].map(letter => commit(letter)),
		chain,
		syncedRevision: null,
		entries: [],
		renderFailure: null,
		objects: () => null,
		...input,
	});
	return marked.map(({subject, state, failure}) => `${subject} ${state}${failure ? `: ${failure}` : ''}`).join(', ');
}

describe('marking commits', () => {
	const cases: [string, Partial<MarkInput>, string][] = [
		['nothing was synced yet', {}, 'e pending, c pending, a pending'],
		['the newest is live', {syncedRevision: id('e')}, 'e live, c past, a past'],
		['a later commit of others stands for it', {syncedRevision: id('f')}, 'e live, c past, a past'],
		['so does one in between', {syncedRevision: id('d')}, 'e pending, c live, a past'],
		['a revision that the branch does not have any more', {syncedRevision: id('0')}, 'e past, c past, a past'],
		[
			'a sync failed',
			{syncedRevision: id('c'), entries: [sync('c', 'Succeeded'), sync('f', 'Failed')]},
			'e failed: Failed at f, c live, a past',
		],
		[
			'a later try went well',
			{syncedRevision: id('e'), entries: [sync('e', 'Failed'), sync('f', 'Succeeded')]},
			'e live, c past, a past',
		],
		[
			'a commit that failed stays failed when a later one mends it',
			{syncedRevision: id('e'), entries: [sync('c', 'Failed'), sync('e', 'Succeeded')]},
			'e live, c failed: Failed at c, a past',
		],
		[
			'one that waits for a word has not failed',
			{syncedRevision: id('c'), entries: [sync('e', 'AwaitingConfirmation')]},
			'e pending, c live, a past',
		],
		[
			'an error belongs to the revision that was pulled then',
			{syncedRevision: id('a'), entries: [moved('c'), error('no YAML'), moved('e')]},
			'e pending, c failed: no YAML, a live',
		],
		[
			'the newest cannot be rendered now',
			{syncedRevision: id('c'), renderFailure: 'no YAML either'},
			'e failed: no YAML either, c live, a past',
		],
		[
			"an error before any revision is nobody's",
			{syncedRevision: id('e'), entries: [error('x')]},
			'e live, c past, a past',
		],
	];
	it.each(cases)('%s', (_name, input, expected) => expect(statesOf(input)).toBe(expected));

	it('links reverts, also of reverts; what was brought back is not taken back', () => {
		const commits = [
			commit('f', `This reverts commit ${id('e')}.`),
			commit('e', `Why\n\nThis reverts commit ${id('c').slice(0, 9)}.\n`),
			commit('d', `This reverts commit ${id('b')}, reversing\nchanges made to ${id('a')}.`),
			commit('c'),
			commit('b'),
		];
		const marked = markCommits({
			commits,
			chain,
			syncedRevision: null,
			entries: [],
			renderFailure: null,
			objects: () => null,
		});
		expect(marked.map(({reverts, revertedBy}) => [reverts?.[0], revertedBy?.[0]])).toEqual([
			['e', undefined],
			['c', 'f'],
			['b', undefined],
			[undefined, undefined],
			[undefined, 'd'],
		]);
	});
});
