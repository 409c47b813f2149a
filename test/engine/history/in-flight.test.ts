import {describe, expect, it} from 'vitest';
import {
	endOfFlight,
	isFlightOver,
	parseInFlight,
	printInFlight,
	type RevertInFlight,
} from '../../../source/engine/history/in-flight.ts';

const revert: RevertInFlight = {
	commits: ['a'.repeat(40)],
	revertCommit: null,
	base: 'b'.repeat(40),
	branch: 'main',
	isOffered: false,
	by: 'ana@bastion-1',
	at: 1_000,
};

describe('a revert under way', () => {
	it('is read back as it was written', () => {
		const other = {...revert, commits: ['c'.repeat(40)]};
		expect(parseInFlight(printInFlight([revert, other]))).toEqual([revert, other]);
		expect(parseInFlight(JSON.stringify(revert))).toEqual([revert]);
	});

	it.each([
		['none', undefined],
		['no JSON', '{'],
		['a list', '[]'],
		['no commits', JSON.stringify({...revert, commits: 'a'})],
		['an option for a commit', JSON.stringify({...revert, commits: ['--output=x']})],
		['no time', JSON.stringify({...revert, at: 'soon'})],
		['a time beyond every calendar', JSON.stringify({...revert, at: 1e300})],
		['more commits than a revert takes back', JSON.stringify({...revert, commits: Array(51).fill('a'.repeat(40))})],
		['a revert that is no commit', JSON.stringify({...revert, revertCommit: 'HEAD'})],
	])('is none when it is mangled: %s', (_name, text) => expect(parseInFlight(text)).toEqual([]));

	it('shows what others wrote safely', () => {
		const text = JSON.stringify({...revert, by: 'ana\u001b[31m', branch: 'x\u202e'});
		expect(parseInFlight(text)).toMatchObject([{by: 'ana\\x1b[31m', branch: 'x\\u202e'}]);
	});

	it('holds nothing back when it claims to be of the future, save for clocks that disagree', () => {
		expect(isFlightOver({...revert, at: 60 * 60_000}, 1_000)).toBe(false);
		expect(isFlightOver({...revert, at: 4e15}, 1_000)).toBe(true);
	});

	it('holds a commit back for minutes while nothing is pushed, and for a day when something is', () => {
		expect(endOfFlight(revert) - revert.at).toBe(15 * 60_000);
		expect(endOfFlight({...revert, revertCommit: 'c'.repeat(40)}) - revert.at).toBe(24 * 60 * 60_000);
	});
});
