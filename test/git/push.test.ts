import {execFileSync} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {hostOf, revertOf, tracesOf} from './commits-to-push.ts';
import {type HttpRemote, startHttpRemote} from './http-remote.ts';
import {createSandbox, problemOf, runGit} from './sandbox.ts';

const sandbox = createSandbox();
const temporaryDirectory = join(sandbox.directory, 'temporary');
const configuration = join(sandbox.directory, 'gitconfig');
mkdirSync(temporaryDirectory);
beforeAll(() => {
	process.env.GIT_CONFIG_GLOBAL = configuration;
	process.env.GIT_CONFIG_NOSYSTEM = '1';
	writeFileSync(configuration, '');
});

function seed() {
	const upstream = sandbox.upstream();
	upstream.commit({'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n'}, 'first');
	const bad = upstream.commit({'a.yaml': 'a: 2\n'}, 'Bad');
	return {upstream, bad, host: hostOf(sandbox, upstream)};
}

function hook(repository: string, name: string, script: string): void {
	const path = join(repository, 'hooks', name);
	mkdirSync(join(repository, 'hooks'), {recursive: true});
	writeFileSync(path, `#!/bin/sh\n${script}\n`);
	chmodSync(path, 0o755);
}

const open = (url: string) => sandbox.open(url, {temporaryDirectory});

describe('pushing', () => {
	it('makes the commit anew on what came in meanwhile, asks, and pushes once more', async () => {
		const {upstream, bad, host} = seed();
		const commit = await (await open(host.url)).prepareRevert(revertOf(bad));
		const first = commit.commit;
		const theirs = upstream.commit({'b.yaml': 'b: 2\n'}, 'Meanwhile');
		upstream.git('push', '--quiet', 'origin', 'main');
		const asked: string[] = [];
		const pushed = await commit.push('main', {
			async approve() {
				asked.push(commit.parent);
				expect((await commit.tree()).commit).toBe(commit.commit);
			},
		});
		await commit.discard();
		expect(asked).toEqual([theirs]);
		expect(pushed.commit).not.toBe(first);
		expect(host.git('rev-parse', 'main', 'main^')).toBe(`${pushed.commit}\n${theirs}`);
		expect(host.git('show', 'main:a.yaml')).toBe('a: 1');
		expect(tracesOf(sandbox.mirrorOf(upstream), temporaryDirectory)).toEqual([]);
	});

	it('pushes nothing when the new commit is not approved', async () => {
		const {upstream, bad, host} = seed();
		const commit = await (await open(host.url)).prepareRevert(revertOf(bad));
		const theirs = upstream.commit({'b.yaml': 'b: 2\n'}, 'Meanwhile');
		upstream.git('push', '--quiet', 'origin', 'main');
		await expect(
			commit.push('main', {
				async approve() {
					throw new Error('not this');
				},
			}),
		).rejects.toThrow('not this');
		await commit.discard();
		expect(host.git('rev-parse', 'main')).toBe(theirs);
	});

	it('gives up when the branch moves again and again', async () => {
		const {bad, host} = seed();
		const move =
			'tree=$(git rev-parse main^{tree}); export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x';
		hook(
			host.url,
			'update',
			`${move}\ngit update-ref refs/heads/main $(git commit-tree -p main -m moved $tree)\nexit 0`,
		);
		const commit = await (await open(host.url)).prepareRevert(revertOf(bad));
		expect(await problemOf(commit.push('main'))).toMatchObject({code: 'PushRejected'});
		await commit.discard();
		expect(host.git('log', '--format=%s', 'main')).toBe('moved\nmoved\nBad\nfirst');
	});

	it('says in the words of the remote why it does not take a push, and another branch may still go', async () => {
		const {bad, host} = seed();
		hook(
			host.url,
			'pre-receive',
			'while read old new ref; do if [ "$ref" = refs/heads/main ]; then echo "GH006: Protected branch: open a merge request at https://ana:hunter22@example.com/new" >&2; exit 1; fi; done\necho "Create a merge request: https://example.com/new" >&2',
		);
		const commit = await (await open(host.url)).prepareRevert(revertOf(bad));
		const problem = await problemOf(commit.push('main'));
		expect(problem).toMatchObject({code: 'PushForbidden'});
		expect(problem.message).toContain('GH006: Protected branch: open a merge request at https://example.com/new');
		expect(problem.message).toContain('pre-receive hook declined');
		expect(problem.message).not.toContain('hunter22');
		const pushed = await commit.push('holdfast-revert-1');
		expect(pushed).toMatchObject({branch: 'holdfast-revert-1', commit: commit.commit});
		expect(pushed.remoteMessage).toBe('Create a merge request: https://example.com/new');
		await commit.discard();
		expect(host.git('rev-parse', 'main')).toBe(bad);
	});

	it('finds out what became of a push whose answer was lost', async () => {
		const {bad, host} = seed();
		const commit = await (await open(host.url)).prepareRevert(revertOf(bad));
		// It dies with the reference written, and with nothing written.
		hook(host.url, 'post-receive', 'kill -9 $PPID');
		expect(await commit.push('main')).toMatchObject({branch: 'main', commit: commit.commit});
		expect(host.git('rev-parse', 'main')).toBe(commit.commit);
		hook(host.url, 'pre-receive', 'kill -9 $PPID');
		expect(await problemOf(commit.push('another'))).toMatchObject({
			code: 'RemoteUnreachable',
			hint: expect.stringContaining('The commit is not there'),
		});
		await commit.discard();
	});

	it('does not touch a branch that holds something else', async () => {
		const {upstream, bad, host} = seed();
		upstream.git('checkout', '--quiet', '-b', 'taken');
		const taken = upstream.commit({'b.yaml': 'b: 3\n'}, 'Taken');
		upstream.git('push', '--quiet', 'origin', 'taken');
		const commit = await (await open(host.url)).prepareRevert(revertOf(bad));
		expect(await problemOf(commit.push('taken'))).toMatchObject({
			code: 'PushRejected',
			message: expect.stringContaining('has a branch taken already'),
		});
		await commit.discard();
		expect(host.git('rev-parse', 'taken')).toBe(taken);
	});

	it('does not move a branch forward either: what lies between was shown to nobody', async () => {
		const {upstream, bad, host} = seed();
		host.git('branch', 'production', 'main~1');
		const before = host.git('rev-parse', 'production');
		const commit = await (await open(host.url)).prepareRevert(revertOf(bad));
		expect(await problemOf(commit.push('production'))).toMatchObject({
			code: 'PushRejected',
			message: expect.stringContaining('has a branch production already'),
		});
		expect(host.git('rev-parse', 'production')).toBe(before);
		await commit.push('another');
		await commit.discard();
		expect(host.git('rev-parse', 'another~1')).toBe(bad);
		expect(tracesOf(sandbox.mirrorOf(upstream), temporaryDirectory)).toEqual([]);
	});

	it('is refused by a repository whose work tree stands on the branch', async () => {
		const {upstream, bad} = seed();
		const commit = await (await open(upstream.directory)).prepareRevert(revertOf(bad));
		const problem = await problemOf(commit.push('main'));
		expect(problem).toMatchObject({code: 'PushForbidden', message: expect.stringContaining('checked out there')});
		await commit.discard();
		expect(upstream.git('status', '--porcelain')).toBe('');
		expect(upstream.git('rev-parse', 'main')).toBe(bad);
	});

	// Root writes everywhere.
	it.skipIf(process.getuid?.() === 0)('says so when the remote is a folder that cannot be written to', async () => {
		const {bad, host} = seed();
		const commit = await (await open(host.url)).prepareRevert(revertOf(bad));
		execFileSync('chmod', ['-R', 'a-w', host.url]);
		expect(await problemOf(commit.push('main'))).toMatchObject({code: 'PushForbidden'});
		execFileSync('chmod', ['-R', 'u+w', host.url]);
		await commit.discard();
	});
});

describe('pushing over http', () => {
	let remote: HttpRemote;
	let mayWrite = true;
	beforeAll(async () => {
		remote = await startHttpRemote(sandbox.directory, path =>
			mayWrite || !path.includes('receive-pack')
				? 'serve'
				: {status: 403, body: 'Write access to repository not granted'},
		);
	});
	afterAll(() => remote.stop());

	it('tells a right to read from a right to write', async () => {
		const {bad, host} = seed();
		const url = `${remote.url}/${host.url.split('/').at(-1)}`;
		runGit(host.url, ['config', 'http.receivepack', 'true']);
		const commit = await (await open(url)).prepareRevert(revertOf(bad));
		mayWrite = false;
		const problem = await problemOf(commit.push('main'));
		expect(problem).toMatchObject({code: 'PushForbidden', hint: expect.stringContaining('may read')});
		mayWrite = true;
		await commit.push('main');
		await commit.discard();
		expect(host.git('show', 'main:a.yaml')).toBe('a: 1');
	});
});

describe('a program that does not answer', () => {
	const isRunning = (pid: number): boolean => {
		try {
			// A dead one that nobody waited for is not running.
			return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
		} catch {
			return false;
		}
	};
	const program = (name: string): {path: string; pid: () => number} => {
		const path = join(sandbox.directory, name);
		writeFileSync(path, `#!/bin/sh\necho $$ > '${path}.pid'\nexec sleep 600\n`, {mode: 0o755});
		return {path, pid: () => Number(readFileSync(`${path}.pid`, 'utf8'))};
	};

	it('for signing ends when the worker does', async () => {
		const {path, pid} = program('signs');
		writeFileSync(configuration, `[user]\nsigningKey = x\n[commit]\ngpgSign = true\n[gpg]\nprogram = ${path}\n`);
		const {bad, host} = seed();
		const repository = await open(host.url);
		const problem = problemOf(repository.prepareRevert(revertOf(bad)));
		await vi.waitUntil(() => existsSync(`${path}.pid`) && pid() > 0, {timeout: 10_000});
		writeFileSync(configuration, '');
		await repository.close();
		expect(await problem).toMatchObject({code: 'Aborted'});
		await vi.waitUntil(() => !isRunning(pid()), {timeout: 2_000});
		expect(readdirSync(temporaryDirectory)).toEqual([]);
	});

	it('for the connection ends when it is silent for too long', async () => {
		const {path, pid} = program('connects');
		const {bad, host} = seed();
		vi.stubEnv('GIT_SSH_COMMAND', path);
		const limits = {fetchMilliseconds: 1_000, listMilliseconds: 10_000};
		const repository = await sandbox.open(host.url, {temporaryDirectory, limits});
		const commit = await repository.prepareRevert(revertOf(bad));
		// Fetched from the folder, and pushed by ssh.
		writeFileSync(configuration, `[url "ssh://host/x"]\npushInsteadOf = ${host.url}\n`);
		const problem = await problemOf(commit.push('main'));
		writeFileSync(configuration, '');
		vi.unstubAllEnvs();
		expect(problem.code).toBe('RemoteUnreachable');
		expect(problem.hint).toContain('The commit is not there');
		await vi.waitUntil(() => !isRunning(pid()), {timeout: 2_000});
		await commit.discard();
	});
});

const hasKeygen = (() => {
	try {
		execFileSync('sh', ['-c', 'command -v ssh-keygen']);
		return true;
	} catch {
		return false;
	}
})();

describe.skipIf(!hasKeygen)('signing', () => {
	it("signs as the operator's git is set to, and never pushes unsigned when it cannot", async () => {
		const key = join(sandbox.directory, 'key');
		execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
		const sign = (file: string) =>
			writeFileSync(
				configuration,
				`[user]\nname = Ana\nemail = ana@example.com\nsigningKey = ${file}\n[commit]\ngpgSign = true\n[gpg]\nformat = ssh\n`,
			);
		sign(`${key}.pub`);
		const {upstream, bad, host} = seed();
		const repository = await open(host.url);
		const commit = await repository.prepareRevert(revertOf(bad));
		expect(commit.isSigned).toBe(true);
		await commit.push('main');
		await commit.discard();
		const signers = join(sandbox.directory, 'signers');
		writeFileSync(signers, `ana@example.com ${readFileSync(`${key}.pub`, 'utf8')}`);
		const check = ['-c', 'gpg.format=ssh', '-c', `gpg.ssh.allowedSignersFile=${signers}`, 'verify-commit', 'main'];
		expect(() => host.git(...check)).not.toThrow();
		sign(join(sandbox.directory, 'no-such-key.pub'));
		const problem = await problemOf(repository.prepareRevert(revertOf('main')));
		expect(problem).toMatchObject({code: 'SigningFailed', hint: expect.stringContaining('commit.gpgSign')});
		expect(tracesOf(sandbox.mirrorOf(upstream), temporaryDirectory)).toEqual([]);
		writeFileSync(configuration, '');
	});
});
