import {rmSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {fewPaths} from '../../source/git/history.ts';
import {createSandbox, problemOf, runGit} from './sandbox.ts';

const sandbox = createSandbox();

function seed() {
	const upstream = sandbox.upstream();
	const first = upstream.commit({'shop/a.yaml': 'a: 1\n', 'base/b.yaml': 'b: 1\n', 'x.txt': 'x\n'}, 'first');
	const shop = upstream.commit({'shop/a.yaml': 'a: 2\n'}, 'shop\n\nWhy it was done.\n\u001b[31mred');
	upstream.git('checkout', '--quiet', '-b', 'feature');
	const feature = upstream.commit({'base/b.yaml': 'b: 2\n'}, 'feature');
	upstream.git('checkout', '--quiet', 'main');
	const other = upstream.commit({'x.txt': 'y\n'}, 'other');
	upstream.git('merge', '--quiet', '--no-ff', '-m', 'Merge feature', 'feature');
	const merge = upstream.git('rev-parse', 'HEAD');
	upstream.git('mv', 'shop/a.yaml', 'shop/é [a].yaml');
	const rename = upstream.commit({}, 'rename');
	return {upstream, first, shop, feature, other, merge, rename};
}

describe('the log of a repository', () => {
	const {upstream, first, shop, feature, other, merge, rename} = seed();
	const open = async () => {
		const repository = await sandbox.open(upstream.directory);
		await repository.pull({type: 'branch', value: 'main'});
		return repository;
	};

	it.each([
		['one folder', ['shop'], [rename, shop, first]],
		["what came by a merge is the merge's", ['base'], [merge, first]],
		['several places', ['shop', 'base/b.yaml'], [rename, merge, shop, first]],
		['everything', [''], [rename, merge, other, shop, first]],
		['a name that looks like a pattern', ['shop/é [a].yaml', '*'], [rename]],
		['nothing', ['none'], []],
	])('finds %s', async (_name, paths, commits) => {
		const found = await (await open()).log({from: rename, paths, limit: 100});
		expect(found.map(({id}) => id)).toEqual(commits);
	});

	it('tells who, when and why, and is bounded', async () => {
		const repository = await open();
		const [, second] = await repository.log({from: shop, paths: [''], limit: 1});
		expect(second).toBeUndefined();
		const [commit] = await repository.log({from: shop, paths: ['shop'], limit: 5});
		expect(commit).toEqual({
			id: shop,
			author: 'Ana',
			email: 'ana@example.org',
			time: Date.parse('2026-11-21T10:00:00Z'),
			subject: 'shop',
			parents: [first],
			body: 'Why it was done.\n\\x1b[31mred',
		});
	});

	it('reads on behind a commit whose message has no end', async () => {
		const wordy = sandbox.upstream();
		wordy.commit({'a.txt': '1\n'}, 'one');
		const commitWith = (message: string) => {
			const tree = wordy.git('rev-parse', 'HEAD^{tree}');
			const parent = wordy.git('rev-parse', 'HEAD');
			const people = ['author', 'committer'].map(role => `${role} A <a@b> 1795255200 +0000`).join('\n');
			const content = `tree ${tree}\nparent ${parent}\n${people}\n\n${message}`;
			const id = runGit(wordy.directory, ['hash-object', '-t', 'commit', '-w', '--stdin'], content);
			wordy.git('reset', '--quiet', '--hard', id);
		};
		commitWith(`two\n\n${'x'.repeat(500_000)}\n`);
		commitWith('y'.repeat(500_000));
		const tip = wordy.commit({'a.txt': '4\n'}, 'four');
		const repository = await sandbox.open(wordy.directory);
		await repository.pull({type: 'branch', value: 'main'});
		const commits = await repository.log({from: tip, paths: [''], limit: 10});
		expect(commits.map(({subject}) => subject.slice(0, 5))).toEqual(['four', 'yyyyy', 'two', 'one']);
		expect((await repository.log({from: tip, paths: [''], limit: 3})).length).toBe(3);
		expect(Math.max(...commits.map(({subject, body}) => subject.length + body.length))).toBeLessThan(20_000);
	});

	it.each(['9999999999999999', '99999999999999999999'])('has a date for a commit at second %s', async seconds => {
		const odd = sandbox.upstream();
		odd.commit({'a.txt': '1\n'});
		const tree = odd.git('rev-parse', 'HEAD^{tree}');
		const people = ['author', 'committer'].map(role => `${role} A <a@b> ${seconds} +0000`).join('\n');
		const content = `tree ${tree}\n${people}\n\nlate\n`;
		const id = runGit(odd.directory, ['hash-object', '-t', 'commit', '-w', '--literally', '--stdin'], content);
		odd.git('reset', '--quiet', '--hard', id);
		const repository = await sandbox.open(odd.directory);
		await repository.pull({type: 'branch', value: 'main'});
		const [commit] = await repository.log({from: id, paths: [''], limit: 1});
		expect(() => new Date(commit!.time).toISOString()).not.toThrow();
	});

	it('shows a commit against its first parent, the first one against nothing', async () => {
		const repository = await open();
		const files = async (id: string) =>
			(await repository.show(id)).files.map(({status, path, additions, deletions}) =>
				[status, path, additions, deletions].join(' '),
			);
		expect(await files(first)).toEqual(['added base/b.yaml 1 0', 'added shop/a.yaml 1 0', 'added x.txt 1 0']);
		expect(await files(merge)).toEqual(['modified base/b.yaml 1 1']);
		const renamed = await repository.show(rename);
		expect(renamed.files).toEqual([
			{
				path: 'shop/é [a].yaml',
				from: 'shop/a.yaml',
				status: 'renamed',
				additions: 0,
				deletions: 0,
				isBinary: false,
			},
		]);
		const {diffs, info} = await repository.show(shop);
		expect(diffs).toHaveLength(1);
		expect(diffs[0]).toMatch(/^diff --git a\/shop\/a.yaml b\/shop\/a.yaml\n[\s\S]*\n-a: 1\n\+a: 2\n$/);
		expect(info.body).toContain('Why');
	});

	it('keeps the parts of a diff with their files, also when a line reads like a header', async () => {
		const tricky = sandbox.upstream();
		tricky.commit({'a.txt': 'one\n', 'c.bin': 'x\0y', 'z.txt': 'z\n'}, 'first');
		const id = tricky.commit({'a.txt': 'diff --git a/q b/q\n', 'c.bin': 'x\0z', 'z.txt': 'zz\n'}, 'second');
		const repository = await sandbox.open(tricky.directory);
		await repository.pull({type: 'branch', value: 'main'});
		const {files, diffs} = await repository.show(id);
		expect(files.map(({path, isBinary}) => [path, isBinary])).toEqual([
			['a.txt', false],
			['c.bin', true],
			['z.txt', false],
		]);
		expect(diffs[0]).toContain('+diff --git a/q b/q');
		expect(diffs[1]).toBe('');
		expect(diffs[2]).toContain('+zz');
	});

	it.each([
		['a line end of other systems', 'a\rdiff --git a/q b/q\n'],
		['a line separator', 'a\u2028diff --git a/q b/q\n'],
	])('takes %s in a file for no header', async (_name, content) => {
		const tricky = sandbox.upstream();
		tricky.commit({'a.txt': 'one\n', 'b.txt': 'b\n', 'c.txt': 'c\n'}, 'first');
		const id = tricky.commit({'a.txt': content, 'b.txt': 'bb\n', 'c.txt': 'cc\n'}, 'second');
		const repository = await sandbox.open(tricky.directory);
		await repository.pull({type: 'branch', value: 'main'});
		const {diffs} = await repository.show(id);
		expect(diffs.map(diff => /\n\+(.)/.exec(diff.slice(diff.indexOf('@@')))?.[1])).toEqual(['a', 'b', 'c']);
	});

	it('keeps both parts of a file that becomes a link', async () => {
		const tricky = sandbox.upstream();
		tricky.commit({'a.txt': 'one\n', 'b.txt': 'b\n', 'c.txt': 'c\n'}, 'first');
		rmSync(join(tricky.directory, 'a.txt'));
		symlinkSync('b.txt', join(tricky.directory, 'a.txt'));
		const id = tricky.commit({'b.txt': 'bb\n', 'c.txt': 'cc\n'}, 'second');
		const repository = await sandbox.open(tricky.directory);
		await repository.pull({type: 'branch', value: 'main'});
		const {files, diffs, isTruncated} = await repository.show(id);
		expect(files.map(({path, status}) => [path, status])).toEqual([
			['a.txt', 'modified'],
			['b.txt', 'modified'],
			['c.txt', 'modified'],
		]);
		expect(diffs[0]).toMatch(/deleted file mode 100644[\s\S]*new file mode 120000[\s\S]*\+b\.txt\n/);
		expect(diffs[1]).toContain('+bb\n');
		expect(diffs[2]).toContain('+cc\n');
		expect(isTruncated).toBe(false);
	});

	it('cuts what is too large, and says so', async () => {
		const large = sandbox.upstream();
		large.commit({'a.txt': 'a\n', 'b.txt': 'b\n', 'c.txt': 'c\n'}, 'first');
		const id = large.commit({'a.txt': 'aa\n', 'b.txt': 'line\n'.repeat(400_000), 'c.txt': 'cc\n'}, 'large');
		const repository = await sandbox.open(large.directory);
		await repository.pull({type: 'branch', value: 'main'});
		const changes = await repository.show(id);
		expect(changes.isTruncated).toBe(true);
		expect(changes.files.map(({additions}) => additions)).toEqual([1, 400_000, 1]);
		expect(changes.diffs.map(diff => diff.length > 0)).toEqual([true, false, false]);
	});

	it('knows what stands on what', async () => {
		const repository = await open();
		expect(await repository.isAncestor(first, rename)).toBe(true);
		expect(await repository.isAncestor(feature, rename)).toBe(true);
		expect(await repository.isAncestor(rename, rename)).toBe(true);
		expect(await repository.isAncestor(rename, first)).toBe(false);
		expect(await repository.isAncestor('0'.repeat(40), rename)).toBe(false);
		expect(await repository.isAncestor('main', rename)).toBe(false);
	});

	it('refuses a commit that is not there', async () => {
		const repository = await open();
		expect(await problemOf(repository.show('--output=x'))).toMatchObject({code: 'RevisionNotFound'});
		expect(await problemOf(repository.show('0'.repeat(40)))).toMatchObject({code: 'RevisionNotFound'});
	});
});

describe('naming places in few words', () => {
	it.each([
		['what lies in another is said by it', ['a/b', 'a', 'a/b/c.yaml', 'ab'], ['a', 'ab']],
		['everything needs no word', ['a', ''], []],
		['slashes at the ends mean nothing', ['/a/', 'b'], ['a', 'b']],
		['very many are told by their folders', Array.from({length: 600}, (_, index) => `d/f${index}`), ['d']],
	])('%s', (_name, paths, few) => {
		expect(fewPaths(paths)).toEqual(few);
	});
});
