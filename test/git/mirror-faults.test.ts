import {execFile} from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	truncateSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {describe, expect, it} from 'vitest';
import type {TargetRevision} from '../../source/model/application.ts';
import {createSandbox, problemOf, runGit, type Upstream} from './sandbox.ts';

const sandbox = createSandbox();
const head: TargetRevision = {type: 'auto', value: ''};

function seed(): {upstream: Upstream; commit: string} {
	const upstream = sandbox.upstream();
	const commit = upstream.commit({'a.yaml': 'a: 1\n', 'b/c.yaml': 'c: 1\n'});
	return {upstream, commit};
}

const {mirrorOf} = sandbox;

function filesBelow(directory: string): string[] {
	return readdirSync(directory, {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile())
		.map(entry => join(entry.parentPath, entry.name));
}

function damageObjects(repository: string, how: (path: string) => void): void {
	for (const file of filesBelow(join(repository, 'objects'))) {
		chmodSync(file, 0o644);
		how(file);
	}
}

function harmPack(mirror: string, extension: string, how: (path: string) => void): void {
	runGit(mirror, ['gc', '--quiet']);
	const files = filesBelow(join(mirror, 'objects/pack')).filter(name => name.endsWith(extension));
	expect(files).toHaveLength(1);
	chmodSync(files[0]!, 0o644);
	how(files[0]!);
}

describe('a damaged mirror', () => {
	const damages: [string, (mirror: string, commit: string) => void][] = [
		['whose objects were emptied', mirror => damageObjects(mirror, path => truncateSync(path))],
		['whose objects hold garbage', mirror => damageObjects(mirror, path => writeFileSync(path, 'garbage'))],
		['whose pack was cut short', mirror => harmPack(mirror, '.pack', path => truncateSync(path, 40))],
		['whose pack holds garbage', mirror => harmPack(mirror, '.pack', path => writeFileSync(path, 'x'.repeat(400)))],
		['whose pack index holds garbage', mirror => harmPack(mirror, '.idx', path => writeFileSync(path, 'garbage'))],
		['whose pack index is gone', mirror => harmPack(mirror, '.idx', path => rmSync(path))],
		['whose objects are gone', mirror => rmSync(join(mirror, 'objects'), {recursive: true})],
		['whose HEAD is gone', mirror => rmSync(join(mirror, 'HEAD'))],
		['whose HEAD holds garbage', mirror => writeFileSync(join(mirror, 'HEAD'), '\0\0\0')],
		['whose configuration is broken', mirror => writeFileSync(join(mirror, 'config'), '[core\n')],
		['that is gone as a whole', mirror => rmSync(mirror, {recursive: true})],
		[
			'that is an empty folder',
			mirror => {
				rmSync(mirror, {recursive: true});
				mkdirSync(mirror);
			},
		],
	];

	it.each(damages)('%s is made anew while it is open', async (_name, harm) => {
		const {upstream, commit} = seed();
		const repository = await sandbox.open(upstream.directory);
		await repository.pull(head);
		harm(mirrorOf(upstream), commit);
		const tree = await repository.tree(commit);
		expect((await tree.read(tree.files(''))).map(String)).toEqual(['a: 1\n', 'c: 1\n']);
		const next = upstream.commit({'a.yaml': 'a: 2\n'});
		expect(await repository.pull(head)).toMatchObject({commit: next, isForced: false});
		expect(runGit(mirrorOf(upstream), ['fsck', '--connectivity-only'])).not.toMatch(/missing|error/);
	});

	it.each(damages)('%s is made anew when it is opened', async (_name, harm) => {
		const {upstream, commit} = seed();
		const before = await sandbox.open(upstream.directory);
		await before.pull(head);
		await before.close();
		harm(mirrorOf(upstream), commit);
		const repository = await sandbox.open(upstream.directory);
		expect(await repository.pull(head)).toMatchObject({commit});
		const tree = await repository.tree(commit);
		expect((await tree.read(tree.files(''))).map(String)).toEqual(['a: 1\n', 'c: 1\n']);
	});

	it('that lost one blob is made anew in the middle of a read', async () => {
		const {upstream, commit} = seed();
		const repository = await sandbox.open(upstream.directory);
		await repository.pull(head);
		const tree = await repository.tree(commit);
		const {oid} = tree.file('b/c.yaml')!;
		rmSync(join(mirrorOf(upstream), 'objects', oid.slice(0, 2), oid.slice(2)));
		expect((await tree.read(tree.files(''))).map(String)).toEqual(['a: 1\n', 'c: 1\n']);
		expect(repository.counters.repairs).toBe(1);
		expect(existsSync(`${mirrorOf(upstream)}.damaged`)).toBe(true);
	});

	it('that is damaged again at once is reported, not made anew for ever', async () => {
		const {upstream, commit} = seed();
		const repository = await sandbox.open(upstream.directory);
		await repository.pull(head);
		const tree = await repository.tree(commit);
		const spoil = (): void => damageObjects(mirrorOf(upstream), path => truncateSync(path));
		spoil();
		await tree.read(tree.files(''));
		spoil();
		const problem = await problemOf((async () => tree.read(tree.files('')))());
		expect(problem).toMatchObject({code: 'GitFailed', message: expect.stringContaining('damaged')});
		expect(repository.counters.repairs).toBe(1);
	});

	it('whose remote is damaged is not blamed', async () => {
		const {upstream} = seed();
		damageObjects(join(upstream.directory, '.git'), path => truncateSync(path));
		const repository = await sandbox.open(upstream.directory);
		const problem = await problemOf(repository.pull(head));
		expect(problem).toMatchObject({
			code: 'RemoteUnreachable',
			message: expect.stringContaining('damaged on its server'),
		});
		expect(repository.counters.repairs).toBe(0);
	});
});

/** Process ids of every `git cat-file` that this process started. */
async function readersOfOurs(): Promise<number[]> {
	const {stdout} = await promisify(execFile)('ps', ['-eo', 'pid,ppid,args']);
	return stdout
		.split('\n')
		.map(line => line.trim().split(/\s+/))
		.filter(([, parent, ...words]) => Number(parent) === process.pid && words.includes('cat-file'))
		.map(([pid]) => Number(pid));
}

describe('what other programs leave behind', () => {
	it('a git that read for us and was killed is replaced', async () => {
		const {upstream, commit} = seed();
		const repository = await sandbox.open(upstream.directory);
		await repository.pull(head);
		const tree = await repository.tree(commit);
		await tree.read(tree.files(''));
		const pids = await readersOfOurs();
		expect(pids.length).toBeGreaterThan(0);
		for (const pid of pids) process.kill(pid, 'SIGKILL');
		expect((await tree.read(tree.files(''))).map(String)).toEqual(['a: 1\n', 'c: 1\n']);
		expect(repository.counters.repairs).toBe(0);
	});

	it('an old lock of git is removed, a young one is not', async () => {
		const {upstream} = seed();
		const repository = await sandbox.open(upstream.directory);
		await repository.pull(head);
		const [reference = ''] = runGit(mirrorOf(upstream), ['for-each-ref', '--format=%(refname)']).split('\n');
		const lock = join(mirrorOf(upstream), `${reference}.lock`);
		upstream.commit({'a.yaml': 'a: 2\n'});
		writeFileSync(lock, '');
		expect((await problemOf(repository.pull(head))).code).toBe('GitFailed');
		expect(existsSync(lock)).toBe(true);
		const longAgo = new Date(Date.now() - 120_000);
		utimesSync(lock, longAgo, longAgo);
		expect((await repository.pull(head)).hasMoved).toBe(true);
	});

	it('the variables of a hook that holdfast runs in do not lead to another repository', async () => {
		const {upstream, commit} = seed();
		const other = sandbox.upstream();
		const former = {...process.env};
		Object.assign(process.env, {
			GIT_DIR: join(other.directory, '.git'),
			GIT_WORK_TREE: other.directory,
			GIT_INDEX_FILE: join(other.directory, 'index'),
			GIT_OBJECT_DIRECTORY: join(other.directory, '.git/objects'),
			GIT_TRACE: '1',
		});
		try {
			const repository = await sandbox.open(upstream.directory);
			expect((await repository.pull(head)).commit).toBe(commit);
			const tree = await repository.tree(commit);
			expect((await tree.read(tree.files('b'))).map(String)).toEqual(['c: 1\n']);
		} finally {
			for (const name of Object.keys(process.env)) if (!(name in former)) delete process.env[name];
		}
		expect(readdirSync(join(other.directory, '.git/objects')).sort()).toEqual(['info', 'pack']);
	});

	it('a server that hands out no commit by its id still gives it through its branches', async () => {
		const upstream = sandbox.upstream();
		const commit = upstream.commit({a: '1'});
		upstream.commit({a: '2'});
		const configuration = join(sandbox.directory, 'old-protocol');
		writeFileSync(configuration, '[protocol]\n\tversion = 0\n');
		const former = process.env.GIT_CONFIG_GLOBAL;
		process.env.GIT_CONFIG_GLOBAL = configuration;
		try {
			const repository = await sandbox.open(upstream.directory);
			expect((await repository.pull({type: 'commit', value: commit})).commit).toBe(commit);
			// Asked by id, refused; then everything.
			expect(repository.counters.fetches).toBe(2);
			expect((await repository.pull({type: 'commit', value: commit})).hasMoved).toBe(false);
			expect(repository.counters.fetches).toBe(2);
		} finally {
			if (former === undefined) delete process.env.GIT_CONFIG_GLOBAL;
			else process.env.GIT_CONFIG_GLOBAL = former;
		}
	});
});

describe('several processes', () => {
	it('share one mirror while the branch moves under them, and none harms another', async () => {
		const {upstream} = seed();
		const script = `
			import {openRepository} from ${JSON.stringify(new URL('../../source/git/repository.ts', import.meta.url).href)};
			const [url, cacheDirectory] = process.argv.slice(1);
			const repository = await openRepository({url, cacheDirectory, limits: {freshMilliseconds: 0}});
			let last = '';
			for (let round = 0; round < 10; round++) {
				const {commit} = await repository.pull({type: 'branch', value: 'main'});
				const tree = await repository.tree(commit);
				last = String(await tree.read(tree.files('n')));
			}
			console.log(JSON.stringify({last, repairs: repository.counters.repairs}));
			await repository.close();`;
		const cache = join(sandbox.directory, 'shared-cache');
		upstream.commit({'n/x': '0'});
		const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
		const runs = [1, 2, 3].map(() => promisify(execFile)(process.execPath, [...flags, upstream.directory, cache]));
		let isDone = false;
		const finished = Promise.all(runs).finally(() => {
			isDone = true;
		});
		for (let round = 1; round < 1_000 && !isDone; round++) {
			upstream.commit({'n/x': String(round)});
			await new Promise(resolve => setTimeout(resolve, 20));
		}
		for (const {stdout} of await finished) {
			expect(JSON.parse(stdout)).toMatchObject({repairs: 0, last: expect.stringMatching(/^\d+$/)});
		}
		const [folder = ''] = readdirSync(cache).filter(name => statSync(join(cache, name)).isDirectory());
		expect(runGit(join(cache, folder), ['fsck', '--connectivity-only'])).not.toMatch(/missing|error/);
		expect(readdirSync(cache).filter(name => /\.(lock|takeover)$|\.new-/.test(name))).toEqual([]);
	}, 120_000);

	it('that look for the same commit at the same time fetch it once', async () => {
		const {upstream, commit} = seed();
		const repositories = await Promise.all([1, 2, 3, 4].map(() => sandbox.open(upstream.directory)));
		const results = await Promise.all(repositories.map(repository => repository.pull(head)));
		expect(results.map(result => result.commit)).toEqual([commit, commit, commit, commit]);
		expect(repositories.reduce((sum, {counters}) => sum + counters.fetches, 0)).toBe(1);
	});

	it('a lock of a process that died does not stop anybody', async () => {
		const {upstream, commit} = seed();
		const before = await sandbox.open(upstream.directory);
		await before.close();
		const dead = await promisify(execFile)(process.execPath, ['-p', 'process.pid']);
		const {hostname} = await import('node:os');
		const holder = {token: 'gone', pid: Number(dead.stdout), host: hostname()};
		writeFileSync(`${mirrorOf(upstream)}.lock`, JSON.stringify(holder));
		const repository = await sandbox.open(upstream.directory);
		expect((await repository.pull(head)).commit).toBe(commit);
	});
});

describe('closing', () => {
	it('ends what is under way, and refuses what comes after', async () => {
		const {upstream, commit} = seed();
		const repository = await sandbox.open(upstream.directory);
		await repository.pull(head);
		const tree = await repository.tree(commit);
		const pending = problemOf(repository.pull(head));
		await repository.close();
		expect((await pending).code).toBe('Aborted');
		expect((await problemOf(repository.tree(commit))).code).toBe('Aborted');
		expect((await problemOf(tree.read(tree.files('')))).code).toBe('Aborted');
	});

	it('leaves no process behind', async () => {
		const {upstream, commit} = seed();
		const repository = await sandbox.open(upstream.directory);
		await repository.pull(head);
		const tree = await repository.tree(commit);
		await tree.read(tree.files(''));
		expect((await readersOfOurs()).length).toBeGreaterThan(0);
		await repository.close();
		while ((await readersOfOurs()).length > 0) await new Promise(resolve => setTimeout(resolve, 20));
	});

	it('follows the signal it was opened with', async () => {
		const {upstream} = seed();
		const controller = new AbortController();
		const repository = await sandbox.open(upstream.directory, {signal: controller.signal});
		controller.abort();
		expect((await problemOf(repository.pull(head))).code).toBe('Aborted');
	});
});

describe('the cache', () => {
	it('is private, and says in names only what may be read', async () => {
		const cacheDirectory = join(sandbox.directory, 'private-cache');
		await sandbox.open('https://robot:hunter2-token@holdfast.invalid/team/shop.git', {cacheDirectory});
		expect(statSync(cacheDirectory).mode & 0o777).toBe(0o700);
		const [folder = ''] = readdirSync(cacheDirectory);
		expect(folder).toMatch(/^holdfast-invalid-team-shop-[0-9a-f]{16}$/);
		for (const file of filesBelow(cacheDirectory)) expect(readFileSync(file, 'utf8')).not.toContain('hunter2');
	});
});
