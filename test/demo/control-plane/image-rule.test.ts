import {expect, test} from 'vitest';
import {isImageKnown, pullPauseSeconds} from '../../../demo/control-plane/controllers/image-rule.ts';

test.each([
	['shop/checkout:2.3.0', true],
	['shop/checkout:2.3.O', false],
	['shop/checkout:v2.o', false],
	['shop/checkout:2.O.1', false],
	['shop/checkout:1O', false],
	['shop/checkout:20.3', true],
	['shop/checkout', true],
	['shop/checkout:oldest', true],
	['registry.local:5000/shop/checkout', true],
	['registry.local:5000/shop/checkout:2.3.O', false],
	['shop/checkout:2.3.0@sha256:00', true],
])('%s is known: %s', (image, isKnown) => expect(isImageKnown(image)).toBe(isKnown));

test('an annotation makes any image unknown', () => {
	expect(isImageKnown('shop/checkout:2.3.0', {'fakelet/image-missing': 'true'})).toBe(false);
});

test('pauses between pulls double up to five minutes', () => {
	expect([1, 2, 3, 5, 6, 40].map(pullPauseSeconds)).toEqual([10, 20, 40, 160, 300, 300]);
});
