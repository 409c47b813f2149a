import {describe, expect, test} from 'vitest';
import {holdOn, holdOnDeletion, holdOnObject} from '../../../source/engine/hold/coverage.ts';
import type {Hold, HoldScope} from '../../../source/model/hold.ts';
import type {ObjectRef} from '../../../source/model/object.ts';

const ref: ObjectRef = {group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'checkout'};
const image = 'spec.template.spec.containers[name="web"].image';

function hold(scope: HoldScope, id = 'a'): Hold {
	return {id, scope, owner: 'ana@bastion-1', reason: '', since: 0, until: 1, includesSync: false};
}

const object = {kind: 'Deployment', name: 'checkout'};

describe('whether a drifted field is held', () => {
	test.each<[title: string, scope: HoldScope, path: string, isHeld: boolean]>([
		['the application holds every field', {type: 'application'}, image, true],
		['and the object itself', {type: 'application'}, '', true],
		['an object holds its fields', {type: 'object', ...object}, image, true],
		['and itself', {type: 'object', ...object}, '', true],
		['not those of another one', {type: 'object', ...object, name: 'cart'}, image, false],
		['nor of another namespace', {type: 'object', ...object, namespace: 'other'}, image, false],
		['nor of another group', {type: 'object', ...object, group: 'extensions'}, image, false],
		['its own namespace and group do', {type: 'object', ...object, namespace: 'shop', group: 'apps'}, image, true],
		['a field holds itself', {type: 'field', ...object, path: image}, image, true],
		['typed without quotes too', {type: 'field', ...object, path: image.replaceAll('"', '')}, image, true],
		['and what lies below it', {type: 'field', ...object, path: 'spec.template'}, image, true],
		['and what would write it along', {type: 'field', ...object, path: image}, 'spec.template', true],
		['not its neighbour', {type: 'field', ...object, path: 'spec.replicas'}, image, false],
		['not a name that only begins alike', {type: 'field', ...object, path: 'spec.rep'}, 'spec.replicas', false],
		['not the object itself', {type: 'field', ...object, path: image}, '', false],
		['what is no path holds nothing', {type: 'field', ...object, path: ']['}, image, false],
	])('%s', (_title, scope, path, isHeld) => {
		expect(holdOn([hold(scope)], ref, {path}) !== null).toBe(isHeld);
	});
});

describe('whether an object may be deleted', () => {
	const namespace = {group: '', version: 'v1', kind: 'Namespace', namespace: '', name: 'shop'};
	const definition = {
		group: 'apiextensions.k8s.io',
		version: 'v1',
		kind: 'CustomResourceDefinition',
		namespace: '',
		name: 'deployments.apps',
	};
	const settled = {type: 'object', ...object, group: 'apps', namespace: 'shop'} as const;
	test.each<[title: string, scope: HoldScope, ref: ObjectRef, isHeld: boolean]>([
		['not one that is held', settled, ref, true],
		['another one', settled, {...ref, name: 'cart'}, false],
		['with a held field', {type: 'field', ...object, path: image}, ref, false],
		['of a held application', {type: 'application'}, ref, false],
		['not the namespace of a held one', settled, namespace, true],
		['not a namespace that may be it', {type: 'object', ...object}, namespace, true],
		['another namespace', settled, {...namespace, name: 'other'}, false],
		['not the definition of a held one', settled, definition, true],
		['not a definition that may be it', {type: 'object', ...object}, definition, true],
		['another definition', settled, {...definition, name: 'deployments.example.com'}, false],
	])('%s', (_title, scope, subject, isHeld) => {
		expect(holdOnDeletion([hold(scope)], subject) !== null).toBe(isHeld);
	});
});

describe('what a sync may write of an object', () => {
	const drifted = [
		{path: 'spec.replicas', class: 'modified'},
		{path: 'spec.template.spec.containers[name="sidecar"]', class: 'foreign-addition'},
	] as const;
	const all = hold({type: 'application'}, 'all');
	const whole = hold({type: 'object', ...object}, 'whole');
	const field = hold({type: 'field', ...object, path: image}, 'field');
	const elsewhere = hold({type: 'object', kind: 'Deployment', name: 'cart'}, 'elsewhere');

	test.each([
		['everything without holds', [], drifted, {type: 'free'}],
		['everything with holds elsewhere', [elsewhere], drifted, {type: 'free'}],
		['everything in a held application while nothing drifted', [all], [], {type: 'free'}],
		['but what drifted in a held application', [all], drifted, {type: 'fields', hold: all, paths: ['spec.replicas']}],
		['nothing where the object itself drifted', [all], [{path: '', class: 'deleted'}], {type: 'whole', hold: all}],
		['nothing of a held object', [all, whole], drifted, {type: 'whole', hold: whole}],
		['but the held field', [field], drifted, {type: 'fields', hold: field, paths: [image]}],
		['neither', [all, field], drifted, {type: 'fields', hold: field, paths: [image, 'spec.replicas']}],
	] as const)('%s', (_title, holds, fields, expected) => {
		expect(holdOnObject(holds, ref, fields)).toEqual(expected);
	});
});
