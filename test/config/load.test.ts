import {mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {loadConfiguration} from '../../source/config/load.ts';

let folder: string;

beforeEach(() => {
	folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'holdfast-config-')));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const application = (name: string) =>
	`apiVersion: holdfast.dev/v1alpha1\nkind: Application\nmetadata: {name: ${name}}\nspec:\n  source: {repoURL: ./repo}\n  destination: {namespace: a}\n`;

function write(name: string, text: string | Buffer): string {
	const file = path.join(folder, name);
	mkdirSync(path.dirname(file), {recursive: true});
	writeFileSync(file, text);
	return file;
}

const namesOf = async (...paths: string[]) => (await loadConfiguration(paths)).applications.map(each => each.name);

describe('files', () => {
	test('one file; relative repositories start at its folder', async () => {
		const file = write('deep/holdfast.yaml', application('shop'));
		const {applications, problems, files} = await loadConfiguration([file]);
		expect(problems).toEqual([]);
		expect(files).toEqual([file]);
		expect(applications).toMatchObject([
			{
				name: 'shop',
				source: {repoURL: path.join(folder, 'deep/repo')},
				declaredAt: {file: 'holdfast.yaml', line: 1, format: 'holdfast'},
			},
		]);
	});

	test('a folder: all kinds, sorted, without hidden ones', async () => {
		write('b.yml', application('b'));
		write('a.yaml', application('a'));
		write(
			'c/d.json',
			JSON.stringify({
				apiVersion: 'holdfast.dev/v1alpha1',
				kind: 'Application',
				metadata: {name: 'd'},
				spec: {source: {repoURL: './r'}, destination: {namespace: 'x'}},
			}),
		);
		write('c/E.YAML', application('e'));
		write('.hidden.yaml', application('hidden'));
		write('.git/x.yaml', application('git'));
		write('readme.md', '# no');
		const {applications, problems, files} = await loadConfiguration([folder]);
		expect(problems).toEqual([]);
		expect(applications.map(each => each.declaredAt.file)).toEqual(['a.yaml', 'b.yml', 'c/E.YAML', 'c/d.json']);
		expect(files).toEqual(['a.yaml', 'b.yml', 'c/E.YAML', 'c/d.json'].map(name => path.join(folder, name)));
		expect(applications.at(-1)?.source.repoURL).toBe(path.join(folder, 'c/r'));
	});

	test('a mounted ConfigMap: links through a hidden folder', async () => {
		write('..2026_01_01/holdfast.yaml', application('shop'));
		symlinkSync('..2026_01_01', path.join(folder, '..data'));
		symlinkSync('..data/holdfast.yaml', path.join(folder, 'holdfast.yaml'));
		const {applications, files} = await loadConfiguration([folder]);
		expect(applications.map(each => each.name)).toEqual(['shop']);
		expect(files).toEqual([path.join(folder, 'holdfast.yaml')]);
	});

	test('every file once, however many ways lead to it', async () => {
		const file = write('apps/a.yaml', application('a'));
		symlinkSync('a.yaml', path.join(folder, 'apps/b.yaml'));
		symlinkSync('apps', path.join(folder, 'link'));
		symlinkSync('..', path.join(folder, 'apps/up'));
		expect(await namesOf(folder, file, folder)).toEqual(['a']);
	});

	test('a link that leaves the folder is not followed', async () => {
		write('outside/secret.yaml', application('outside'));
		write('inside/a.yaml', application('a'));
		symlinkSync('../outside/secret.yaml', path.join(folder, 'inside/x.yaml'));
		symlinkSync('../outside', path.join(folder, 'inside/y'));
		symlinkSync('/etc/hostname', path.join(folder, 'inside/z.yaml'));
		const {applications, problems} = await loadConfiguration([path.join(folder, 'inside')]);
		expect(applications.map(each => each.name)).toEqual(['a']);
		expect(problems.map(problem => `${problem.file} ${problem.code}`)).toEqual([
			'x.yaml LinkLeavesFolder',
			'y LinkLeavesFolder',
			'z.yaml LinkLeavesFolder',
		]);
	});

	test('a folder whose name begins like another is not inside it', async () => {
		write('app-secrets/x.yaml', application('x'));
		write('app/a.yaml', application('a'));
		symlinkSync('../app-secrets', path.join(folder, 'app/more'));
		expect(await namesOf(path.join(folder, 'app'))).toEqual(['a']);
	});

	test('several paths; files of one name keep their whole paths', async () => {
		const first = write('one/holdfast.yaml', application('a'));
		const second = write('two/holdfast.yaml', application('b'));
		const {applications} = await loadConfiguration([first, path.dirname(second)]);
		expect(applications.map(each => each.declaredAt.file)).toEqual([first, second]);
	});
});

describe('what cannot be read is a problem, and the rest goes on', () => {
	test('a path that does not exist', async () => {
		const file = write('a.yaml', application('a'));
		const {applications, problems} = await loadConfiguration([path.join(folder, 'nothing'), file]);
		expect(applications).toHaveLength(1);
		expect(problems).toMatchObject([
			{code: 'ConfigurationNotFound', message: expect.stringContaining('does not exist')},
		]);
	});

	test('an empty folder', async () => {
		expect((await loadConfiguration([folder])).problems).toMatchObject([{code: 'ConfigurationNotFound'}]);
	});

	test('no path at all', async () => {
		expect(await loadConfiguration([])).toEqual({applications: [], problems: [], productionContexts: [], files: []});
	});

	test('a broken link, a link in a circle, text that is no text, a file that is too large', async () => {
		write('a.yaml', application('a'));
		symlinkSync('nowhere.yaml', path.join(folder, 'broken.yaml'));
		symlinkSync('circle.yaml', path.join(folder, 'circle.yaml'));
		write('binary.yaml', Buffer.from([0xff, 0xfe, 0x00, 0x41]));
		write('large.yaml', `a: ${'x'.repeat(5 * 1024 * 1024)}`);
		const {applications, problems, files} = await loadConfiguration([folder]);
		expect(applications.map(each => each.name)).toEqual(['a']);
		expect(problems.map(problem => `${problem.file} ${problem.code}`).sort()).toEqual([
			'binary.yaml FileUnreadable',
			'broken.yaml FileUnreadable',
			'circle.yaml FileUnreadable',
			'large.yaml FileTooLarge',
		]);
		expect(files).toContain(path.join(folder, 'binary.yaml'));
	});

	test('a folder called like a file', async () => {
		mkdirSync(path.join(folder, 'x.yaml'));
		write('x.yaml/a.yaml', application('a'));
		expect(await namesOf(folder)).toEqual(['a']);
	});

	test('one name in two files: both places are named', async () => {
		write('a.yaml', application('shop'));
		write('b.yaml', `# moved down\n${application('shop')}`);
		const {applications, problems} = await loadConfiguration([folder]);
		expect(applications).toEqual([]);
		expect(problems).toMatchObject([
			{file: 'a.yaml', line: 1, code: 'DuplicateName', message: expect.stringContaining('b.yaml:2')},
			{file: 'b.yaml', line: 2, code: 'DuplicateName', message: expect.stringContaining('a.yaml:1')},
		]);
	});
});
