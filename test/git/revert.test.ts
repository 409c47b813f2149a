import {chmodSync, existsSync, mkdirSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, describe, expect, it} from 'vitest';
import type {PreparedCommit, RevertRequest} from '../../source/model/ports/git/change.ts';
import {ana, hostOf, revertOf, tracesOf} from './commits-to-push.ts';
import {createSandbox, problemOf} from './sandbox.ts';

const sandbox = createSandbox();
const temporaryDirectory = join(sandbox.directory, 'temporary');
const configuration = join(sandbox.directory, 'gitconfig');
mkdirSync(temporaryDirectory);

beforeAll(() => {
	// What the operator's own git would be told.
	process.env.GIT_CONFIG_GLOBAL = configuration;
	process.env.GIT_CONFIG_NOSYSTEM = '1';
	writeFileSync(configuration, '');
});

function lines(...changed: [number, string][]): string {
	const text = Array.from({length: 20}, (_, index) => `line ${index + 1}`);
	for (const [line, word] of changed) text[line - 1] = word;
	return `${text.join('\n')}\n`;
}

/** main: root, scale, other, then a merge of a branch; and a branch that is not merged. */
function seed() {
	const upstream = sandbox.upstream();
	const root = upstream.commit({'shop/web.yaml': lines(), 'shop/old.yaml': 'a: 1\n', 'README.md': 'hello\n'}, 'first');
	const scale = upstream.commit({'shop/web.yaml': lines([3, 'replicas: 9'])}, 'Scale web');
	const other = upstream.commit({'shop/web.yaml': lines([3, 'replicas: 9'], [15, 'image: 2'])}, 'Another image');
	upstream.git('checkout', '--quiet', '-b', 'feature', root);
	const feature = upstream.commit({'shop/feature.yaml': 'b: 1\n'}, 'A feature');
	upstream.git('checkout', '--quiet', '-b', 'elsewhere', root);
	const elsewhere = upstream.commit({'shop/elsewhere.yaml': 'c: 1\n'}, 'Elsewhere');
	upstream.git('checkout', '--quiet', 'main');
	upstream.git('merge', '--quiet', '--no-ff', '-m', 'Merge feature', 'feature');
	const merge = upstream.git('rev-parse', 'HEAD');
	const host = hostOf(sandbox, upstream);
	return {upstream, host, root, scale, other, feature, elsewhere, merge};
}

describe('preparing a revert', () => {
	const {upstream, host, root, scale, other, feature, elsewhere, merge} = seed();
	const open = () => sandbox.open(host.url, {temporaryDirectory});
	const mirror = () => sandbox.mirrorOf(upstream);

	async function prepared<Result>(
		request: RevertRequest,
		look: (commit: PreparedCommit) => Promise<Result> | Result,
	): Promise<Result> {
		const repository = await open();
		const commit = await repository.prepareRevert(request);
		try {
			return await look(commit);
		} finally {
			await commit.discard();
			expect(tracesOf(mirror(), temporaryDirectory)).toEqual([]);
		}
	}

	it('makes the commit that git would make, on the tip, with trailers', async () => {
		await prepared(revertOf(scale), async commit => {
			expect(commit.parent).toBe(merge);
			expect(commit.reverted.map(({id}) => id)).toEqual([scale]);
			expect(commit.changes.info.subject).toBe('Revert "Scale web"');
			expect(commit.changes.info.body).toBe(
				`This reverts commit ${scale}.\n\nHoldfast-Application: shop\nHoldfast-Reason: It overloads`,
			);
			expect(commit.changes.files).toEqual([
				{path: 'shop/web.yaml', status: 'modified', additions: 1, deletions: 1, isBinary: false},
			]);
			expect(commit.changes.diffs[0]).toContain('-replicas: 9\n+line 3\n');
			expect(commit.isSigned).toBe(false);
			const tree = await commit.tree();
			const [web] = await tree.read([tree.file('shop/web.yaml')!]);
			expect(web!.toString()).toBe(lines([15, 'image: 2']));
		});
	});

	it('takes a range back, newest first, one commit each', async () => {
		await prepared(revertOf(`${root}..${other}`), commit => {
			expect(commit.reverted.map(({id}) => id)).toEqual([other, scale]);
			expect(commit.changes.info.subject).toBe('Revert "Scale web"');
			expect(commit.changes.info.parents).not.toEqual([merge]);
			expect(commit.changes.files).toMatchObject([{path: 'shop/web.yaml', additions: 2, deletions: 2}]);
		});
	});

	it('takes a merge back to the parent that is named', async () => {
		await prepared(revertOf(merge, {mainline: 1}), commit => {
			expect(commit.changes.info.body).toContain(`This reverts commit ${merge}, reversing\nchanges made to ${other}.`);
			expect(commit.changes.files).toMatchObject([{path: 'shop/feature.yaml', status: 'deleted'}]);
		});
	});

	it('takes a range with a merge back along the branch that was merged into', async () => {
		await prepared(revertOf(`${scale}..${merge}`, {mainline: 1}), commit => {
			expect(commit.reverted.map(({id}) => id)).toEqual([merge, other]);
		});
	});

	it('understands how people name commits', async () => {
		for (const name of [scale.slice(0, 8), 'HEAD^1~1', 'main~2', scale.toUpperCase()]) {
			await prepared(revertOf(name), commit => expect(commit.reverted[0]?.id).toBe(scale));
		}
	});

	const refusals: [string, Partial<RevertRequest> & {commits: string}, string, RegExp][] = [
		[
			'a merge without a parent',
			{commits: merge},
			'RevertMerge',
			/1 is [0-9a-f]{12} "Another image", 2 is .*"A feature"/,
		],
		['a parent that a merge does not have', {commits: merge, mainline: 3}, 'RevertMerge', /has no parent 3/],
		['the first commit', {commits: root}, 'RevertRoot', /first of its branch/],
		['a commit of another branch', {commits: elsewhere}, 'CommitNotOnBranch', /not on the branch main/],
		['a commit of another branch, shortened', {commits: elsewhere.slice(0, 9)}, 'CommitNotOnBranch', /main/],
		['a commit that nobody has', {commits: '0123456789'}, 'CommitNotFound', /has no commit 0123456789/],
		['an option', {commits: '--output=x'}, 'CommitNotFound', /neither a commit nor a range/],
		['a search', {commits: ':/Scale'}, 'CommitNotFound', /neither a commit nor a range/],
		['three points', {commits: `${root}...${other}`}, 'CommitNotFound', /neither/],
		['a range without a commit', {commits: `${other}..${scale}`}, 'RevertEmpty', /no commit in/],
		['a branch that is not there', {commits: scale, branch: 'none'}, 'RevisionNotFound', /no branch "none"/],
		['a branch that cannot be', {commits: scale, branch: '-x'}, 'InvalidBranchName', /-x/],
	];
	it.each(refusals)('refuses %s', async (_name, request, code, message) => {
		const repository = await open();
		const problem = await problemOf(repository.prepareRevert(revertOf(request.commits, request)));
		expect(problem).toMatchObject({code, message: expect.stringMatching(message)});
		expect(tracesOf(mirror(), temporaryDirectory)).toEqual([]);
	});

	it('names the files that are in conflict', async () => {
		const conflicting = upstream.commit({'shop/web.yaml': lines([3, 'replicas: 7'], [15, 'image: 2'])}, 'Scale down');
		upstream.git('push', '--quiet', 'origin', 'main');
		const repository = await open();
		const problem = await problemOf(repository.prepareRevert(revertOf(scale)));
		expect(problem).toMatchObject({code: 'RevertConflict', file: 'shop/web.yaml'});
		expect(problem.message).toContain('"Scale web"');
		expect(tracesOf(mirror(), temporaryDirectory)).toEqual([]);
		expect(conflicting).not.toBe(scale);
	});

	it('reverts a revert, and says so as git does; the same one twice is empty', async () => {
		const repository = await open();
		const first = await repository.prepareRevert(revertOf(other));
		const pushed = await first.push('main');
		await first.discard();
		expect(host.git('rev-parse', 'main')).toBe(pushed.commit);
		expect(await problemOf(repository.prepareRevert(revertOf(other)))).toMatchObject({code: 'RevertEmpty'});
		const second = await repository.prepareRevert(revertOf(pushed.commit));
		expect(second.changes.info.subject).toMatch(/^(Reapply|Revert "Revert) "Another image"/);
		expect(second.changes.info.body).toContain(`This reverts commit ${pushed.commit}.`);
		await second.discard();
	});

	it('says which commits an abbreviation may mean', async () => {
		const many = sandbox.upstream();
		const ids = Array.from({length: 700}, (_, index) =>
			many.git('commit', '--quiet', '--allow-empty', '-m', `${index}`),
		);
		expect(ids).toHaveLength(700);
		const commits = many.git('rev-list', 'main').split('\n');
		const prefixes = new Map<string, number>();
		for (const id of commits) prefixes.set(id.slice(0, 4), (prefixes.get(id.slice(0, 4)) ?? 0) + 1);
		const [prefix] = [...prefixes].find(([, count]) => count > 1)!;
		const repository = await sandbox.open(many.directory, {temporaryDirectory});
		const problem = await problemOf(repository.prepareRevert(revertOf(prefix)));
		expect(problem.code).toBe('CommitAmbiguous');
		expect(problem.hint).toContain(commits.find(id => id.startsWith(prefix))!.slice(0, 16));
	}, 60_000);

	it('is the work of the operator as their git knows them, else of the SSH user', async () => {
		const authorOf = (request: RevertRequest) =>
			prepared(request, ({changes: {info}}) => `${info.author} <${info.email}>`);
		expect(await authorOf(revertOf(feature))).toBe('ana <ana@bastion-1>');
		writeFileSync(configuration, '[user]\nname = Ana Ortiz\nemail = ana@example.com\n');
		expect(await authorOf(revertOf(feature))).toBe('Ana Ortiz <ana@example.com>');
		writeFileSync(configuration, '[user]\nemail = ana@example.com\n[author]\nname = Ana O\n');
		expect(await authorOf(revertOf(feature))).toBe('Ana O <ana@example.com>');
		writeFileSync(configuration, '');
	});

	it('runs no hook of the repository and no program of its attributes', async () => {
		const hostile = sandbox.upstream();
		const hooks = join(sandbox.directory, 'hooks');
		const witness = join(sandbox.directory, 'witness');
		mkdirSync(hooks);
		for (const hook of ['pre-commit', 'commit-msg', 'prepare-commit-msg', 'post-commit', 'pre-push', 'post-checkout']) {
			writeFileSync(join(hooks, hook), `#!/bin/sh\necho ${hook} >> ${witness}\n`);
			chmodSync(join(hooks, hook), 0o755);
		}
		hostile.commit({'.gitattributes': '* filter=evil merge=evil diff=evil\n', 'a.yaml': lines()}, 'first');
		const bad = hostile.commit({'a.yaml': lines([2, 'x'])}, 'bad');
		hostile.commit({'a.yaml': lines([2, 'x'], [15, 'y'])}, 'later');
		const {url} = hostOf(sandbox, hostile);
		const run = `sh -c 'echo ran >> ${witness}; cat'`;
		writeFileSync(
			configuration,
			`[core]\nhooksPath = ${hooks}\n[filter "evil"]\nclean = ${run}\nsmudge = ${run}\nrequired\n[merge "evil"]\ndriver = ${run}\n[diff "evil"]\ncommand = ${run}\ntextconv = ${run}\n`,
		);
		const repository = await sandbox.open(url, {temporaryDirectory});
		const commit = await repository.prepareRevert(revertOf(bad));
		await commit.push('main');
		await commit.discard();
		writeFileSync(configuration, '');
		expect(existsSync(witness)).toBe(false);
	});

	it('removes what a killed process left behind, and leaves what is in use', async () => {
		const stale = join(temporaryDirectory, 'holdfast-commit-999999999-aaaaaa');
		const used = join(temporaryDirectory, `holdfast-commit-${process.pid}-bbbbbb`);
		const old = new Date(Date.now() - 2 * 60 * 60 * 1000);
		for (const folder of [stale, used]) {
			mkdirSync(join(folder, 'git'), {recursive: true});
			utimesSync(folder, old, old);
		}
		await open();
		await expect.poll(() => tracesOf(mirror(), temporaryDirectory)).toEqual([`holdfast-commit-${process.pid}-bbbbbb`]);
		rmSync(used, {recursive: true});
	});
});

describe('preparing a change', () => {
	it('writes whole files, keeps what is executable, and deletes', async () => {
		const upstream = sandbox.upstream();
		upstream.commit({'a.sh': '#!/bin/sh\n', 'b.yaml': 'b: 1\n', 'c.yaml': 'c: 1\n'}, 'first');
		upstream.git('update-index', '--chmod=+x', 'a.sh');
		upstream.git('commit', '--quiet', '-m', 'executable');
		const host = hostOf(sandbox, upstream);
		const oid = (file: string) => upstream.git('rev-parse', `HEAD:${file}`);
		const repository = await sandbox.open(host.url, {temporaryDirectory});
		const commit = await repository.prepareChange({
			branch: 'main',
			files: [
				{path: 'a.sh', content: '#!/bin/bash\n', replaces: oid('a.sh')},
				{path: 'b.yaml', content: null, replaces: oid('b.yaml')},
				{path: 'new/d.yaml', content: 'd: 1\r\nx: 1\n', replaces: null},
			],
			message: 'Adopt\n\nHoldfast-Application: shop\n',
			author: ana,
		});
		expect(commit.changes.files.map(({path, status}) => `${status} ${path}`)).toEqual([
			'modified a.sh',
			'deleted b.yaml',
			'added new/d.yaml',
		]);
		const {commit: id} = await commit.push('holdfast-adopt-shop');
		await commit.discard();
		expect(host.git('ls-tree', '-r', '--format=%(objectmode) %(path)', id).split('\n')).toEqual([
			'100755 a.sh',
			'100644 c.yaml',
			'100644 new/d.yaml',
		]);
		expect(host.git('show', `${id}:new/d.yaml`)).toContain('\r');
		expect(host.git('rev-parse', 'holdfast-adopt-shop')).toBe(id);
	});

	it.each([
		['nothing that is new', {path: 'a.yaml', content: 'a: 1\n', replaces: undefined}, 'NothingToChange'],
		['a file that somebody changed', {path: 'a.yaml', content: 'a: 2\n', replaces: '0'.repeat(40)}, 'ChangedMeanwhile'],
		['a file that somebody removed', {path: 'c.yaml', content: 'a: 2\n', replaces: '0'.repeat(40)}, 'ChangedMeanwhile'],
		['a new file that is there', {path: 'a.yaml', content: 'a: 2\n', replaces: null}, 'ChangedMeanwhile'],
		['a path that leaves', {path: '../a.yaml', content: '', replaces: null}, 'UnsafePath'],
		['a path into git', {path: 'x/.git/config', content: '', replaces: null}, 'UnsafePath'],
	])('refuses %s', async (_name, file, code) => {
		const upstream = sandbox.upstream();
		upstream.commit({'a.yaml': 'a: 1\n'}, 'first');
		const repository = await sandbox.open(upstream.directory, {temporaryDirectory});
		const {replaces = upstream.git('rev-parse', 'HEAD:a.yaml'), ...rest} = file;
		const request = {branch: 'main', files: [{...rest, replaces}], message: 'x', author: ana};
		expect(await problemOf(repository.prepareChange(request))).toMatchObject({code});
	});
});
