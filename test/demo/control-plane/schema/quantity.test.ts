import {describe, expect, test} from 'vitest';
import {canonicalQuantity} from '../../../../demo/control-plane/schema/index.ts';

describe('a quantity has one spelling', () => {
	test.each<[unknown, string]>([
		['1000m', '1'],
		['0.5', '500m'],
		[0.5, '500m'],
		['1500m', '1500m'],
		['2000', '2k'],
		['1024Mi', '1Gi'],
		['0.5Gi', '512Mi'],
		['1536Mi', '1536Mi'],
		['1023', '1023'],
		['100Ki', '100Ki'],
		['0.5Ki', '512'],
		['1e3', '1e3'],
		['1E3', '1e3'],
		['-2', '-2'],
		['0', '0'],
		['0.0000000001', '1n'],
		['12345678901234567890', '12345678901234567890'],
	])('%s is %s', (given, expected) => {
		expect(canonicalQuantity(given)).toBe(expected);
	});

	test.each([['one'], ['1Zi'], [''], ['1.2.3'], [true], [null]])('%s is none', given => {
		expect(canonicalQuantity(given)).toBeNull();
	});
});
