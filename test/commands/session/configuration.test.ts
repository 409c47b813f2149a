import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {Flags} from '../../../source/commands/flags.ts';
import {configurationOf} from '../../../source/commands/session/configuration.ts';

let folder = '';

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'holdfast-configuration-'));
});
afterEach(() => {
	rmSync(folder, {recursive: true, force: true});
});

function resolve(flags: Partial<Flags>, environment: Record<string, string> = {}) {
	return configurationOf(
		{config: [], type: [], only: [], id: [], field: [], ...flags},
		{environment, workingDirectory: folder},
	);
}

function create(...names: string[]): void {
	for (const name of names) writeFileSync(path.join(folder, name), '');
}

describe('files', () => {
	test('--config wins, is taken from here, and may be a folder', () => {
		create('holdfast.yaml', 'a.yaml');
		mkdirSync(path.join(folder, 'apps'));
		const environment = {HOLDFAST_CONFIG: '/elsewhere.yaml'};
		expect(resolve({config: ['a.yaml', 'apps']}, environment)).toEqual({
			type: 'files',
			paths: [path.join(folder, 'a.yaml'), path.join(folder, 'apps')],
		});
	});

	test('then ./holdfast.yaml, then HOLDFAST_CONFIG', () => {
		create('other.yaml', 'more.yaml');
		const environment = {HOLDFAST_CONFIG: `other.yaml${path.delimiter}${path.join(folder, 'more.yaml')}`};
		const others = [path.join(folder, 'other.yaml'), path.join(folder, 'more.yaml')];
		expect(resolve({}, environment)).toEqual({type: 'files', paths: others});
		create('holdfast.yaml');
		expect(resolve({}, environment)).toEqual({type: 'files', paths: [path.join(folder, 'holdfast.yaml')]});
	});

	test('none at all says how to name one', () => {
		expect(() => resolve({})).toThrow(/there is no holdfast\.yaml here.*--config.*--repo/);
		expect(() => resolve({}, {HOLDFAST_CONFIG: ''})).toThrow(/there is no holdfast\.yaml here/);
	});

	test('a path that does not exist is named', () => {
		expect(() => resolve({config: ['missing.yaml']})).toThrow(/there is no .*missing\.yaml/);
		expect(() => resolve({}, {HOLDFAST_CONFIG: '/missing/too.yaml'})).toThrow(/there is no \/missing\/too\.yaml/);
	});
});

describe('--repo', () => {
	const cases: [Partial<Flags>, object][] = [
		[
			{repo: 'https://git.example.com/team/Shop.git', path: 'k8s', namespace: 'shop', revision: 'v1.x'},
			{name: 'k8s', repoURL: 'https://git.example.com/team/Shop.git', path: 'k8s', namespace: 'shop', target: 'v1.x'},
		],
		[
			{repo: 'https://git.example.com/team/Shop.git'},
			{name: 'shop', repoURL: 'https://git.example.com/team/Shop.git', path: '', namespace: 'default', target: 'HEAD'},
		],
		[{repo: 'git@git.example.com:shop.git'}, {name: 'shop', repoURL: 'git@git.example.com:shop.git'}],
		[{repo: 'file:///srv/git/shop.git/'}, {name: 'shop', repoURL: 'file:///srv/git/shop.git/'}],
		[{repo: '/srv/git/a_b'}, {name: 'a-b', repoURL: '/srv/git/a_b'}],
		[
			{repo: 'https://h/x', path: './deploy/eu prod/'},
			{name: 'eu-prod', path: 'deploy/eu prod'},
		],
		[
			{repo: 'https://h/x', path: '.'},
			{name: 'x', path: ''},
		],
		[
			{repo: 'https://h/x', path: '../secret'},
			{name: 'secret', path: '../secret'},
		],
		[{repo: 'https://h/___'}, {name: 'application'}],
		[{repo: `https://h/${'a'.repeat(62)}-b`}, {name: 'a'.repeat(62)}],
	];
	test.each(cases)('%j', (flags, expected) => {
		expect(resolve(flags)).toMatchObject({type: 'inline', ...expected});
	});

	test('a folder on this machine is taken from here', () => {
		expect(resolve({repo: './shop'})).toMatchObject({repoURL: path.join(folder, 'shop'), name: 'shop'});
		expect(resolve({repo: 'shop'})).toMatchObject({repoURL: path.join(folder, 'shop')});
		expect(resolve({repo: 'deep/a:b'})).toMatchObject({repoURL: path.join(folder, 'deep/a:b')});
	});

	test('it excludes --config, and its companions need it', () => {
		expect(() => resolve({repo: 'https://h/x', config: ['a']})).toThrow(/exclude each other/);
		expect(() => resolve({namespace: 'shop'})).toThrow(/--namespace goes with --repo/);
		expect(() => resolve({path: 'k8s'})).toThrow(/--path goes with --repo/);
		expect(() => resolve({revision: 'main'})).toThrow(/--revision goes with --repo/);
	});
});
