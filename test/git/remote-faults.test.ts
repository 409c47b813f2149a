import {execFileSync} from 'node:child_process';
import {chmodSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {afterEach, describe, expect, it} from 'vitest';
import type {TargetRevision} from '../../source/model/application.ts';
import {formatProblem} from '../../source/model/errors.ts';
import {type Behaviour, type HttpRemote, startHttpRemote} from './http-remote.ts';
import {createSandbox, problemOf} from './sandbox.ts';

const sandbox = createSandbox();
const head: TargetRevision = {type: 'auto', value: ''};
const formerEnvironment = {...process.env};
let remote: HttpRemote | undefined;

afterEach(async () => {
	await remote?.stop();
	remote = undefined;
	for (const name of Object.keys(process.env)) if (!(name in formerEnvironment)) delete process.env[name];
	Object.assign(process.env, formerEnvironment);
});

async function serve(
	behaviour: (path: string) => Behaviour,
): Promise<{remote: HttpRemote; commit: string; path: string}> {
	const upstream = sandbox.upstream();
	const commit = upstream.commit({'a.yaml': 'a: 1\n'});
	remote = await startHttpRemote(sandbox.directory, behaviour);
	return {remote, commit, path: `${upstream.directory.slice(sandbox.directory.length)}/.git`};
}

describe('a remote over http', () => {
	it('is read without credentials where none are asked for', async () => {
		const {remote, commit, path} = await serve(() => 'serve');
		const repository = await sandbox.open(remote.url + path);
		expect((await repository.pull(head)).commit).toBe(commit);
		expect((await repository.pull({type: 'commit', value: commit})).commit).toBe(commit);
	});

	it('is read with the credentials of its address, which no text and no folder name shows', async () => {
		const {remote, commit, path} = await serve(() => ({password: 's3cr3t/value'}));
		const url = `http://robot:s3cr3t%2Fvalue@127.0.0.1:${remote.port}${path}`;
		const repository = await sandbox.open(url);
		expect((await repository.pull(head)).commit).toBe(commit);
		expect(repository.url).toBe(remote.url + path);
	});

	it('shares one mirror between addresses that differ in credentials only', async () => {
		const {remote, commit, path} = await serve(() => 'serve');
		await (await sandbox.open(`http://robot:s3cr3t-one@127.0.0.1:${remote.port}${path}`)).pull(head);
		const other = await sandbox.open(`http://robot:s3cr3t-two@127.0.0.1:${remote.port}${path}`);
		expect(await other.resolve(head)).toMatchObject({commit});
	});

	it('uses the credential helper of the user', async () => {
		const {remote, commit, path} = await serve(() => ({password: 'from-helper'}));
		const configuration = join(sandbox.directory, 'helper-config');
		writeFileSync(
			configuration,
			'[credential]\n\thelper = "!f() { echo username=u; echo password=from-helper; }; f"\n',
		);
		process.env.GIT_CONFIG_GLOBAL = configuration;
		const repository = await sandbox.open(remote.url + path);
		expect((await repository.pull(head)).commit).toBe(commit);
	});

	it.each<[string, Behaviour, string, RegExp]>([
		['asks for a password', {password: 'other'}, 'AuthenticationFailed', /refused our credentials/],
		['forbids', {status: 403}, 'AuthenticationFailed', /refused our credentials/],
		['does not know it', {status: 404}, 'RemoteUnreachable', /was not found/],
		['is out of order', {status: 503}, 'RemoteUnreachable', /cannot be reached/],
		['talks nonsense', {status: 200, body: '<html>\n<h1>login</h1>\n</html>\n'}, 'RemoteUnreachable', /was not found/],
	])('that %s gets its own sentence, without the credentials', async (_name, behaviour, code, message) => {
		const {remote, path} = await serve(() => behaviour);
		const url = `http://robot:hunter2-token@127.0.0.1:${remote.port}${path}?private_token=glpat-verysecret`;
		const problem = await problemOf((await sandbox.open(url)).pull(head));
		expect(problem.code).toBe(code);
		expect(problem.message).toMatch(message);
		expect(formatProblem(problem)).not.toMatch(/hunter2|verysecret|robot/);
		expect(formatProblem(problem)).toContain(`127.0.0.1:${remote.port}`);
	});

	it('that never answers is given up, and everybody who waits is told', async () => {
		const {remote, path} = await serve(() => 'silent');
		const repository = await sandbox.open(remote.url + path, {limits: {listMilliseconds: 300}});
		const problems = await Promise.all([1, 2, 3].map(() => problemOf(repository.pull(head))));
		expect(problems.map(({code}) => code)).toEqual(['RemoteUnreachable', 'RemoteUnreachable', 'RemoteUnreachable']);
		expect(problems[0]?.message).toContain('did not answer in time');
		expect(remote.requests).toHaveLength(1);
	});

	it('that stops in the middle of a fetch is given up, and read when it is back', async () => {
		let isSilent = true;
		const {remote, commit, path} = await serve(url => {
			if (url.includes('info/refs') || !isSilent) return 'serve';
			return remote?.requests.filter(line => line.startsWith('POST')).length === 1 ? 'serve' : 'silent';
		});
		const repository = await sandbox.open(remote.url + path, {limits: {fetchMilliseconds: 400}});
		expect((await problemOf(repository.pull(head))).code).toBe('RemoteUnreachable');
		isSilent = false;
		expect((await repository.pull(head)).commit).toBe(commit);
	});

	it('that was lost is told apart from what is known of it, and read again when it is back', async () => {
		let isLost = false;
		const {remote, commit, path} = await serve(() => (isLost ? {status: 502} : 'serve'));
		const repository = await sandbox.open(remote.url + path);
		await repository.pull(head);
		isLost = true;
		expect((await problemOf(repository.pull(head))).code).toBe('RemoteUnreachable');
		expect(await repository.resolve(head)).toMatchObject({commit});
		expect((await repository.tree(commit)).file('a.yaml')).not.toBeNull();
		isLost = false;
		expect((await repository.pull(head)).commit).toBe(commit);
	});
});

describe('a remote that cannot be reached', () => {
	it.each<[string, string, string, RegExp]>([
		['a path that is not there', '/nowhere/at/all', 'RemoteUnreachable', /was not found/],
		['a folder that is no repository', sandbox.directory, 'RemoteUnreachable', /was not found/],
		['a file:// URL that is not there', 'file:///nowhere/at/all', 'RemoteUnreachable', /was not found/],
		['a host name that does not resolve', 'https://holdfast.invalid/x.git', 'RemoteUnreachable', /cannot be reached/],
	])('%s', async (_name, url, code, message) => {
		const problem = await problemOf((await sandbox.open(url)).pull(head));
		expect(problem).toMatchObject({code, message: expect.stringMatching(message)});
		expect(problem.hint).toBeTruthy();
	});

	it('a port where nobody listens', async () => {
		const server = createServer();
		await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
		const {port} = server.address() as {port: number};
		await new Promise(resolve => server.close(resolve));
		for (const url of [`https://127.0.0.1:${port}/x.git`, `ssh://git@127.0.0.1:${port}/x.git`]) {
			const problem = await problemOf((await sandbox.open(url)).pull(head));
			expect(problem).toMatchObject({code: 'RemoteUnreachable', message: expect.stringContaining('cannot be reached')});
		}
	});
});

describe('a remote over ssh', () => {
	it.each<[string, string, string, RegExp]>([
		['Host key verification failed.', 'AuthenticationFailed', 'host key', /fingerprint/],
		[
			'@@@@@@@@@\\n@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\\n@@@@\\nHost key verification failed.',
			'AuthenticationFailed',
			'host key of its server has changed',
			/ssh-keygen -R/,
		],
		['git@host: Permission denied (publickey).', 'AuthenticationFailed', 'refused our credentials', /ssh agent/],
		[
			'ssh: Could not resolve hostname host: Name or service not known',
			'RemoteUnreachable',
			'does not resolve',
			/network/,
		],
		[
			'ssh: connect to host host port 22: Connection timed out',
			'RemoteUnreachable',
			'cannot be reached',
			/keeps trying/,
		],
		['ERROR: Repository not found.', 'RemoteUnreachable', 'was not found', /credentials may not see/],
	])('that says %j', async (words, code, message, hint) => {
		// The user's own ssh command, which stays in force.
		const script = join(sandbox.directory, 'fake-ssh');
		writeFileSync(script, `#!/bin/sh\nprintf '${words}\\n' >&2\nexit 255\n`);
		chmodSync(script, 0o755);
		process.env.GIT_SSH_COMMAND = script;
		const problem = await problemOf((await sandbox.open('git@host:team/shop.git')).pull(head));
		expect(problem.code).toBe(code);
		expect(problem.message).toContain(message);
		expect(problem.message).toContain('git@host:team/shop.git');
		expect(problem.hint).toMatch(hint);
	});

	it('is spoken to without a way to ask anything', async () => {
		const log = join(sandbox.directory, 'ssh-log');
		const bin = join(sandbox.directory, 'bin');
		mkdirSync(bin);
		writeFileSync(
			join(bin, 'ssh'),
			`#!/bin/sh\necho "$@" "prompt=$GIT_TERMINAL_PROMPT" "ask=$SSH_ASKPASS" >> '${log}'\nexit 255\n`,
		);
		chmodSync(join(bin, 'ssh'), 0o755);
		process.env.PATH = `${bin}:${process.env.PATH}`;
		process.env.SSH_ASKPASS = '/bin/true';
		delete process.env.GIT_SSH_COMMAND;
		await problemOf((await sandbox.open('git@host:team/shop.git')).pull(head));
		expect(readFileSync(log, 'utf8')).toMatch(/BatchMode=yes .*git-upload-pack.* prompt=0 ask=$/m);
	});
});

describe('git itself', () => {
	it('that is killed without a word is no empty repository', async () => {
		const upstream = sandbox.upstream();
		upstream.commit({a: '1'});
		const killed = join(sandbox.directory, 'killed');
		const real = execFileSync('sh', ['-c', 'command -v git'], {encoding: 'utf8'}).trim();
		mkdirSync(killed);
		const lines = ['#!/bin/sh', 'case " $* " in *" ls-remote "*) kill -9 $$ ;; esac', `exec '${real}' "$@"`];
		writeFileSync(join(killed, 'git'), `${lines.join('\n')}\n`, {mode: 0o755});
		process.env.PATH = `${killed}:${process.env.PATH}`;
		const problem = await problemOf((await sandbox.open(upstream.directory)).pull(head));
		expect(problem).toMatchObject({code: 'GitFailed', message: expect.stringContaining('git failed')});
	});

	it('is asked for when it is missing', async () => {
		process.env.PATH = sandbox.directory;
		const problem = await problemOf(sandbox.open('https://host.invalid/x.git'));
		expect(problem).toMatchObject({
			code: 'GitFailed',
			message: 'git was not found',
			hint: expect.stringContaining('Install'),
		});
	});
});
