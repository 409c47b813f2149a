import {describe, expect, test} from 'vitest';
import {type SettleInput, settleByDryRun} from '../../../source/engine/drift/settle.ts';
import {type FieldsV1, type KubernetesObject, refOf} from '../../../source/model/object.ts';
import {hashText} from './hash-text.ts';
import {
	appliedAt,
	configMap,
	configMapFields,
	deployment,
	deploymentFields,
	entry,
	fingerprintOf,
	ours,
	seenAt,
	us,
	without,
} from './objects.ts';

function settle(live: KubernetesObject, dryRun: KubernetesObject, options: Partial<SettleInput> = {}) {
	return settleByDryRun({
		ref: refOf(live),
		live,
		dryRun,
		manager: us,
		desired: dryRun,
		seenAt,
		notBefore: appliedAt,
		hash: hashText,
		...options,
	});
}

const replicas: FieldsV1 = {'f:spec': {'f:replicas': {}}};
const lostReplicas = without(deploymentFields, ['f:spec', 'f:replicas']);
const scaled = deployment(
	{replicas: 5},
	{
		generation: 2,
		entries: [ours(lostReplicas), entry('kubectl', replicas, {subresource: 'scale', time: null})],
	},
);
/** A dry run raises the generation and moves our entry’s time, as the real one does. */
const wanted = deployment({}, {generation: 3, entries: [ours(deploymentFields, {time: '10:04:00'})]});

describe('without a fingerprint', () => {
	test('equal in all that is declared: synced, and the live object can be fingerprinted', () => {
		const live = {...deployment(), status: {replicas: 2}};
		expect(settle(live, wanted)).toEqual({isSynced: true, fields: [], differences: 0, canFingerprintLive: true});
	});

	test('equal, but not recorded as ours: synced; only an apply makes it ours', () => {
		const live = deployment({}, {entries: [entry('kubectl-client-side-apply', deploymentFields)]});
		expect(settle(live, wanted)).toEqual({isSynced: true, fields: [], differences: 0, canFingerprintLive: false});
		const partly = deployment(
			{},
			{entries: [ours(lostReplicas), entry('kubectl', replicas, {subresource: 'scale', time: null})]},
		);
		expect(settle(partly, wanted)).toEqual({isSynced: true, fields: [], differences: 0, canFingerprintLive: false});
	});

	test('what somebody else holds with another value is theirs', () => {
		expect(settle(scaled, wanted)).toMatchObject({
			isSynced: false,
			canFingerprintLive: false,
			fields: [
				{
					path: 'spec.replicas',
					class: 'modified',
					was: '2',
					now: '5',
					manager: 'kubectl',
					subresource: 'scale',
					confidence: 'exact',
					evidence: 'managedFields',
					notBefore: appliedAt,
					notAfter: seenAt,
				},
			],
		});
	});

	test('what we are recorded to own differs because Git moved on: not synced, and nobody’s doing', () => {
		const live = deployment({replicas: 7});
		expect(settle(live, wanted)).toEqual({isSynced: false, fields: [], differences: 1, canFingerprintLive: false});
	});

	test('what nobody holds may be new in Git: nobody is accused', () => {
		const live = deployment(
			{},
			{
				entries: [ours(without(deploymentFields, ['f:metadata', 'f:labels', 'f:tier']))],
				metadata: {labels: {'applyset.kubernetes.io/part-of': 'applyset-x-v1'}},
			},
		);
		expect(settle(live, wanted)).toEqual({isSynced: false, fields: [], differences: 1, canFingerprintLive: false});
	});
});

describe('with the fingerprint that could not tell', () => {
	const fingerprint = fingerprintOf(deployment());

	test('what was ours and is gone was removed; what is new in Git was not', () => {
		const live = deployment(
			{},
			{
				entries: [ours(without(deploymentFields, ['f:metadata', 'f:labels', 'f:tier']))],
				metadata: {labels: {'applyset.kubernetes.io/part-of': 'applyset-x-v1'}},
			},
		);
		const moved = structuredClone(wanted);
		moved.metadata.labels!.added = 'in Git';
		expect(settle(live, moved, {fingerprint}).fields).toMatchObject([
			{
				path: 'metadata.labels.tier',
				class: 'removed',
				was: 'front',
				now: null,
				manager: 'unknown',
				confidence: 'unknown',
			},
		]);
	});

	test('what is as we applied it differs only because Git moved on', () => {
		const moved = deployment({replicas: 3}, {entries: [ours(deploymentFields)]});
		expect(settle(deployment(), moved, {fingerprint})).toEqual({
			isSynced: false,
			fields: [],
			differences: 1,
			canFingerprintLive: false,
		});
	});

	test('what is recorded as ours with another value: rewritten, or written under our name', () => {
		expect(settle(deployment({replicas: 7}), wanted, {fingerprint}).fields).toMatchObject([
			{path: 'spec.replicas', class: 'reset', now: '7', manager: 'unknown'},
		]);
		const again = deployment({replicas: 7}, {entries: [ours(deploymentFields, {time: '10:03:00'})]});
		expect(settle(again, wanted, {fingerprint}).fields).toMatchObject([
			{path: 'spec.replicas', class: 'imposter', now: '7', manager: us, operation: 'Apply'},
		]);
	});

	test('what others own inside a value of ours is not a change of it', () => {
		const emptyDir = (more: object) => ({
			template: {spec: {containers: [], volumes: [{name: 'cache', emptyDir: more}]}},
		});
		const sized: FieldsV1 = {
			'f:spec': {'f:template': {'f:spec': {'f:volumes': {'k:{"name":"cache"}': {'f:emptyDir': {'f:sizeLimit': {}}}}}}},
		};
		const fields = without(deploymentFields, ['f:spec', 'f:template', 'f:spec', 'f:containers']);
		const before = fingerprintOf(deployment(emptyDir({}), {entries: [ours(fields)]}));
		const live = deployment(emptyDir({sizeLimit: '1Gi'}), {entries: [ours(fields), entry('kubectl-edit', sized)]});
		const moved = deployment(emptyDir({medium: 'Memory', sizeLimit: '1Gi'}), {entries: [ours(fields)]});
		expect(settle(live, moved, {fingerprint: before}).fields).toEqual([]);
	});

	test('paths recorded at another API version are judged by who holds them', () => {
		const live = {
			...scaled,
			metadata: {
				...scaled.metadata,
				managedFields: [ours(lostReplicas, {apiVersion: 'apps/v2'}), scaled.metadata.managedFields![1]!],
			},
		};
		expect(settle(live, wanted, {fingerprint}).fields).toMatchObject([
			{path: 'spec.replicas', class: 'modified', manager: 'kubectl'},
		]);
	});
});

test('our name on an Update entry is an imposter', () => {
	const live = deployment({replicas: 5}, {entries: [ours(lostReplicas), entry(us, replicas)]});
	expect(settle(live, wanted).fields).toMatchObject([{class: 'imposter', manager: us, operation: 'Update'}]);
});

test('the order of items is a difference, but nobody’s', () => {
	const pod = (...names: string[]) => ({template: {spec: {containers: names.map(name => ({name}))}}});
	expect(settle(deployment(pod('b', 'a')), deployment(pod('a', 'b')))).toMatchObject({isSynced: false, fields: []});
});

test('values of Secrets are compared, and never said', () => {
	const fields: FieldsV1 = {'f:data': {'f:password': {}}};
	const secret = (password: string, entries: Parameters<typeof configMap>[1]): KubernetesObject => ({
		...configMap({password}, entries),
		kind: 'Secret',
	});
	const live = secret('aHVudGVyMg==', {entries: [entry('kubectl-edit', fields, {apiVersion: 'v1'})]});
	const dryRun = secret('Z2l0', {entries: [ours(fields, {apiVersion: 'v1'})]});
	const settled = settle(live, dryRun);
	expect(settled.fields).toMatchObject([
		{path: 'data.password', was: '(redacted)', now: '(redacted)', manager: 'kubectl-edit'},
	]);
	expect(JSON.stringify(settled)).not.toMatch(/aHVudGVyMg|Z2l0/);
	expect(settle(live, secret('aHVudGVyMg==', {entries: [ours(configMapFields, {apiVersion: 'v1'})]})).isSynced).toBe(
		true,
	);
});
