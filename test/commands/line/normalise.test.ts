import {describe, expect, test} from 'vitest';
import {bareValue, normaliseArguments} from '../../../source/commands/line/normalise.ts';

const flag = (name: string, long: string, value: string) => ({name, long, value});

describe('what is understood', () => {
	const cases: [string, readonly string[], readonly object[], readonly string[]][] = [
		['words alone', ['sync', 'checkout'], [], ['sync', 'checkout']],
		['a value behind a space', ['--context', 'eu', 'status'], [flag('context', 'context', 'eu')], ['status']],
		['a value behind =', ['status', '--context=eu=1'], [flag('context', 'context', 'eu=1')], ['status']],
		['a short flag', ['-o', 'json'], [flag('output', 'output', 'json')], []],
		['a short flag with its value joined, as kubectl takes it', ['-ojson'], [flag('output', 'output', 'json')], []],
		['a short flag with =', ['-o=json'], [flag('output', 'output', 'json')], []],
		['a switch', ['--dry-run'], [flag('dryRun', 'dry-run', 'true')], []],
		['a switch turned off', ['--prune=false'], [flag('prune', 'prune', 'false')], []],
		['a switch never takes the next word', ['--dry-run', 'false'], [flag('dryRun', 'dry-run', 'true')], ['false']],
		['an optional value never takes the next word', ['--wait', 'a'], [flag('wait', 'wait', bareValue)], ['a']],
		['an optional value behind =', ['--wait=5m'], [flag('wait', 'wait', '5m')], []],
		[
			'a repeated path',
			['--config', 'a', '--config=b'],
			[flag('config', 'config', 'a'), flag('config', 'config', 'b')],
			[],
		],
		['the same value twice', ['--context=a', '--context=a'], [flag('context', 'context', 'a')], []],
		['everything behind -- is a word', ['sync', '--', '--all', '-o'], [], ['sync', '--all', '-o']],
		['a lone dash is a word', ['-'], [], ['-']],
	];
	test.each(cases)('%s', (_name, argv, flags, words) => {
		expect(normaliseArguments(argv)).toEqual({flags, words});
	});
});

describe('what is refused, with a sentence that says what would be right', () => {
	const cases: [readonly string[], RegExp][] = [
		[['--dry-rnu'], /there is no flag --dry-rnu.*Did you mean --dry-run\?/],
		[['--dry_run'], /there is no flag --dry_run.*--dry-run/],
		[['--dryRun'], /there is no flag --dryRun/],
		[['-x'], /there is no flag -x/],
		[['--no-prune'], /there is no flag --no-prune/],
		[['--__proto__=1'], /there is no flag --__proto__/],
		[['--constructor'], /there is no flag --constructor/],
		[['--dry-run=server'], /takes no value but true or false, not server/],
		[['--all=constructor'], /takes no value but true or false, not constructor/],
		[['--all=yes'], /takes no value but true or false/],
		[['--all='], /takes no value but true or false/],
		[['-ypes'], /-y is a switch and takes no value but true or false/],
		[['--context'], /--context needs a value/],
		[['--context', '--all'], /--context needs a value/],
		[['--context='], /--context needs a value/],
		[['--wait=60'], /60 is no duration.*--wait=60s/],
		[['--wait=soon'], /soon is no duration/],
		[['--interval', '-5s'], /--interval needs a value/],
		[['--limit=0'], /0 is no whole number above zero/],
		[['--limit=1e3'], /1e3 is no whole number/],
		[['--limit=ten'], /ten is no whole number/],
		[['--log-level=warning'], /warning is not one of error, warn, info, debug.*Did you mean warn\?/],
		[['--type=drift,synk'], /synk is not one of sync, drift.*Did you mean sync\?/],
		[['--type='], /--type needs a value/],
		[['--context=a', '--context=b'], /--context is given twice, with different values/],
		[['--prune', '--prune=false'], /--prune is given twice/],
	];
	test.each(cases)('%j', (argv, message) => {
		expect(() => normaliseArguments(argv)).toThrow(message);
	});
});
