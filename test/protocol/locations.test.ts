import {
	chmodSync,
	chownSync,
	existsSync,
	mkdirSync,
	readdirSync,
	rmdirSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {
	cacheDirectory,
	logFileFor,
	maximumSocketPathBytes,
	runtimeDirectory,
	socketFor,
	stateDirectory,
	type WorkerKey,
} from '../../source/protocol/locations.ts';
import {ensurePrivateDirectory} from '../../source/protocol/private-directory.ts';
import {temporaryDirectory} from './fixtures.ts';

const fallback = `/tmp/holdfast-${process.getuid?.()}`;
const wasThere = existsSync(fallback);

afterAll(() => {
	// A worker of this user may have come meanwhile: what is not empty stays.
	if (!wasThere && existsSync(fallback) && readdirSync(fallback).length === 0) rmdirSync(fallback);
});

describe('base directories', () => {
	test.each([
		[
			'as the variables say',
			{XDG_STATE_HOME: '/s', XDG_CACHE_HOME: '/c', HOME: '/home/ana'},
			'/s/holdfast',
			'/c/holdfast',
		],
		['below home', {HOME: '/home/ana'}, '/home/ana/.local/state/holdfast', '/home/ana/.cache/holdfast'],
		[
			'not relative',
			{XDG_STATE_HOME: 's', XDG_CACHE_HOME: './c', HOME: '/home/ana'},
			'/home/ana/.local/state/holdfast',
			'/home/ana/.cache/holdfast',
		],
		[
			'not empty',
			{XDG_STATE_HOME: '', XDG_CACHE_HOME: '', HOME: '/home/ana'},
			'/home/ana/.local/state/holdfast',
			'/home/ana/.cache/holdfast',
		],
	])('%s', (_name, environment, state, cache) => {
		expect(stateDirectory(environment)).toBe(state);
		expect(cacheDirectory(environment)).toBe(cache);
	});
});

describe('the runtime directory', () => {
	const uid = process.getuid?.() ?? -1;

	test('is made for this user only', () => {
		const base = temporaryDirectory();
		const directory = runtimeDirectory({XDG_RUNTIME_DIR: base});
		expect(directory).toBe(join(base, 'holdfast'));
		expect(statSync(directory).mode & 0o777).toBe(0o700);
	});

	test('is closed to others when it was open', () => {
		const base = temporaryDirectory();
		mkdirSync(join(base, 'holdfast'));
		chmodSync(join(base, 'holdfast'), 0o755);
		expect(statSync(runtimeDirectory({XDG_RUNTIME_DIR: base})).mode & 0o777).toBe(0o700);
	});

	test.each([
		['there is no variable', () => ({})],
		['it is relative', () => ({XDG_RUNTIME_DIR: 'run'})],
		['it does not exist', () => ({XDG_RUNTIME_DIR: '/nowhere/run'})],
	])('is in /tmp when %s', (_name, environment) => {
		expect(runtimeDirectory(environment())).toBe(fallback);
		expect(statSync(fallback)).toMatchObject({uid});
		expect(statSync(fallback).mode & 0o777).toBe(0o700);
	});

	test('of another user, as after sudo, is not used', context => {
		context.skip(uid !== 0, 'needs root, to give files away');
		const base = temporaryDirectory();
		chownSync(base, 65_534, 65_534);
		expect(runtimeDirectory({XDG_RUNTIME_DIR: base})).toBe(fallback);
	});

	test('that somebody else made is refused', context => {
		context.skip(uid !== 0, 'needs root, to give files away');
		const base = temporaryDirectory();
		mkdirSync(join(base, 'holdfast'), {mode: 0o700});
		chownSync(join(base, 'holdfast'), 65_534, 65_534);
		expect(() => runtimeDirectory({XDG_RUNTIME_DIR: base})).toThrow(expect.objectContaining({code: 'UnsafeDirectory'}));
	});

	test('that is a link is refused', () => {
		const base = temporaryDirectory();
		symlinkSync(temporaryDirectory(), join(base, 'holdfast'));
		expect(() => runtimeDirectory({XDG_RUNTIME_DIR: base})).toThrow(expect.objectContaining({code: 'UnsafeDirectory'}));
	});

	test('that cannot be made says so', () => {
		const file = join(temporaryDirectory(), 'file');
		writeFileSync(file, '');
		expect(() => ensurePrivateDirectory(join(file, 'holdfast'))).toThrow(
			expect.objectContaining({code: 'DirectoryUnavailable'}),
		);
	});
});

describe('the socket of a worker', () => {
	const key: WorkerKey = {kubeconfig: '/k', context: 'prod', configuration: {type: 'files', paths: ['/a.yaml']}};
	const inline = {type: 'inline', name: 'shop', repoURL: '/r', path: '', namespace: 'shop', target: 'main'} as const;

	test('is the same for the same, whatever the order of fields', () => {
		const environment = {XDG_RUNTIME_DIR: temporaryDirectory()};
		const {type, ...rest} = inline;
		expect(socketFor({...key, configuration: {...rest, type}}, environment)).toBe(
			socketFor({...key, configuration: inline}, environment),
		);
		expect(socketFor(key, environment)).toMatch(/\/holdfast\/worker-[0-9a-f]{16}\.sock$/);
	});

	test('is another one for anything else', () => {
		const environment = {XDG_RUNTIME_DIR: temporaryDirectory()};
		const keys: WorkerKey[] = [
			key,
			{...key, kubeconfig: '/other'},
			{...key, context: 'staging'},
			{...key, configuration: {type: 'files', paths: ['/b.yaml']}},
			{...key, configuration: {type: 'files', paths: ['/a.yaml', '/b.yaml']}},
			{...key, configuration: inline},
			{...key, configuration: {...inline, namespace: 'other'}},
		];
		expect(new Set(keys.map(each => socketFor(each, environment))).size).toBe(keys.length);
	});

	describe('follows kubectl’s current context', () => {
		const open: WorkerKey = {kubeconfig: undefined, context: undefined, configuration: inline};
		const named = (context: string, kubeconfig: string): WorkerKey => ({kubeconfig, context, configuration: inline});

		test.each([
			['plain', 'apiVersion: v1\ncurrent-context: prod\nkind: Config\n'],
			['quoted', 'current-context: "prod"\n'],
			['with a comment', "current-context: 'prod'   # careful\n"],
			['JSON', '{\n  "apiVersion": "v1",\n  "current-context": "prod",\n  "kind": "Config"\n}\n'],
		])('%s', (_name, text) => {
			const directory = temporaryDirectory();
			const file = join(directory, 'config');
			writeFileSync(file, text);
			const environment = {XDG_RUNTIME_DIR: directory, KUBECONFIG: file};
			expect(socketFor(open, environment)).toBe(socketFor(named('prod', file), environment));
			writeFileSync(file, text.replace('prod', 'staging'));
			expect(socketFor(open, environment)).toBe(socketFor(named('staging', file), environment));
		});

		test('in the first of several files that names one', () => {
			const directory = temporaryDirectory();
			const [first, second] = [join(directory, 'first'), join(directory, 'second')];
			const environment = {XDG_RUNTIME_DIR: directory, KUBECONFIG: `${first}:${second}`};
			const sockets = [
				['current-context: ""\n', 'current-context: prod\n'],
				['clusters: []\n', 'current-context: prod\n'],
				['current-context: prod\n', 'current-context: staging\n'],
			].map(([one = '', other = '']) => {
				writeFileSync(first, one);
				writeFileSync(second, other);
				return socketFor(open, environment);
			});
			expect(new Set(sockets).size).toBe(1);
		});

		test('of home, or of none at all', () => {
			const home = temporaryDirectory();
			const environment = {XDG_RUNTIME_DIR: temporaryDirectory(), HOME: home};
			const without = socketFor(open, environment);
			mkdirSync(join(home, '.kube'));
			writeFileSync(join(home, '.kube', 'config'), 'current-context: prod\n');
			expect(socketFor(open, environment)).not.toBe(without);
			expect(socketFor(open, environment)).toBe(socketFor(named('prod', join(home, '.kube', 'config')), environment));
		});
	});

	test('fits into an address, however deep the runtime directory', () => {
		const base = join(temporaryDirectory(), 'd'.repeat(90));
		mkdirSync(base);
		const socket = socketFor(key, {XDG_RUNTIME_DIR: base});
		expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(maximumSocketPathBytes);
		expect(dirname(socket)).toBe(fallback);
	});

	test('has a log of the same name', () => {
		const environment = {XDG_RUNTIME_DIR: temporaryDirectory(), HOME: '/home/ana'};
		const name = basename(socketFor(key, environment), '.sock');
		expect(logFileFor(key, environment)).toBe(`/home/ana/.local/state/holdfast/logs/${name}.log`);
	});
});
