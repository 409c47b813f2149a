import {describe, expect, test} from 'vitest';
import {printField, printValue} from '../../../source/engine/fields/print-value.ts';

describe('values', () => {
	test.each([
		[2, '2'],
		[1.5, '1.5'],
		[9007199254740993n, '9007199254740993'],
		[true, 'true'],
		[null, 'null'],
		['nginx:1.27', 'nginx:1.27'],
		['2', '"2"'],
		['-1.5e3', '"-1.5e3"'],
		['0x10', '"0x10"'],
		['true', '"true"'],
		['No', '"No"'],
		['', '""'],
		[' padded ', '" padded "'],
		['{"a":1}', '"{\\"a\\":1}"'],
		['1Gi', '1Gi'],
		['v1.2', 'v1.2'],
		['1.2.3', '1.2.3'],
		[['a', 1], '["a",1]'],
		[{b: 1, a: [null]}, '{"b":1,"a":[null]}'],
	])('%o is %s', (value, text) => {
		expect(printValue(value)).toBe(text);
	});

	test('text is one safe, bounded line', () => {
		expect(printValue('a\nb\u001b[31m\u202e')).toBe('a\\nb\\x1b[31m\\u202e');
		expect(printValue('x'.repeat(1_000_000), 20)).toHaveLength(20);
		expect(printValue({a: 'x'.repeat(1_000_000)}, 50)).toHaveLength(50);
	});

	test('what is nested beyond the stack is cut', () => {
		let value: unknown = [];
		for (let depth = 0; depth < 200_000; depth++) value = [value];
		expect(printValue(value)).toBe('[…]');
	});
});

describe('fields', () => {
	const secret = {group: '', kind: 'Secret'};
	const configMap = {group: '', kind: 'ConfigMap'};
	const copy = 'kubectl.kubernetes.io/last-applied-configuration';

	test.each([
		[secret, 'data.password', 'aHVudGVyMg==', '(redacted)'],
		[secret, 'data[tls.key]', 'x', '(redacted)'],
		[secret, 'stringData.password', 'x', '(redacted)'],
		[secret, 'data', {a: 'x'}, '(redacted)'],
		[secret, 'data.password', undefined, null],
		[secret, 'type', 'Opaque', 'Opaque'],
		[secret, 'metadata.labels.tier', 'x', 'x'],
		[{group: 'example.com', kind: 'Secret'}, 'data.a', 'x', 'x'],
		[configMap, 'data.password', 'x', 'x'],
		[configMap, `metadata.annotations[${copy}]`, '{}', '(redacted)'],
		[configMap, `spec.template.metadata.annotations[${copy}]`, '{}', '(redacted)'],
	])('%o %s', (ref, path, value, text) => {
		expect(printField(ref, path, value)).toBe(text);
	});

	test('secrets inside a larger value are masked in it', () => {
		const annotations = {[copy]: '{"password":"hunter2"}', note: 'x'};
		expect(printField(configMap, 'metadata.annotations', annotations)).toBe(`{"${copy}":"(redacted)","note":"x"}`);
		expect(printField(configMap, 'metadata', {annotations})).not.toContain('hunter2');
		expect(printField(configMap, '', {metadata: {annotations}})).not.toContain('hunter2');
		expect(printField(configMap, 'spec.template.metadata.annotations', annotations)).not.toContain('hunter2');
		expect(printField(configMap, 'spec.template.metadata', {annotations})).not.toContain('hunter2');
		expect(printField(secret, '', {data: {a: 'hunter2'}, metadata: {annotations}})).not.toContain('hunter2');
	});
});
