import {describe, expect, test} from 'vitest';
import {findCommand} from '../../../source/commands/line/find-command.ts';
import {normaliseArguments} from '../../../source/commands/line/normalise.ts';
import {parseLine} from '../../../source/commands/line/parse.ts';
import {commandTable} from '../../../source/commands/table.ts';

function parse(text: string) {
	const given = normaliseArguments(text.split(' ').filter(Boolean));
	return parseLine(findCommand(given.words, commandTable), given);
}

describe('values', () => {
	test('flags get the type of their kind, and absent ones stay absent', () => {
		const {flags, words, command} = parse('sync checkout --dry-run --prune=false --config a --config=b --interval 90s');
		expect(command.name).toBe('sync');
		expect(words).toEqual(['checkout']);
		expect(flags).toMatchObject({dryRun: true, prune: false, config: ['a', 'b'], interval: 90_000, type: []});
		expect(flags.all).toBeUndefined();
		expect(flags.yes).toBeUndefined();
		expect(flags.wait).toBeUndefined();
	});

	test('a wait without a value means what the verb says', () => {
		expect(parse('status --wait').flags.wait).toBe(60_000);
		expect(parse('sync a --wait').flags.wait).toBe(300_000);
		expect(parse('status --wait=0').flags.wait).toBe(0);
	});

	test('lists are split, counts are numbers, values keep what looks like something else', () => {
		const {flags} = parse('events --type drift,sync --type=error --limit 5 --since=1h --context 0x10');
		expect(flags).toMatchObject({type: ['drift', 'sync', 'error'], limit: 5, since: '1h', context: '0x10'});
	});

	test('lists without choices, paths that contain anything, and words for what others call differently', () => {
		const path = 'spec.containers[name="a,b"].image';
		const {flags} = parse(`adopt a/b/c --field ${path} --field=x=y`);
		expect(flags.field).toEqual([path, 'x=y']);
		expect(parse('sync a --only A/b,C/d --only E/f').flags.only).toEqual(['A/b', 'C/d', 'E/f']);
		expect(parse('revert a b -m2').flags.mainline).toBe(2);
		expect(parse('hold a --for 90m').flags.for).toBe(5_400_000);
		expect(parse('sync a').flags).toMatchObject({only: [], id: [], field: []});
	});

	test('words that look like numbers or repeat stay names, each once', () => {
		expect(parse('status 007 a a 1e3').words).toEqual(['007', 'a', '1e3']);
	});

	test('what says where is kept, quoted, for commands that are printed', () => {
		const given = normaliseArguments(['status', '--repo', "./it's here", '-n', 'shop', '-o', 'json', '--once']);
		expect(parseLine(findCommand(given.words, commandTable), given).where).toBe(
			" '--repo=./it'\\''s here' --namespace=shop",
		);
		expect(parse('status checkout --wait').where).toBe('');
	});

	test('without a verb it is the monitor', () => {
		expect(parse('').command.name).toBe('watch');
		expect(parse('--context eu').command.name).toBe('watch');
	});
});

describe('refusals', () => {
	const cases: [string, RegExp][] = [
		['diff a b', /diff takes one word; too many: b/],
		['diff', /diff needs APPLICATION/],
		['version now', /version takes no words; too many: now/],
		['doctor eu-prod', /doctor takes no words/],
		['events a b', /events takes one word; too many: b/],
		['worker stop checkout', /worker takes one word; too many: checkout/],
		['worker start', /worker: start is not one of stop/],
		['completion tcsh', /tcsh is not one of bash, zsh, fish/],
		['schema -o json', /schema takes no --output/],
		['status --dry-run', /status takes no --dry-run/],
		['diff a --prune', /diff takes no --prune/],
		['status -o text', /--output: text is not one of table, wide, json, yaml, name/],
		['stauts', /there is no command stauts.*Did you mean holdfast status\?/],
		['apply', /Did you mean holdfast sync\?/],
		['pause', /Did you mean holdfast hold\?/],
		['unpause', /Did you mean holdfast resume\?/],
		['rollback', /Did you mean holdfast revert\?/],
		['terminate', /Did you mean holdfast sync --end\?/],
		['hold a --dry-run', /hold takes no --dry-run/],
		['stop', /Did you mean holdfast worker stop\?/],
		['zzzzzzzz', /there is no command zzzzzzzz.*See holdfast help/],
		['constructor', /there is no command constructor\. See holdfast help/],
	];
	test.each(cases)('%s', (text, message) => {
		expect(() => parse(text)).toThrow(message);
	});
});
