import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {resolvePlainScalar} from '../../../source/config/yaml/scalar.ts';
import {parseJson} from '../../../source/model/json.ts';

const cases: [string, unknown][] = [
	['yes', true],
	['on', true],
	['Y', true],
	['off', false],
	['NO', false],
	['true', true],
	['FALSE', false],
	['tRue', 'tRue'],
	['', null],
	['~', null],
	['Null', null],
	['0', 0],
	['-0', 0],
	['12', 12],
	['0777', 511],
	['0o17', 15],
	['0x1F', 31],
	['0b101', 5],
	['-010', -8],
	['08', 8],
	['1_000', 1000],
	['1e3', 1000],
	['.5', 0.5],
	['1.10', 1.1],
	['9007199254740993', 9007199254740993n],
	['-9223372036854775808', -9223372036854775808n],
	['12:30', '12:30'],
	['190:20:30', '190:20:30'],
	['2024-01-01', '2024-01-01'],
	['e1234567', 'e1234567'],
	['1.2.3', '1.2.3'],
	['+1', 1],
	['.', '.'],
];

test.each(cases)('%s is read as Kubernetes reads it', (source, expected) => {
	expect(resolvePlainScalar(source, 'kubernetes')).toEqual(expected);
});

test.each(['yes', 'No', 'on', 'OFF', 'y', 'n'])('strictly, %s stays text', source => {
	expect(resolvePlainScalar(source, 'strict')).toBe(source);
});

test('a very long digit run is not worth a number', () => {
	const digits = '1'.repeat(100_000);
	expect(resolvePlainScalar(digits, 'kubernetes')).toBe(digits);
});

const kubectl = path.join(process.env.KUBEBUILDER_ASSETS ?? '', 'kubectl');
const hasKubectl = Boolean(process.env.KUBEBUILDER_ASSETS) && existsSync(kubectl);
if (!hasKubectl) process.stderr.write('!!! no kubectl in KUBEBUILDER_ASSETS: the comparison with it is SKIPPED\n');

describe.skipIf(!hasKubectl)('against kubectl', () => {
	test('every case gives the same value', () => {
		const folder = mkdtempSync(path.join(tmpdir(), 'holdfast-scalars-'));
		try {
			const lines = cases.map(([source], index) => `  k${index}: ${source}`);
			const file = path.join(folder, 'object.yaml');
			writeFileSync(file, `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nspec:\n${lines.join('\n')}\n`);
			const output = execFileSync(kubectl, ['label', '--local', '-f', file, 'a=b', '-o', 'json'], {encoding: 'utf8'});
			const {spec} = parseJson(output) as {spec: Record<string, unknown>};
			for (const [index, [source]] of cases.entries()) {
				const ours = resolvePlainScalar(source, 'kubernetes');
				expect([source, ours]).toEqual([source, spec[`k${index}`]]);
			}
		} finally {
			rmSync(folder, {recursive: true, force: true});
		}
	});
});
