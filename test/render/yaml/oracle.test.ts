import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {canonicalJson, parseJson} from '../../../source/model/json.ts';
import {defaultRenderLimits} from '../../../source/render/limits.ts';
import {readYaml} from '../../../source/render/yaml/read.ts';
import {realProgram} from '../tools/programs.ts';
import {readAlike, readByKubectlOnly, readByUsOnly, refusedAlike} from './cases.ts';

const kubectl = realProgram('kubectl');

/** `kubectl label --local` needs no cluster and prints what it read as JSON. */
describe.skipIf(!kubectl)('kubectl as the oracle', () => {
	let folder = '';
	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'holdfast-oracle-'));
	});
	afterAll(() => rmSync(folder, {recursive: true, force: true}));

	const document = (line: string, name = 'a') =>
		`apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: ${name}}\n${line}\n`;

	function askKubectl(text: string | Buffer, name = 'in.yaml'): string {
		const file = join(folder, name);
		writeFileSync(file, text);
		return execFileSync(kubectl!, ['label', '--local', '-f', file, 'asked=yes', '-o', 'json'], {
			stdio: ['ignore', 'pipe', 'pipe'],
			maxBuffer: 64 * 1024 * 1024,
		}).toString('utf8');
	}

	/** kubectl prints one JSON object after the other. */
	function objectsOf(output: string): unknown[] {
		return output
			.trim()
			.split(/\n(?=\{)/)
			.map(text => {
				const object = parseJson(text) as {metadata: {labels?: Record<string, string>}};
				delete object.metadata.labels;
				return object;
			});
	}

	const refusesAs = (text: string) => {
		try {
			askKubectl(text);
			return 'read';
		} catch (error) {
			return String((error as {stderr?: Buffer}).stderr).includes('parsing') ? 'refused' : String(error);
		}
	};

	test('reads every case to the same JSON', () => {
		// A line of three dots ends kubectl's reading of a document, not of the file; each case is its own document.
		const text = readAlike.map((line, index) => document(line, `case-${index}`)).join('---\n');
		const theirs = objectsOf(askKubectl(text));
		const ours = readYaml(text, defaultRenderLimits);
		expect(ours.problems).toEqual([]);
		expect(ours.documents).toHaveLength(readAlike.length);
		expect(theirs).toHaveLength(readAlike.length);
		for (const [index, line] of readAlike.entries()) {
			const pair = `${JSON.stringify(line)}: `;
			expect(pair + canonicalJson(ours.documents[index]?.value)).toBe(pair + canonicalJson(theirs[index]));
		}
	});

	// A process per case: a sample is asked again, all of them are checked on our side.
	const sample = refusedAlike.filter((_line, index) => index % 4 === 0);
	test.each(sample.map(line => [line]))('kubectl refuses %j', line => {
		expect(refusesAs(document(line))).toBe('refused');
	});

	test.each(refusedAlike.map(line => [line]))('we refuse %j, with a line', line => {
		const {documents, problems} = readYaml(document(line), defaultRenderLimits);
		expect(documents).toEqual([]);
		expect(problems.length).toBeGreaterThan(0);
		expect(problems[0]?.message).not.toBe('');
		expect(problems[0]?.line).toBeGreaterThan(2);
	});

	test.each(readByUsOnly.map(line => [line]))('only we read %j', line => {
		expect(refusesAs(document(line))).toBe('refused');
		expect(readYaml(document(line), defaultRenderLimits).problems).toEqual([]);
	});

	test.each(readByKubectlOnly.map(line => [line]))('only kubectl reads %j', line => {
		expect(refusesAs(document(line))).toBe('read');
		expect(readYaml(document(line), defaultRenderLimits).problems).toHaveLength(1);
	});

	const object = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}';
	const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';
	const streams: [string, string | Buffer][] = [
		['a comment after the separator', `${yaml}--- # next\n${yaml}`],
		['empty documents', `---\n---\n# nothing\n---\n${yaml}---\n---\n`],
		['line ends of Windows', `${yaml}---\n${yaml}`.replaceAll('\n', '\r\n')],
		['a byte order mark', `\ufeff${yaml}`],
		['a byte order mark in the middle', `${yaml}---\n\ufeff${yaml}`],
		['JSON with tabs', object.replaceAll(',', ',\n\t')],
		['JSON objects in a row', `${object}${object}\n${object}`],
		['JSON escapes', object.replace('"a"', '"a\\u0062\\/c"').replace('ConfigMap', 'Config\\u004dap')],
		['JSON with a line separator in a string', object.replace('}}', ',"x":"a\u2028b"}}')],
	];
	test.each(streams)('reads %s alike', (_title, text) => {
		const theirs = objectsOf(askKubectl(text));
		const ours = readYaml(text.toString(), defaultRenderLimits);
		expect(ours.problems).toEqual([]);
		expect(ours.documents.map(({value}) => canonicalJson(value))).toEqual(theirs.map(canonicalJson));
	});

	test.each([
		['content after the separator', `${yaml}--- {a: b}\n`],
		['text glued to the separator', `${yaml}---x\n`],
		['a certificate at the margin', `${yaml}-----BEGIN CERTIFICATE-----\n`],
		['a directive', `%YAML 1.1\n---\n${yaml}`],
		['an anchor of another document', `${yaml}a: &x 1\n---\n${yaml}b: *x\n`],
	])('refuses %s alike', (_title, text) => {
		expect(refusesAs(text)).toBe('refused');
		expect(readYaml(text, defaultRenderLimits).problems.length).toBeGreaterThan(0);
	});
});
