import {
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {GitTree} from '../../source/model/ports/git/tree.ts';
import {createSandbox, problemOf, runGit, type Upstream} from './sandbox.ts';

const sandbox = createSandbox();
let folders = 0;
const emptyFolder = (): string => join(sandbox.directory, `checkout-${++folders}`);

async function treeOf(upstream: Upstream, limits = {}): Promise<GitTree> {
	const repository = await sandbox.open(upstream.directory, {limits});
	const {commit} = await repository.pull({type: 'auto', value: ''});
	return repository.tree(commit);
}

function blob(upstream: Upstream, content: string): string {
	return runGit(upstream.directory, ['hash-object', '-w', '--stdin'], content);
}

/** Writes a tree object byte by byte: `git mktree` sorts and refuses too much. */
function rawTree(upstream: Upstream, entries: readonly {mode: string; name: string; oid: string}[]): string {
	const parts = entries.flatMap(({mode, name, oid}) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, 'hex')]);
	const words = ['hash-object', '-w', '-t', 'tree', '--literally', '--stdin'];
	return runGit(upstream.directory, words, Buffer.concat(parts));
}

describe('the tree of a commit', () => {
	const upstream = sandbox.upstream();
	writeFileSync(join(upstream.directory, 'run.sh'), '#!/bin/sh\n', {mode: 0o755});
	symlinkSync('apps/web.yaml', join(upstream.directory, 'link.yaml'));
	upstream.commit({
		'apps/web.yaml': 'kind: Deployment\n',
		'apps/web/one.yaml': 'one\n',
		'apps/web/two.yaml': 'two\n',
		'apps-other/x.yaml': 'x\n',
		'apps/wéb.yaml': 'é\n',
		'with space/and\ttab\nline.yaml': 'odd\n',
	});
	upstream.git('update-index', '--add', '--cacheinfo', `160000,${upstream.git('rev-parse', 'HEAD')},module`);
	upstream.git('commit', '--quiet', '-m', 'submodule');

	it('lists what lies below a folder, sorted, with types', async () => {
		const tree = await treeOf(upstream);
		expect(tree.files('apps').map(({path}) => path)).toEqual([
			'apps/web.yaml',
			'apps/web/one.yaml',
			'apps/web/two.yaml',
			'apps/wéb.yaml',
		]);
		expect(tree.files('').map(({path, type, isExecutable}) => [path, type, isExecutable])).toEqual([
			['apps-other/x.yaml', 'file', false],
			['apps/web.yaml', 'file', false],
			['apps/web/one.yaml', 'file', false],
			['apps/web/two.yaml', 'file', false],
			['apps/wéb.yaml', 'file', false],
			['link.yaml', 'link', false],
			['module', 'submodule', false],
			['run.sh', 'file', true],
			['with space/and\ttab\nline.yaml', 'file', false],
		]);
		expect(tree.files('nowhere')).toEqual([]);
		expect(tree.files('apps/web.yaml')).toEqual([]);
	});

	it('tells the object ids that git tells, for files, folders and the root', async () => {
		const tree = await treeOf(upstream);
		for (const path of ['apps', 'apps/web', 'apps/web/one.yaml', 'with space']) {
			expect(tree.hash(path)).toBe(upstream.git('rev-parse', `HEAD:${path}`));
		}
		expect(tree.hash('')).toBe(upstream.git('rev-parse', 'HEAD^{tree}'));
		expect(tree.hash('nowhere')).toBeNull();
		expect(tree.file('apps')).toBeNull();
		expect(tree.file('run.sh')).toMatchObject({isExecutable: true, size: 10});
	});

	it('reads contents in the order asked, links as what they say', async () => {
		const tree = await treeOf(upstream);
		const paths = ['apps/wéb.yaml', 'link.yaml', 'apps/web/one.yaml', 'apps/wéb.yaml'];
		const contents = await tree.read(paths.map(path => tree.file(path)!));
		expect(contents.map(String)).toEqual(['é\n', 'apps/web.yaml', 'one\n', 'é\n']);
		expect((await problemOf(tree.read([tree.file('module')!]))).code).toBe('NotAFile');
	});

	it('keeps the hash of a folder over a commit that does not touch it', async () => {
		const own = sandbox.upstream();
		own.commit({'a/x.yaml': '1', 'b/y.yaml': '1'});
		const repository = await sandbox.open(own.directory);
		const before = await repository.tree((await repository.pull({type: 'auto', value: ''})).commit);
		own.commit({'b/y.yaml': '2'});
		const after = await repository.tree((await repository.pull({type: 'auto', value: ''})).commit);
		expect(after.hash('a')).toBe(before.hash('a'));
		expect(after.hash('b')).not.toBe(before.hash('b'));
	});

	it('refuses files beyond the limit by their name, and leaves the others readable', async () => {
		const own = sandbox.upstream();
		own.commit({'large.yaml': 'x'.repeat(2_000), 'small.yaml': 'x'});
		const tree = await treeOf(own, {fileBytes: 1_000});
		expect(await problemOf(tree.read([tree.file('large.yaml')!]))).toMatchObject({
			code: 'FileTooLarge',
			file: 'large.yaml',
		});
		expect(String(await tree.read([tree.file('small.yaml')!]))).toBe('x');
	});

	it('refuses a commit with too many entries', async () => {
		const own = sandbox.upstream();
		own.commit({a: '1', b: '2', c: '3'});
		expect((await problemOf(treeOf(own, {treeEntries: 2}))).code).toBe('TreeTooLarge');
	});

	it('refuses a tree that holds itself so often that it never ends', async () => {
		const own = sandbox.upstream();
		let oid = blob(own, 'x');
		let mode = '100644';
		for (let depth = 0; depth < 12; depth++) {
			oid = rawTree(
				own,
				Array.from({length: 10}, (_, index) => ({mode, name: String(index), oid})),
			);
			mode = '40000';
		}
		own.git('update-ref', 'refs/heads/main', own.git('commit-tree', '-m', 'bomb', oid));
		expect((await problemOf(treeOf(own, {treeEntries: 10_000}))).code).toBe('TreeTooLarge');
	});
});

describe('a large commit', () => {
	it('answers a thousand applications, and reads all of its 5,000 files byte for byte', async () => {
		const upstream = sandbox.upstream();
		const content = (app: number, file: number): string =>
			`app: ${app}\nfile: ${file}\n${'é'.repeat((app * file) % 700)}\n`;
		const parts: string[] = ['commit refs/heads/main\ncommitter Ana <ana@example.org> 0 +0000\ndata 4\nbig\n\n'];
		for (let app = 0; app < 1_000; app++) {
			for (let file = 0; file < 5; file++) {
				const text = content(app, file);
				parts.push(`M 644 inline apps/app-${app}/${file}.yaml\ndata ${Buffer.byteLength(text)}\n${text}\n`);
			}
		}
		runGit(upstream.directory, ['fast-import', '--quiet'], parts.join(''));
		const tree = await treeOf(upstream);
		for (let app = 0; app < 1_000; app++) {
			expect(tree.files(`apps/app-${app}`)).toHaveLength(5);
			expect(tree.hash(`apps/app-${app}`)).toMatch(/^[0-9a-f]{40}$/);
		}
		const files = tree.files('');
		expect(files).toHaveLength(5_000);
		const contents = await tree.read(files);
		for (const [index, {path}] of files.entries()) {
			const [, app, file] = /app-(\d+)\/(\d+)/.exec(path)!;
			expect(contents[index]!.toString('utf8')).toBe(content(Number(app), Number(file)));
		}
	});

	it('reads from many callers at once, empty and binary contents too', async () => {
		const upstream = sandbox.upstream();
		const bytes = Buffer.from(Array.from({length: 300_000}, (_, index) => index % 256));
		writeFileSync(join(upstream.directory, 'binary'), bytes);
		upstream.commit({empty: '', lines: '\n\n\n'});
		const tree = await treeOf(upstream);
		const [binary, empty, lines] = ['binary', 'empty', 'lines'].map(path => tree.file(path)!);
		const answers = await Promise.all(Array.from({length: 20}, () => tree.read([lines!, binary!, empty!, binary!])));
		for (const [one, two, three, four] of answers) {
			expect(String(one)).toBe('\n\n\n');
			expect(two!.equals(bytes)).toBe(true);
			expect(three).toHaveLength(0);
			expect(four!.equals(bytes)).toBe(true);
		}
	});
});

describe('a checkout', () => {
	it('writes files as they are stored, with modes and links, and no submodule', async () => {
		const upstream = sandbox.upstream();
		writeFileSync(join(upstream.directory, 'run.sh'), '#!/bin/sh\n', {mode: 0o755});
		mkdirSync(join(upstream.directory, 'charts/web/files'), {recursive: true});
		symlinkSync('../values.yaml', join(upstream.directory, 'charts/web/values.yaml'));
		symlinkSync('../..', join(upstream.directory, 'charts/web/up'));
		symlinkSync('nowhere.yaml', join(upstream.directory, 'dangling.yaml'));
		upstream.commit({
			'charts/values.yaml': 'a: 1\r\n',
			'.gitattributes': '*.yaml text eol=lf ident\n',
			'id.yaml': '$Id$\n',
		});
		upstream.git('update-index', '--add', '--cacheinfo', `160000,${upstream.git('rev-parse', 'HEAD')},module`);
		upstream.git('update-index', '--cacheinfo', `100644,${blob(upstream, 'a: 1\r\n')},charts/values.yaml`);
		upstream.git('commit', '--quiet', '-m', 'raw');
		const directory = emptyFolder();
		await (await treeOf(upstream)).checkout(directory);
		expect(readFileSync(join(directory, 'charts/values.yaml'), 'utf8')).toBe('a: 1\r\n');
		expect(readFileSync(join(directory, 'id.yaml'), 'utf8')).toBe('$Id$\n');
		expect(readFileSync(join(directory, 'charts/web/values.yaml'), 'utf8')).toBe('a: 1\r\n');
		expect(readlinkSync(join(directory, 'charts/web/up'))).toBe('../..');
		expect(lstatSync(join(directory, 'dangling.yaml')).isSymbolicLink()).toBe(true);
		expect(statSync(join(directory, 'run.sh')).mode & 0o777).toBe(0o700);
		expect(statSync(join(directory, 'id.yaml')).mode & 0o777).toBe(0o600);
		expect(statSync(directory).mode & 0o777).toBe(0o700);
		expect(existsSync(join(directory, 'module'))).toBe(false);
	});

	it('writes only the folders asked for, however they overlap', async () => {
		const upstream = sandbox.upstream();
		upstream.commit({'a/x': '1', 'a/b/y': '2', 'c/z': '3', top: '4'});
		const directory = emptyFolder();
		await (await treeOf(upstream)).checkout(directory, ['a', 'a/b', 'top']);
		expect(readdirSync(directory, {recursive: true}).map(String).sort()).toEqual(['a', 'a/b', 'a/b/y', 'a/x', 'top']);
	});

	it('writes large files without the limit of single reads', async () => {
		const upstream = sandbox.upstream();
		const large = 'abcdefghij'.repeat(1_000_000);
		upstream.commit({'large.bin': large, small: '1'});
		const directory = emptyFolder();
		await (await treeOf(upstream)).checkout(directory);
		expect(readFileSync(join(directory, 'large.bin'), 'utf8') === large).toBe(true);
	});

	it.each<[string, string, string]>([
		['an absolute target', 'x', '/etc/passwd'],
		['a way out of the root', 'x', '../secret'],
		['a way out from a folder', 'a/b/x', '../../../secret'],
		['a way through another link', 'x', 'a/b/loop-to-root/../../secret'],
		['a link to a link that leaves', 'x', 'leaving'],
		['itself', 'x', 'x'],
	])('refuses a link with %s', async (_name, path, target) => {
		const upstream = sandbox.upstream();
		mkdirSync(join(upstream.directory, 'a/b'), {recursive: true});
		symlinkSync('../..', join(upstream.directory, 'a/b/loop-to-root'));
		symlinkSync('..', join(upstream.directory, 'leaving'));
		symlinkSync(target, join(upstream.directory, path));
		upstream.commit({file: '1'});
		const directory = emptyFolder();
		const problem = await problemOf((await treeOf(upstream)).checkout(directory, [path]));
		expect(problem).toMatchObject({code: 'LinkLeavesTree', file: path});
		expect(existsSync(directory)).toBe(false);
	});

	it('is not stopped by a bad link in a folder that was not asked for', async () => {
		const upstream = sandbox.upstream();
		mkdirSync(join(upstream.directory, 'bad'));
		symlinkSync('/etc/passwd', join(upstream.directory, 'bad/link'));
		upstream.commit({'good/x': '1'});
		const directory = emptyFolder();
		await (await treeOf(upstream)).checkout(directory, ['good']);
		expect(readFileSync(join(directory, 'good/x'), 'utf8')).toBe('1');
	});

	it.each(['..', '.', '.git', '.GIT'])('refuses a commit that holds the name %s', async name => {
		const upstream = sandbox.upstream();
		const inner = rawTree(upstream, [{mode: '100644', name: 'config', oid: blob(upstream, 'x')}]);
		const tree = rawTree(upstream, [{mode: '40000', name, oid: inner}]);
		upstream.git('update-ref', 'refs/heads/main', upstream.git('commit-tree', '-m', 'hostile', tree));
		const directory = emptyFolder();
		expect((await problemOf((await treeOf(upstream)).checkout(directory))).code).toBe('UnsafePath');
		expect(existsSync(directory)).toBe(false);
	});

	it('never writes through a link when one name is a link and a folder', async () => {
		const upstream = sandbox.upstream();
		const outside = emptyFolder();
		mkdirSync(outside);
		const inner = rawTree(upstream, [{mode: '100644', name: 'written', oid: blob(upstream, 'x')}]);
		const tree = rawTree(upstream, [
			{mode: '120000', name: 'a', oid: blob(upstream, 'b')},
			{mode: '40000', name: 'a', oid: inner},
		]);
		upstream.git('update-ref', 'refs/heads/main', upstream.git('commit-tree', '-m', 'hostile', tree));
		expect((await problemOf((await treeOf(upstream)).checkout(emptyFolder()))).code).toBe('GitFailed');
		expect(readdirSync(outside)).toEqual([]);
	});

	it('refuses more files or bytes than allowed, before it writes one', async () => {
		const upstream = sandbox.upstream();
		upstream.commit({a: '1', b: '2', c: '3'});
		for (const limits of [{checkoutFiles: 2}, {checkoutBytes: 2}]) {
			const directory = emptyFolder();
			expect((await problemOf((await treeOf(upstream, limits)).checkout(directory))).code).toBe('TreeTooLarge');
			expect(existsSync(directory)).toBe(false);
		}
	});

	it('refuses a folder that is not empty', async () => {
		const upstream = sandbox.upstream();
		upstream.commit({a: '1'});
		const directory = emptyFolder();
		mkdirSync(directory);
		writeFileSync(join(directory, 'mine'), 'keep');
		expect((await problemOf((await treeOf(upstream)).checkout(directory))).code).toBe('GitFailed');
		expect(readdirSync(directory)).toEqual(['mine']);
	});

	it('runs no hook and no filter of the repository or of the user', async () => {
		const upstream = sandbox.upstream();
		const mark = join(sandbox.directory, 'mark');
		const script = `#!/bin/sh\ntouch '${mark}'\ncat\n`;
		for (const hook of [
			'post-checkout',
			'post-merge',
			'reference-transaction',
			'post-index-change',
			'fsmonitor-watchman',
		]) {
			mkdirSync(join(upstream.directory, 'githooks'), {recursive: true});
			writeFileSync(join(upstream.directory, 'githooks', hook), script, {mode: 0o755});
		}
		upstream.commit({
			'.gitattributes': '* filter=evil diff=evil\n',
			'a.yaml': 'a: 1\n',
			'.lfsconfig': '[lfs]\nurl = http://127.0.0.1:9/\n',
		});
		const configuration = join(sandbox.directory, 'evil-config');
		const hooks = join(upstream.directory, 'githooks');
		const lines = [
			`[core]\n\thooksPath = ${hooks}\n\tfsmonitor = ${hooks}/fsmonitor-watchman`,
			`[filter "evil"]\n\tsmudge = touch '${mark}'\n\tclean = touch '${mark}'\n\trequired = true`,
			`[diff "evil"]\n\ttextconv = touch '${mark}'`,
			'[protocol "ext"]\n\tallow = always',
		];
		writeFileSync(configuration, `${lines.join('\n')}\n`);
		const former = process.env.GIT_CONFIG_GLOBAL;
		process.env.GIT_CONFIG_GLOBAL = configuration;
		try {
			const directory = emptyFolder();
			const tree = await treeOf(upstream);
			await tree.checkout(directory);
			expect(readFileSync(join(directory, 'a.yaml'), 'utf8')).toBe('a: 1\n');
		} finally {
			if (former === undefined) delete process.env.GIT_CONFIG_GLOBAL;
			else process.env.GIT_CONFIG_GLOBAL = former;
		}
		expect(existsSync(mark)).toBe(false);
		// The mark is not missing because the traps do not work.
		runGit(upstream.directory, ['-c', `core.hooksPath=${hooks}`, 'update-ref', 'refs/heads/trap', 'HEAD'], '');
		expect(existsSync(mark)).toBe(true);
	});
});
