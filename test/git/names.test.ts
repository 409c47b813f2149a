import {spawnSync} from 'node:child_process';
import {describe, expect, it} from 'vitest';
import {isValidReferenceName} from '../../source/git/reference-name.ts';
import {findHighestTag, isVersionRange} from '../../source/git/semver-tags.ts';

describe('names of references', () => {
	const parts = [
		'a',
		'main',
		'feature/x',
		'v1.0',
		'.',
		'..',
		'a..b',
		'.a',
		'a.',
		'a.lock',
		'a.lock/b',
		'a/.b',
		'@',
		'@{',
		'a@{0}',
		'a@b',
	];
	const odd = [
		' ',
		'~',
		'^',
		':',
		'?',
		'*',
		'[',
		'\\',
		'\t',
		'\n',
		'\u007f',
		'\u0001',
		'//',
		'/',
		'é',
		'日本',
		'-',
		'{',
		'}',
		']',
		'!',
		'"',
		"'",
		'$',
		'&',
		';',
		'|',
		'<',
		'>',
		'%',
		'#',
	];
	const names = [
		...parts.map(part => `refs/heads/${part}`),
		...odd.flatMap(sign => [
			`refs/heads/${sign}`,
			`refs/heads/a${sign}`,
			`refs/heads/${sign}a`,
			`refs/heads/a${sign}b`,
		]),
	];

	it.each(names)('%j is judged as git judges it', name => {
		const {status} = spawnSync('git', ['check-ref-format', name]);
		expect(isValidReferenceName(name)).toBe(status === 0);
	});

	it('never start with a dash', () => {
		expect(isValidReferenceName('-x')).toBe(false);
		expect(isValidReferenceName('--upload-pack=x/y')).toBe(false);
	});
});

describe('the highest version of a range', () => {
	const tags = [
		'v1.0.0',
		'v1.2.0',
		'1.10.0',
		'v1.11.0-rc.1',
		'v2.0.0',
		'v2.1.0-alpha',
		'v3',
		'v4.1',
		'latest',
		'chart-9.9.9',
		'v1.2',
		'20240101',
	];
	it.each<[string, string | null]>([
		['^1.0', '1.10.0'],
		['1.x', '1.10.0'],
		['~1.2', 'v1.2.0'],
		['>=1.0.0 <1.10.0', 'v1.2.0'],
		['1.2.0 - 2.0.0', 'v2.0.0'],
		['^1.0.0 || ^2.0.0', 'v2.0.0'],
		['>=1.0.0-0 <2.0.0-0', 'v1.11.0-rc.1'],
		['^2.0.0-0', 'v2.1.0-alpha'],
		['2.1.0-alpha', 'v2.1.0-alpha'],
		['^2', 'v2.0.0'],
		['3', 'v3'],
		['4.x', 'v4.1'],
		['<100', 'v4.1'],
		['*', '20240101'],
		['^9', null],
	])('%s is %s', (range, tag) => {
		expect(isVersionRange(range)).toBe(true);
		expect(findHighestTag(range, tags)).toBe(tag);
		expect(findHighestTag(range, [...tags].reverse())).toBe(tag);
	});

	it.each(['', ' ', 'main', 'latest', 'v', '>=x.y'])('%j is no range', text => {
		expect(isVersionRange(text)).toBe(false);
	});
});
