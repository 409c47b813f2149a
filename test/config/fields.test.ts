import {describe, expect, test} from 'vitest';
import {parseArgoInterval, parseDuration, parseInterval} from '../../source/config/duration.ts';
import {checkFieldPath} from '../../source/config/field-path.ts';
import {matchesGlob} from '../../source/config/glob.ts';
import {checkApplicationName, checkNamespace, longestApplicationName} from '../../source/config/names.ts';
import {checkRelativeFile, checkRepositoryPath} from '../../source/config/repository-path.ts';
import {checkRepositoryURL, hasPassword} from '../../source/config/repository-url.ts';
import {nearest, suggestion} from '../../source/config/schema/nearest.ts';
import {autoRevision} from '../../source/config/target-revision.ts';

const refused = (reason: RegExp) => expect.objectContaining({ok: false, reason: expect.stringMatching(reason)});

describe('durations', () => {
	test.each([
		['90s', 90_000],
		['5m', 300_000],
		['1h30m', 5_400_000],
		['1m0s', 60_000],
		['1.5s', 1_500],
		['250ms', 250],
		['0s', 0],
	])('%s', (text, value) => expect(parseDuration(text)).toEqual({ok: true, value}));

	test.each(['', '5', 'soon', '5 m', '-5m', '5d', '1h ', 'm', '1e3s', '9'.repeat(50)])('%j is none', text => {
		expect(parseDuration(text)).toEqual(refused(/not a duration/));
	});

	test('timers end at 24 days', () => expect(parseDuration('8760h')).toEqual({ok: true, value: 2 ** 31 - 1}));
	test('an interval is at least a second', () => expect(parseInterval('10ms')).toEqual(refused(/at least 1s/)));
	test('Argo CD means seconds by a bare number', () =>
		expect(parseArgoInterval('5')).toEqual({ok: true, value: 5_000}));
	test('and units by units', () => expect(parseArgoInterval('3m')).toEqual({ok: true, value: 180_000}));
});

describe('repository URLs', () => {
	test.each<[string, string]>([
		['https://github.com/shop/infra', 'https://github.com/shop/infra'],
		[' https://github.com/shop/infra.git\n', 'https://github.com/shop/infra.git'],
		['https://org@dev.azure.com/org/project/_git/repo', 'https://org@dev.azure.com/org/project/_git/repo'],
		['ssh://git@github.com:22/shop/infra.git', 'ssh://git@github.com:22/shop/infra.git'],
		['git@github.com:shop/infra.git', 'git@github.com:shop/infra.git'],
		['bastion:infra.git', 'bastion:infra.git'],
		['file:///srv/infra.git', 'file:///srv/infra.git'],
		['/srv/with space/infra', '/srv/with space/infra'],
		['./infra', '/etc/holdfast/infra'],
		['../infra/', '/etc/infra'],
		['.', '/etc/holdfast'],
		['..', '/etc'],
	])('%s', (url, value) => expect(checkRepositoryURL(url, '/etc/holdfast')).toEqual({ok: true, value}));

	test.each<[string, RegExp]>([
		['', /empty/],
		['--upload-pack=touch /tmp/x', /dash/],
		['ssh://-oProxyCommand=x/y', /dash|valid/],
		['ext::sh -c id', /transport helper/],
		['fd::17', /transport helper/],
		['https://github.com/a b', /spaces/],
		['https://github.com/a\u202eb', /spaces or control/],
		['https://', /valid URL/],
		['ssh://git@github.com:shop/infra', /valid URL/],
		['oci://ghcr.io/shop/infra', /OCI/],
		['svn://x/y', /unknown scheme/],
		['infra', /not a repository URL/],
		['https://ana:hunter2@github.com/shop/infra', /password/],
		[`https://github.com/${'x'.repeat(3_000)}`, /longer/],
	])('%s is refused', (url, reason) => {
		const result = checkRepositoryURL(url, '/etc/holdfast');
		expect(result).toEqual(refused(reason));
		expect(JSON.stringify(result)).not.toContain('hunter2');
	});

	test('a password is noticed without parsing', () => {
		expect(hasPassword('https://ana:hunter2@github.com/x')).toBe(true);
		expect(hasPassword('https://ana@github.com:443/x')).toBe(false);
		expect(hasPassword('git@github.com:x')).toBe(false);
	});
});

describe('paths in a repository', () => {
	test.each([
		['', ''],
		['.', ''],
		['/', ''],
		['./', ''],
		['./clusters/prod/', 'clusters/prod'],
		['/deploy', 'deploy'],
		['a//b/./c', 'a/b/c'],
	])('%j is %j', (path, value) => expect(checkRepositoryPath(path)).toEqual({ok: true, value}));

	test.each<[string, RegExp]>([
		['../x', /leave/],
		['a/../../x', /leave/],
		['a/../b', /leave/],
		['a\\b', /backslash/],
		['a\u0000b', /control/],
		['.git/hooks', /\.git/],
		['a/.GIT', /\.git/],
		['x'.repeat(2_000), /longer/],
	])('%j is refused', (path, reason) => expect(checkRepositoryPath(path)).toEqual(refused(reason)));

	test.each<[string, string, string]>([
		['values.yaml', 'charts/shop', 'values.yaml'],
		['../../values/prod.yaml', 'charts/shop', '../../values/prod.yaml'],
		['/values/prod.yaml', 'charts/shop', '../../values/prod.yaml'],
		['/values.yaml', '', 'values.yaml'],
		['./a/../b.yaml', '', './a/../b.yaml'],
	])('%s from %j stays inside', (file, folder, value) =>
		expect(checkRelativeFile(file, folder)).toEqual({ok: true, value}),
	);

	test.each<[string, string, RegExp]>([
		['../values.yaml', '', /leave/],
		['../../../x', 'charts/shop', /leave/],
		['/../x', 'charts/shop', /leave/],
		['a/../../x', '', /leave/],
		['https://example.com/values.yaml', 'charts', /URL/],
		['$values/prod.yaml', 'charts', /another source/],
		[' ', '', /empty/],
	])('%s from %j is refused', (file, folder, reason) =>
		expect(checkRelativeFile(file, folder)).toEqual(refused(reason)),
	);
});

describe('names', () => {
	test.each(['a', 'shop', 'shop-2', '0', 'x'.repeat(longestApplicationName)])('%s', name => {
		expect(checkApplicationName(name)).toEqual({ok: true, value: name});
	});
	test.each(['', 'Shop', 'shop.eu', '-a', 'a-', 'a_b', 'ä', 'x'.repeat(longestApplicationName + 1)])(
		'%j is none',
		name => {
			expect(checkApplicationName(name).ok).toBe(false);
			expect(checkNamespace(name).ok).toBe(false);
		},
	);
});

describe('revisions', () => {
	test.each([
		[undefined, 'HEAD'],
		[' ', 'HEAD'],
		['main', 'main'],
		['>=1.2 <2.0 || ^3', '>=1.2 <2.0 || ^3'],
		['refs/pull/420/head', 'refs/pull/420/head'],
	])('%j', (text, value) => expect(autoRevision(text)).toEqual({ok: true, value: {type: 'auto', value}}));
	test.each(['-x', '--upload-pack=x', 'a\u0007b', 'a\\b', 'x'.repeat(300)])('%j is refused', text => {
		expect(autoRevision(text).ok).toBe(false);
	});
});

describe('globs', () => {
	test.each<[string, string, string, boolean]>([
		['*', 'anything/at all', '/', true],
		['', '', '', true],
		['', 'a', '', false],
		['team-*', 'team-shop', '', true],
		['team-*', 'ateam-shop', '', false],
		['*-prod', 'shop-prod', '', true],
		['a*b*c', 'a-b-b-c', '', true],
		['a?c', 'abc', '', true],
		['a?c', 'ac', '', false],
		['https://github.com/*', 'https://github.com/shop', '/', true],
		['https://github.com/*', 'https://github.com/shop/infra', '/', false],
		['https://github.com/*/infra', 'https://github.com/shop/infra', '/', true],
		['https://github.com/**', 'https://github.com/shop/infra', '/', true],
		['{shop,cart}-{eu,us}', 'cart-us', '', true],
		['{shop,cart}-{eu,us}', 'cart-asia', '', false],
		['a{b,c{d,e}}f', 'acef', '', true],
		['[a-c]x', 'bx', '', true],
		['[!a-c]x', 'bx', '', false],
		['[!a-c]x', 'dx', '', true],
		['a\\*b', 'a*b', '', true],
		['a\\*b', 'axb', '', false],
		['a.c', 'abc', '', false],
		['(a|b)', 'a', '', false],
		['{a', '{a', '', true],
		['[a', '[a', '', true],
	])('%s on %s with separator %j: %s', (pattern, text, separator, expected) => {
		expect(matchesGlob(pattern, text, separator)).toBe(expected);
	});

	test('hostile patterns end', () => {
		expect(matchesGlob('*a'.repeat(500), `${'a'.repeat(2_000)}b`)).toBe(false);
		expect(matchesGlob('{a,b}'.repeat(100), 'a')).toBe(false);
		expect(matchesGlob('{'.repeat(1_000), '{'.repeat(1_000))).toBe(true);
	});
});

describe('field paths', () => {
	test.each([
		'spec.replicas',
		'metadata.labels[app.kubernetes.io/name]',
		'spec.template.spec.containers[name="web"].image',
		'ports[containerPort=80,protocol="TCP"].x',
		'data["a ] key"]',
		'spec.containers[*].image',
		'spec.*.image',
		'spec.**',
		'**',
		'.spec.replicas',
		'args[0]',
	])('%s', path => expect(checkFieldPath(path)).toEqual({ok: true, value: path}));

	test.each(['', '/spec/replicas', 'spec..x', 'spec.', 'a b', 'spec.**.x', 'spec[name="web"', 'a[]', 'spec.a**', ']'])(
		'%j is none',
		path => expect(checkFieldPath(path).ok).toBe(false),
	);
});

describe('nearest words', () => {
	const keys = ['targetRevision', 'repoURL', 'path', 'prune'];
	test.each([
		['targetRevison', 'targetRevision'],
		['repourl', 'repoURL'],
		['pth', 'path'],
		['prun', 'prune'],
		['completelyElse', undefined],
		['x'.repeat(100_000), undefined],
	])('%s', (word, expected) => expect(nearest(word, keys)).toBe(expected));

	test('without a near one all are named', () => {
		expect(suggestion('zzzzzzz', keys)).toBe('Valid here: path, prune, repoURL, targetRevision');
		expect(suggestion('zzz', [])).toBeUndefined();
	});
});
