import {writeFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {showChanges} from '../../source/worker/change/shown-changes.ts';
import {createSandbox} from '../git/sandbox.ts';

const sandbox = createSandbox();

async function shown(before: Record<string, string>, after: Record<string, string>) {
	const upstream = sandbox.upstream();
	const first = upstream.commit(before, 'first');
	const second = upstream.commit(after, 'second');
	const repository = await sandbox.open(upstream.directory);
	await repository.pull({type: 'branch', value: 'main'});
	return showChanges(await repository.show(second), {
		before: await repository.tree(first),
		after: await repository.tree(second),
	});
}

const plain = 'kind: ConfigMap\ndata: {a: shown}\n';

describe('the changes of a commit, for showing', () => {
	const hidden: [string, Record<string, string>, Record<string, string>][] = [
		['a Secret', {'s.yaml': plain}, {'s.yaml': 'apiVersion: v1\nkind: Secret\nstringData: {p: hunter22}\n'}],
		['a Secret that is one no more', {'s.yaml': 'kind: Secret\nstringData: {p: hunter22}\n'}, {'s.yaml': plain}],
		['a Secret among others', {'s.yaml': plain}, {'s.yaml': `${plain}---\nkind: "Secret"\ndata: {p: hunter22}\n`}],
		['a Secret in JSON', {'s.json': '{}'}, {'s.json': '{"kind": "Secret", "data": {"p": "hunter22"}}\n'}],
		['a Secret behind an anchor', {'s.yaml': plain}, {'s.yaml': 'kind: &k Secret\ndata: {p: hunter22}\n'}],
		['a Secret in flow style', {'s.yaml': plain}, {'s.yaml': '{kind: Secret, data: {p: hunter22}}\n'}],
		[
			'literals of a generator',
			{'kustomization.yaml': 'resources: []\n'},
			{'kustomization.yaml': 'secretGenerator:\n- name: x\n  literals: [p=hunter22]\n'},
		],
		[
			'a file that a generator reads',
			{'app/kustomization.yaml': 'secretGenerator:\n- name: x\n  envs: [env/p.env]\n', 'app/env/p.env': 'p=1\n'},
			{'app/env/p.env': 'p=hunter22\n'},
		],
		[
			'a patch of a Secret that does not say so itself',
			{
				'app/kustomization.yaml': 'patches:\n- target: {kind: Secret, name: db}\n  path: patch.json\n',
				'app/patch.json': '[]\n',
			},
			{'app/patch.json': '[{"op": "replace", "path": "/data/p", "value": "hunter22"}]\n'},
		],
		[
			'a patch that may meet a Secret',
			{'kustomization.yaml': 'patches:\n- target: {name: db}\n  path: p.yaml\n', 'p.yaml': '[]\n'},
			{'p.yaml': '- {op: replace, path: /data/p, value: hunter22}\n'},
		],
		[
			'a patch of the field that only Secrets have',
			{'p.yaml': 'a: 1\n'},
			{'p.yaml': '- op: add\n  path: /stringData/p\n  value: hunter22\n'},
		],
		['a Secret behind a comment', {'s.yaml': plain}, {'s.yaml': 'kind: # of ours\n  Secret\ndata: {p: hunter22}\n'}],
		['a generator of its own', {'g.yaml': plain}, {'g.yaml': 'kind: SecretGenerator\nliterals: [p=hunter22]\n'}],
	];
	it.each(hidden)('leaves out %s', async (_name, before, after) => {
		const {diff} = await shown(before, after);
		expect(diff).toContain('This file holds a Secret and is not shown.');
		expect(diff).not.toContain('hunter22');
	});

	it('leaves out a Secret whatever the files before it hold', async () => {
		const before = {'a.yaml': 'a: 1\n', 's.yaml': 'kind: Secret\nstringData: {p: one}\n', 'z.yaml': 'z: 1\n'};
		const after = {
			'a.yaml': 'a: "\u2028diff --git a/a b/a"\n',
			's.yaml': 'kind: Secret\nstringData: {p: hunter22}\n',
			'z.yaml': 'z: 2\n',
		};
		const {diff} = await shown(before, after);
		expect(diff).not.toContain('hunter22');
		expect(diff).toContain('+z: 2');
	});

	it.each([
		['a SecretStore', 'kind: SecretStore\nspec: {a: shown}\n'],
		['a SealedSecret', 'kind: SealedSecret\nspec: {a: shown}\n'],
		['a reference', 'kind: Deployment\nspec: {secretName: shown}\n'],
	])('shows %s', async (_name, content) => {
		expect((await shown({'a.yaml': 'x\n'}, {'a.yaml': content})).diff).toContain('shown');
	});

	const chart = {
		'c/Chart.yaml': 'name: c\n',
		'c/templates/_helpers.tpl':
			'{{- define "c.labels" }}v: {{ .Values.tag }}{{ end }}\n{{- define "c.dsn" }}{{ .Values.dsn }}{{ end }}\n',
		'c/templates/secret.yaml':
			'{{- with .Values.more }}\napiVersion: v1\nkind: Secret\nmetadata:\n  labels: {{ include "c.labels" $ }}\nstringData:\n  p: {{ $.Values.db.password | quote }}\n  t: {{ index $.Values "auth" "to-ken" }}\n  d: {{ include "c.dsn" $ }}\n  m: {{ .key }}\n{{- end }}\n',
	};
	const values = (text: string) => `tag: one\n# 1\n# 2\n# 3\n# 4\n${text}`;
	it.each([
		['by its name', 'db: {password: hunter22}\n'],
		['by an index', 'auth:\n  to-ken: hunter22\n'],
		['by a helper', 'dsn: hunter22\n'],
		['by what is around it', 'more:\n  key: |\n    begin\n    hunter22\n'],
		['as the value of a chart within', 'c:\n  db:\n    password: hunter22\n'],
	])('leaves out a value that a chart puts into a Secret %s', async (_name, text) => {
		const {diff} = await shown({...chart, 'env/values.yaml': values('')}, {'env/values.yaml': values(text)});
		expect(diff).toContain('This file holds a Secret and is not shown.');
		expect(diff).not.toContain('hunter22');
	});

	it('shows the other values of such a chart', async () => {
		const before = values('db: {password: hunter22}\n');
		const after = before.replace('tag: one', 'tag: two');
		const {diff} = await shown({...chart, 'c/values.yaml': before}, {'c/values.yaml': after});
		expect(diff).toContain('+tag: two');
		expect(diff).not.toContain('hunter22');
	});

	it('shows what stands beside a generator', async () => {
		const kustomization = 'resources: [web.yaml]\nsecretGenerator:\n- name: x\n  envs: [p.env]\n';
		const patches = 'patches:\n- target: {kind: Deployment}\n  path: patch.yaml\n';
		const before = {'kustomization.yaml': kustomization + patches, 'web.yaml': 'a: 1\n', 'patch.yaml': 'a: 1\n'};
		const {diff} = await shown(before, {'web.yaml': 'a: shown\n', 'patch.yaml': 'a: also\n'});
		expect(diff).toContain('+a: shown');
		expect(diff).toContain('+a: also');
	});

	it('leaves out files whose names are no UTF-8: each could be the other', async () => {
		const upstream = sandbox.upstream();
		const write = (byte: number, text: string) =>
			writeFileSync(Buffer.concat([Buffer.from(`${upstream.directory}/s`), Buffer.from([byte])]), text);
		const commit = (secret: string, other: string) => {
			write(0xfe, `kind: Secret\nstringData: {p: ${secret}}\n`);
			write(0xff, `kind: ConfigMap\ndata: {a: ${other}}\n`);
			return upstream.commit({});
		};
		const first = commit('one', 'one');
		const second = commit('hunter22', 'two');
		const repository = await sandbox.open(upstream.directory);
		await repository.pull({type: 'branch', value: 'main'});
		const trees = {before: await repository.tree(first), after: await repository.tree(second)};
		const {diff} = await showChanges(await repository.show(second), trees);
		expect(diff).not.toContain('hunter22');
		expect(diff).toContain('cannot be found by its name');
	});

	it('says of a file that is too large to be looked into that it is', async () => {
		const {diff} = await shown({'a.txt': 'a\n'}, {'a.txt': `${'x'.repeat(100)}\n`.repeat(15_000)});
		expect(diff).toContain('This file is too large to be sure that it holds no Secret and is not shown.');
	});

	it('makes text safe, and cuts long files at the end of a line', async () => {
		const {diff, files, isTruncated} = await shown(
			{'a.txt': 'a\n', 'b.txt': 'b\n'},
			{'a.txt': 'line\n'.repeat(50_000), 'b.txt': 'red \u001b[31m\u202e\n', 'c\u001b.txt': 'c\n'},
		);
		expect(isTruncated).toBe(true);
		expect(diff).toContain('+line\n… the rest of this file is not shown\ndiff --git a/b.txt');
		expect(diff).toContain('+red \\x1b[31m\\u202e');
		expect(files.at(-1)?.path).toBe('c\\x1b.txt');
	});
});
