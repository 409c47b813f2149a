import {describe, expect, test} from 'vitest';
import {compileGlob} from '../../../source/render/directory/glob.ts';

/** Argo CD compiles these globs without separators: a star crosses slashes. */
describe('globs as in Argo CD', () => {
	test.each<[string, string, boolean]>([
		['*.yaml', 'a.yaml', true],
		['*.yaml', 'deep/down/a.yaml', true],
		['*.yaml', 'a.yml', false],
		['a.yaml', 'x/a.yaml', false],
		['{*.yml,*.yaml}', 'x/a.yml', true],
		['{a,b}*.yaml', 'a1.yaml', true],
		['{a,b}*.yaml', 'c1.yaml', false],
		['{a,b}/*.yaml', 'b/x.yaml', true],
		['{config.json,env-usw2/*}', 'env-usw2/x/y.yaml', true],
		['{config.json,env-usw2/*}', 'config.json', true],
		['**/*.yaml', 'x/a.yaml', true],
		['**/*.yaml', 'a.yaml', false],
		['a?.yaml', 'ab.yaml', true],
		['a?b', 'a/b', true],
		['[ab].yaml', 'b.yaml', true],
		['[!ab].yaml', 'b.yaml', false],
		['[!ab].yaml', 'c.yaml', true],
		['[a-c].yaml', 'b.yaml', true],
		['[a-c].yaml', 'd.yaml', false],
		['{a,{b,c}}.yaml', 'c.yaml', true],
		['{,x}.yaml', '.yaml', true],
		['\\*.yaml', '*.yaml', true],
		['\\*.yaml', 'a.yaml', false],
		['(a|b).yaml', 'a.yaml', false],
		['a.b', 'axb', false],
		['*', 'x/.hidden', true],
		['*a*b*c*', '1a2b3c4', true],
		['*a*b*c*', '1a2c3b4', false],
		['é?.yaml', 'é😀.yaml', true],
	])('%s on %s: %s', (pattern, text, matches) => {
		expect(compileGlob(pattern)?.(text)).toBe(matches);
	});

	test.each(['{a,b', '[ab', 'a\\', `${'{a,b}'.repeat(11)}`])('refuses %s', pattern => {
		expect(compileGlob(pattern)).toBeNull();
	});

	test('no pattern takes for ever', () => {
		expect(compileGlob('*a'.repeat(2_000))?.('a'.repeat(1_999))).toBe(false);
	});
});
