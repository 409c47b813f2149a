import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';
import {gitEnvironment, prepareGitEnvironment} from '../../source/git/environment.ts';

const directory = mkdtempSync(join(tmpdir(), 'holdfast-environment-'));
afterAll(() => rmSync(directory, {recursive: true, force: true}));

const configured = join(directory, 'gitconfig');
writeFileSync(configured, '[core]\n\tsshCommand = ssh -i /home/ana/deploy-key\n');
const base = {PATH: process.env.PATH, HOME: directory, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null'};

describe('the environment of git', () => {
	it('never asks, and gives ssh no way to ask', () => {
		const environment: NodeJS.ProcessEnv = {...base, SSH_ASKPASS: '/usr/bin/ksshaskpass'};
		prepareGitEnvironment(environment);
		expect(environment).toMatchObject({GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', GCM_INTERACTIVE: 'never'});
		expect(environment.GIT_SSH_COMMAND).toContain('BatchMode=yes');
		expect(environment.SSH_ASKPASS).toBeUndefined();
	});

	it.each<[string, NodeJS.ProcessEnv, string | undefined]>([
		['GIT_SSH_COMMAND', {GIT_SSH_COMMAND: 'ssh -p 2222'}, 'ssh -p 2222'],
		['GIT_SSH', {GIT_SSH: '/opt/plink'}, undefined],
		['core.sshCommand', {GIT_CONFIG_GLOBAL: configured}, undefined],
	])('leaves the %s of the user in force', (_name, own, command) => {
		const environment = {...base, ...own};
		prepareGitEnvironment(environment);
		expect(environment).toMatchObject(own);
		expect((environment as NodeJS.ProcessEnv).GIT_SSH_COMMAND).toBe(command);
	});

	it('changes nothing the second time', () => {
		const environment: NodeJS.ProcessEnv = {...base};
		prepareGitEnvironment(environment);
		const once = {...environment};
		prepareGitEnvironment(environment);
		expect(environment).toEqual(once);
	});

	it('passes on how the user reaches servers, and nothing that leads to another repository', () => {
		const former = {...process.env};
		Object.assign(process.env, {
			GIT_SSL_CAINFO: '/etc/ca.pem',
			GIT_ASKPASS: '/opt/token',
			HTTPS_PROXY: 'http://proxy:3128',
			GIT_DIR: '/elsewhere/.git',
			GIT_WORK_TREE: '/elsewhere',
			GIT_TEMPLATE_DIR: '/elsewhere/templates',
			GIT_TRACE_CURL: '1',
			GIT_ALLOW_PROTOCOL: 'ext',
			GIT_EXTERNAL_DIFF: '/elsewhere/evil',
		});
		try {
			const environment = gitEnvironment('/cache/mirror');
			expect(environment).toMatchObject({
				GIT_SSL_CAINFO: '/etc/ca.pem',
				GIT_ASKPASS: '/opt/token',
				HTTPS_PROXY: 'http://proxy:3128',
				GIT_DIR: '/cache/mirror',
				LC_ALL: 'C',
			});
			for (const name of [
				'GIT_WORK_TREE',
				'GIT_TEMPLATE_DIR',
				'GIT_TRACE_CURL',
				'GIT_ALLOW_PROTOCOL',
				'GIT_EXTERNAL_DIFF',
			]) {
				expect(environment).not.toHaveProperty(name);
			}
		} finally {
			for (const name of Object.keys(process.env)) if (!(name in former)) delete process.env[name];
			Object.assign(process.env, former);
		}
	});
});
