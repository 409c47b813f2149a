import {describe, expect, test} from 'vitest';
import {shortenChange} from '../../source/model/change-text.ts';
import type {FieldChange} from '../../source/model/drift.ts';
import {makeField} from '../commands/fixtures.ts';

const image: Partial<FieldChange> = {
	path: 'spec.template.spec.containers[name=web].image',
	was: 'registry.example.com/shop/storefront:4.1.3',
	now: 'registry.example.com/shop/storefront:4.2.0-rc1',
};

const shorten = (change: Partial<FieldChange>, room: number): string =>
	shortenChange(makeField({...image, ...change}), ' → ', {fits: text => text.length <= room, ellipsis: '…'});

describe('a change, in as much room as there is', () => {
	test.each<[Partial<FieldChange>, number, string]>([
		[{path: 'spec.replicas', was: '3', now: '10'}, 40, 'spec.replicas 3 → 10'],
		[{path: 'spec.replicas', was: '3', now: '10'}, 16, 'replicas 3 → 10'],
		[{}, 105, 'image registry.example.com/shop/storefront:4.1.3 → registry.example.com/shop/storefront:4.2.0-rc1'],
		[{}, 60, 'image …:4.1.3 → …:4.2.0-rc1'],
		[{path: 'spec.containers[name=web]', was: 'x', now: 'y'}, 20, 'containers[name=web] x → y'],
		[{path: 'data.a', was: 'one', now: 'two'}, 3, 'a one → two'],
		[{path: 'data.url', was: 'https://a.example.com/x', now: 'https://a.example.com/y'}, 20, 'url …/x → …/y'],
		[{path: 'data.list', was: 'a,b,c', now: 'a,b,d'}, 10, 'list …,c → …,d'],
		[{path: 'data.x', was: 'value', now: null}, 8, 'x value → (none)'],
		[{path: '', class: 'deleted'}, 3, 'deleted'],
		[
			{path: 'metadata.annotations.token', was: null, now: `a${'x'.repeat(98)}z`},
			40,
			'token (none) → axxxxxxxxxxx…xxxxxxxxxxz',
		],
		[{path: 'metadata.annotations.token', was: null, now: `a${'x'.repeat(98)}z`}, 3, 'token (none) → axxxx…xxxz'],
		// One begins with all of the other.
		[{path: 'data.x', was: 'one/two', now: 'one/two/three'}, 24, 'x …/two → …/two/three'],
	])('%o in %i', (change, room, expected) => {
		expect(shorten(change, room)).toBe(expected);
	});

	test('values of others stay visible and harmless', () => {
		expect(shorten({was: 'a/\u001b[2J', now: 'a/\u001b[3J'}, 20)).not.toContain('\u001b');
	});
});
