import {describe, expect, it} from 'vitest';
import {mergeFields} from '../../../source/engine/ownership/merge-fields.ts';
import {planTakeOver} from '../../../source/engine/ownership/take-over.ts';
import type {FieldsV1, ManagedFieldsEntry, ObjectMetadata} from '../../../source/model/object.ts';

const manager = 'holdfast-1a2b3c';
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

function entry(
	name: string,
	operation: 'Apply' | 'Update',
	fieldsV1: FieldsV1,
	changes: ManagedFieldsEntry = {},
): ManagedFieldsEntry {
	return {
		manager: name,
		operation,
		apiVersion: 'v1',
		time: '2026-01-01T00:00:00Z',
		fieldsType: 'FieldsV1',
		fieldsV1,
		...changes,
	};
}

function metadata(managedFields: ManagedFieldsEntry[], changes: Partial<ObjectMetadata> = {}): ObjectMetadata {
	return {name: 'settings', namespace: 'prod', resourceVersion: '42', managedFields, ...changes};
}

const a: FieldsV1 = {'f:data': {'.': {}, 'f:a': {}}};
const b: FieldsV1 = {'f:data': {'f:b': {}}};
const withCopy: FieldsV1 = {'f:metadata': {'f:annotations': {[`f:${lastApplied}`]: {}}}};

/** managedFields after the patch. */
function patched(subject: ObjectMetadata): ManagedFieldsEntry[] {
	return planTakeOver(subject, manager)?.operations[0]?.value as ManagedFieldsEntry[];
}

describe('planTakeOver', () => {
	const taken: [string, ManagedFieldsEntry, string][] = [
		['client-side apply', entry('kubectl-client-side-apply', 'Update', a), 'kubectl-client-side-apply'],
		['client-side apply under another name', entry('jenkins', 'Update', mergeFields(a, withCopy)), 'jenkins'],
		['create', entry('kubectl-create', 'Update', a), 'kubectl-create'],
		['replace', entry('kubectl-replace', 'Update', a), 'kubectl-replace'],
		['server-side apply', entry('kubectl', 'Apply', a), 'kubectl'],
		['the copy that server-side apply keeps', entry('kubectl-last-applied', 'Apply', withCopy), 'kubectl-last-applied'],
		['our own updates', entry(manager, 'Update', a), manager],
	];
	it.each(taken)('takes over from kubectl: %s', (_title, old, name) => {
		const plan = planTakeOver(metadata([old]), manager);
		expect(plan?.from).toEqual([name]);
		expect(plan?.operations).toEqual([
			{op: 'replace', path: '/metadata/managedFields', value: [{...old, manager, operation: 'Apply'}]},
			// A stale value is answered with 409; a `test` that fails would be a 422.
			{op: 'replace', path: '/metadata/resourceVersion', value: '42'},
		]);
	});

	const left: [string, ManagedFieldsEntry][] = [
		['edit', entry('kubectl-edit', 'Update', a)],
		['set', entry('kubectl-set', 'Update', a)],
		['patch', entry('kubectl-patch', 'Update', a)],
		['scale', entry('kubectl', 'Update', {'f:spec': {'f:replicas': {}}}, {subresource: 'scale'})],
		['a controller', entry('kube-controller-manager', 'Update', {'f:status': {}}, {subresource: 'status'})],
		['another GitOps tool', entry('argocd-controller', 'Apply', a)],
		['Helm', entry('helm', 'Update', a)],
		['our own entry', entry(manager, 'Apply', a)],
		['an entry without fields', {manager: 'kubectl-create', operation: 'Update'}],
		['what was there before tracking, without a record of what was declared', entry('before-first-apply', 'Update', a)],
	];
	it.each(left)('leaves alone: %s', (_title, other) => {
		expect(planTakeOver(metadata([other]), manager)).toBeNull();
		const mixed = patched(metadata([other, entry('kubectl-create', 'Update', b)]));
		expect(mixed.some(({manager: name}) => name === other.manager)).toBe(true);
	});

	it('joins everything into one entry of ours and keeps the others in order', () => {
		const status = entry('kube-controller-manager', 'Update', {'f:status': {}}, {subresource: 'status'});
		const edit = entry('kubectl-edit', 'Update', {'f:data': {'f:c': {}}});
		const own = entry(manager, 'Apply', b, {time: '2026-02-02T00:00:00Z'});
		const subject = metadata([
			entry('kubectl-client-side-apply', 'Update', mergeFields(a, withCopy)),
			edit,
			own,
			status,
		]);
		expect(patched(subject)).toEqual([{...own, fieldsV1: mergeFields(mergeFields(b, a), withCopy)}, edit, status]);
	});

	it('does not mix versions of the API', () => {
		const own = entry(manager, 'Apply', b, {apiVersion: 'example.com/v2'});
		expect(planTakeOver(metadata([own, entry('kubectl-create', 'Update', a)]), manager)).toBeNull();
		const old = entry('kubectl-client-side-apply', 'Update', a, {apiVersion: 'example.com/v1'});
		expect(patched(metadata([old]))[0]).toMatchObject({manager, apiVersion: 'example.com/v1'});
	});

	it('needs a resourceVersion, and something to take', () => {
		expect(planTakeOver({name: 'x', managedFields: [entry('kubectl-create', 'Update', a)]}, manager)).toBeNull();
		expect(planTakeOver({name: 'x', resourceVersion: '1'}, manager)).toBeNull();
		expect(planTakeOver(metadata([{}]), manager)).toBeNull();
	});
});

describe('before-first-apply', () => {
	// Recorded: a Service whose managedFields were wiped, after its first apply.
	const everything: FieldsV1 = {
		'f:metadata': {
			'f:annotations': {'.': {}, [`f:${lastApplied}`]: {}, 'f:added-by-a-controller': {}},
			'f:finalizers': {'.': {}, 'v:"x.example/f"': {}},
			'f:labels': {'.': {}, 'f:gone': {}},
		},
		'f:spec': {
			'f:clusterIP': {},
			'f:ports': {
				'.': {},
				'k:{"port":80,"protocol":"TCP"}': {'.': {}, 'f:name': {}, 'f:nodePort': {}, 'f:port': {}},
				'k:{"port":81,"protocol":"TCP"}': {'.': {}, 'f:name': {}, 'f:nodePort': {}, 'f:port': {}},
				'k:{"port":99,"protocol":"TCP"}': {'.': {}, 'f:port': {}},
			},
			'f:selector': {},
		},
	};
	const copy = (value: unknown) => ({
		annotations: {[lastApplied]: typeof value === 'string' ? value : JSON.stringify(value)},
	});
	const subject = (value: unknown) => metadata([entry('before-first-apply', 'Update', everything)], copy(value));

	it('gives only what somebody declared: no finalizer, nothing that was allocated', () => {
		const declared = {
			metadata: {labels: {gone: 'x'}, name: 'web'},
			spec: {
				selector: {a: 'b'},
				ports: [
					{name: 'p', port: 80},
					{name: 'q', port: 81, protocol: 'TCP'},
				],
			},
		};
		expect(patched(subject(declared))[0]?.fieldsV1).toEqual({
			'f:metadata': {
				'f:annotations': {'.': {}, [`f:${lastApplied}`]: {}},
				'f:labels': {'.': {}, 'f:gone': {}},
			},
			'f:spec': {
				'f:ports': {
					'.': {},
					'k:{"port":80,"protocol":"TCP"}': {'.': {}, 'f:name': {}, 'f:port': {}},
					'k:{"port":81,"protocol":"TCP"}': {'.': {}, 'f:name': {}, 'f:port': {}},
				},
				'f:selector': {},
			},
		});
	});

	it('gives a finalizer that was declared', () => {
		const fields = patched(subject({metadata: {finalizers: ['x.example/f']}}))[0]?.fieldsV1;
		expect(fields?.['f:metadata']).toHaveProperty(['f:finalizers', 'v:"x.example/f"']);
	});

	it.each(['{', '[]', 'null', '7'])('gives nothing when the copy is %s', text => {
		expect(planTakeOver(subject(text), manager)).toBeNull();
	});
});

describe('mergeFields', () => {
	const cases: [string, FieldsV1, FieldsV1, FieldsV1][] = [
		['nothing', {}, {}, {}],
		['two leaves', {'f:a': {}}, {'f:b': {}}, {'f:a': {}, 'f:b': {}}],
		['the same leaf', {'f:a': {}}, {'f:a': {}}, {'f:a': {}}],
		['below', {'f:a': {'f:x': {}}}, {'f:a': {'f:y': {}}}, {'f:a': {'f:x': {}, 'f:y': {}}}],
		['a leaf that meets children stays a member', {'f:a': {}}, {'f:a': {'f:y': {}}}, {'f:a': {'.': {}, 'f:y': {}}}],
		['and the other way round', {'f:a': {'f:y': {}}}, {'f:a': {}}, {'f:a': {'.': {}, 'f:y': {}}}],
	];
	it.each(cases)('%s', (_title, left, right, expected) => {
		const before = structuredClone([left, right]);
		expect(mergeFields(left, right)).toEqual(expected);
		expect([left, right]).toEqual(before);
	});

	it('keeps keys that JavaScript gives a meaning', () => {
		const hostile = JSON.parse('{"f:data":{"__proto__":{"f:x":{}}}}') as FieldsV1;
		expect(JSON.stringify(mergeFields({'f:data': {}}, hostile))).toBe('{"f:data":{".":{},"__proto__":{"f:x":{}}}}');
	});
});
