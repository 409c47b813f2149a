import {spawnSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {bashScript, fishScript, zshScript} from '../../source/commands/print/completion-scripts.ts';
import {commandTable} from '../../source/commands/table.ts';

const hasShell = (shell: string) => spawnSync(shell, ['-c', ':']).status === 0;

/** What bash offers for a line whose last word is being typed. */
function offers(line: string): string[] {
	const words = line.split(' ');
	const script = `${bashScript(commandTable)}
COMP_WORDS=(${words.map(word => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
_holdfast; printf '%s\\n' "\${COMPREPLY[@]}"`;
	const {stdout, stderr, status} = spawnSync('bash', ['--norc', '-c', script], {encoding: 'utf8'});
	expect({stderr, status}).toEqual({stderr: '', status: 0});
	return stdout.split('\n').filter(Boolean);
}

describe.runIf(hasShell('bash'))('bash', () => {
	const cases: [string, readonly string[]][] = [
		['holdfast st', ['status']],
		['holdfast s', ['status', 'sync', 'schema']],
		['holdfast --conte', ['--context']],
		['holdfast --context status st', ['status']],
		['holdfast ho', ['holds', 'hold']],
		['holdfast re', ['refresh', 'resume', 'revert']],
		['holdfast hold --break', ['--break-glass']],
		['holdfast sync --over', ['--override-hold']],
		['holdfast revert --main', ['--mainline']],
		['holdfast log -o ', ['table', 'wide', 'json']],
		['holdfast events --type re', ['revision', 'revert']],
		['holdfast sync --dr', ['--dry-run']],
		['holdfast status --dr', []],
		['holdfast worker s', ['stop']],
		['holdfast help do', ['doctor']],
		['holdfast completion ', ['bash', 'zsh', 'fish']],
		['holdfast status -o ', ['table', 'wide', 'json', 'yaml', 'name']],
		['holdfast status checkout --output j', ['json']],
		['holdfast events --type dr', ['drift']],
		['holdfast worker --mode o', ['observe']],
	];
	test.each(cases)('%s', (line, words) => {
		const found = offers(line);
		expect(found.filter(word => !word.startsWith('-') || words.includes(word))).toEqual(words);
	});
});

test('every verb and every flag is in each script, and each quotes what it has to', () => {
	for (const script of [bashScript, zshScript, fishScript]) {
		const text = script(commandTable);
		for (const {name} of commandTable) expect(text).toContain(name);
		for (const flag of ['kubeconfig', 'confirm-deletions', 'log-level']) expect(text).toContain(flag);
	}
	expect(zshScript(commandTable)).toContain("the application'\\''s policy");
	expect(fishScript(commandTable)).toContain("the application\\'s policy");
});

test.runIf(hasShell('zsh'))('zsh can read its script', () => {
	const {status, stderr} = spawnSync('zsh', ['-n'], {input: zshScript(commandTable), encoding: 'utf8'});
	expect({status, stderr}).toEqual({status: 0, stderr: ''});
});

test.runIf(hasShell('fish'))('fish can read its script', () => {
	const {status, stderr} = spawnSync('fish', ['--no-execute'], {input: fishScript(commandTable), encoding: 'utf8'});
	expect({status, stderr}).toEqual({status: 0, stderr: ''});
});
