import {describe, expect, test} from 'vitest';
import {matchesGlob} from '../../../source/engine/drift/glob.ts';
import {isSelected, splitIgnored} from '../../../source/engine/drift/ignore.ts';
import type {IgnoreDifference} from '../../../source/model/application.ts';
import type {FieldChange} from '../../../source/model/drift.ts';

const ref = {group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web'};

const change = (path: string, manager = 'kubectl-edit', options: Partial<FieldChange> = {}): FieldChange => ({
	path,
	class: 'modified',
	manager,
	notBefore: 0,
	notAfter: 1,
	confidence: 'exact',
	evidence: 'managedFields',
	...options,
});

const rule = (parts: Partial<IgnoreDifference>): IgnoreDifference => ({
	jsonPointers: [],
	paths: [],
	managers: [],
	...parts,
});

const image = (name: string) => `spec.template.spec.containers[name="${name}"].image`;

function isIgnored(parts: Partial<IgnoreDifference>, field: FieldChange, object?: unknown): boolean {
	const {relevant, ignored} = splitIgnored([field], [rule(parts)], ref, object);
	expect(relevant.length + ignored.length).toBe(1);
	return ignored.length === 1;
}

describe('pointers', () => {
	test.each([
		['/spec/replicas', 'spec.replicas', true],
		['/spec', 'spec.replicas', true],
		['/spec/replicas', 'spec.replicasX', false],
		['/spec/replicas/x', 'spec.replicas', false],
		['/metadata/labels/app.kubernetes.io~1name', 'metadata.labels[app.kubernetes.io/name]', true],
		['/metadata/annotations/a~0b', 'metadata.annotations["a~b"]', true],
		['/spec/template/spec/containers/0/image', image('web'), true],
		['/spec/template/spec/containers/web/image', image('web'), false],
		['spec/replicas', 'spec.replicas', false],
		['', 'spec.replicas', false],
		['/', 'spec.replicas', false],
	])('%s and %s: %s', (pointer, path, expected) => {
		expect(isIgnored({jsonPointers: [pointer]}, change(path))).toBe(expected);
	});

	test('a position is that of the given object, when there is one', () => {
		const object = {spec: {template: {spec: {containers: [{name: 'side'}, {name: 'web'}]}}}};
		const second = {jsonPointers: ['/spec/template/spec/containers/1/image']};
		expect(isIgnored(second, change(image('web')), object)).toBe(true);
		expect(isIgnored(second, change(image('side')), object)).toBe(false);
		expect(isIgnored(second, change(image('gone')), object)).toBe(false);
	});
});

describe('paths', () => {
	test.each([
		['spec.replicas', 'spec.replicas', true],
		['spec', 'spec.replicas', true],
		['spec.template.spec.containers[*].image', image('web'), true],
		['spec.template.spec.containers[name="web"]', image('web'), true],
		['spec.template.spec.containers[name=web].image', image('web'), true],
		['spec.template.spec.containers[name="other"].image', image('web'), false],
		['spec.*', 'spec.replicas', true],
		['metadata.**', 'metadata.labels.tier', true],
		['metadata.**', 'spec.replicas', false],
		['**', 'spec.replicas', true],
		['', 'spec.replicas', false],
		['spec[', 'spec.replicas', false],
	])('%s and %s: %s', (pattern, path, expected) => {
		expect(isIgnored({paths: [pattern]}, change(path))).toBe(expected);
	});
});

describe('managers', () => {
	test.each([
		['kubectl-edit', 'kubectl-edit', true],
		['kubectl-*', 'kubectl-edit', true],
		['kubectl', 'kubectl-edit', false],
	])('%s and %s: %s', (glob, manager, expected) => {
		expect(isIgnored({managers: [glob]}, change('spec.replicas', manager))).toBe(expected);
	});

	test('nobody is no manager: what is unattributed is never ignored by manager', () => {
		const removed = change('spec.replicas', 'unknown', {class: 'removed', evidence: 'none', confidence: 'unknown'});
		expect(isIgnored({managers: ['*']}, removed)).toBe(false);
	});
});

test('the object itself is never ignored', () => {
	for (const parts of [{paths: ['**']}, {jsonPointers: ['']}, {managers: ['*']}]) {
		expect(isIgnored(parts, change('', 'kubectl-edit', {class: 'recreated'}))).toBe(false);
	}
});

test.each([
	[{}, true],
	[{group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web'}, true],
	[{group: '*', kind: 'Dep*', name: 'w?b'}, true],
	[{group: ''}, false],
	[{kind: 'deployment'}, false],
	[{namespace: 'shop-2'}, false],
	[{name: 'web2'}, false],
])('selector %o: %s', (selector, expected) => {
	expect(isSelected(selector, ref)).toBe(expected);
	expect(isIgnored({...selector, paths: ['spec.replicas']}, change('spec.replicas'))).toBe(expected);
});

test('every change lands on one side, in its order', () => {
	const fields = [change('spec.replicas'), change('spec.paused'), change('metadata.labels.a', 'argocd-controller')];
	const rules = [
		rule({paths: ['spec.replicas']}),
		rule({managers: ['argocd-*']}),
		rule({kind: 'Service', paths: ['spec.paused']}),
	];
	const {relevant, ignored} = splitIgnored(fields, rules, ref);
	expect(relevant.map(field => field.path)).toEqual(['spec.paused']);
	expect(ignored.map(field => field.path)).toEqual(['spec.replicas', 'metadata.labels.a']);
});

test.each([
	['*', '', true],
	['', '', true],
	['', 'a', false],
	['a*c', 'abbbc', true],
	['a*c', 'abbbd', false],
	['*a*b*', 'xxaxxbxx', true],
	['?', 'a', true],
	['?', '', false],
	['a.c', 'abc', false],
	['[ab]', 'a', false],
	['**', 'anything', true],
])('glob %s and %s: %s', (glob, text, expected) => {
	expect(matchesGlob(glob, text)).toBe(expected);
});

test('no glob is slow', () => {
	expect(matchesGlob(`${'*a'.repeat(50)}b`, 'a'.repeat(20_000))).toBe(false);
});
