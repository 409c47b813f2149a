import {describe, expect, test} from 'vitest';
import {isUnrepresentable, keyText, resolvePlain, resolveTagged} from '../../../source/render/yaml/scalar.ts';

describe('plain scalars', () => {
	test.each<[string, unknown]>([
		['', null],
		['~', null],
		['Null', null],
		['nULL', 'nULL'],
		['yes', true],
		['On', true],
		['y', true],
		['tRUE', 'tRUE'],
		['off', false],
		['N', false],
		['0777', 511],
		['-010', -8],
		['0o17', 15],
		['0b101', 5],
		['-0x1F', -31],
		['1_000', 1000],
		['08', 8],
		['1e3', 1000],
		['1.', 1],
		['.5', 0.5],
		['-0.0', 0],
		['1e400', '1e400'],
		['e1234567', 'e1234567'],
		['1:30', '1:30'],
		['2024-01-01', '2024-01-01'],
		['100m', '100m'],
		['1.2.3', '1.2.3'],
		['9007199254740991', 9007199254740991],
		['9007199254740993', 9007199254740993n],
		['-9223372036854775808', -(2n ** 63n)],
		['9223372036854775808', 2 ** 63],
		['0x7FFFFFFFFFFFFFFF', 2n ** 63n - 1n],
		['18446744073709551615', 2 ** 64],
	])('%s', (source, value) => {
		expect(resolvePlain(source)).toStrictEqual(value);
	});

	test('infinity and not-a-number have no place in JSON', () => {
		expect(['.inf', '-.INF', '+.Inf', '.nan', '.NaN'].every(isUnrepresentable)).toBe(true);
		expect(['inf', 'nan', '.info', '-.nan', ''].some(isUnrepresentable)).toBe(false);
	});
});

describe('tagged scalars', () => {
	test.each<[string, string, unknown]>([
		['!!int', '7', 7],
		['!!int', '0777', 511],
		['!!int', '3.0', undefined],
		['!!int', '', undefined],
		['!!float', '3', 3],
		['!!float', 'yes', undefined],
		['!!bool', 'yes', true],
		['!!bool', 'x', undefined],
		['!!null', '', null],
		['!!null', 'x', undefined],
		['!!str', '3', '3'],
		['!!binary', 'aGVs\n bG8=', 'hello'],
		['!!binary', '***', undefined],
		['!custom', '3', '3'],
	])('%s %j is %j', (tag, source, value) => {
		expect(resolveTagged(tag, source)).toStrictEqual(value);
	});
});

describe('keys', () => {
	test.each<[string, string | undefined]>([
		['on', 'true'],
		['1', '1'],
		['0x1F', '31'],
		['1.20', '1.2'],
		['1e3', '1000'],
		['1234567.0', '1.234567e+06'],
		['100000000.0', '1e+08'],
		['100000000', '100000000'],
		['0.00001', '1e-05'],
		['3.14159265358979', '3.1415927'],
		['9007199254740993', '9007199254740993'],
		['18446744073709551616', undefined],
		['~', undefined],
		['name', 'name'],
	])('%s becomes %j', (source, text) => {
		expect(keyText(resolvePlain(source), source)).toBe(text);
	});
});
