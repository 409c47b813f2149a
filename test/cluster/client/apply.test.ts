import {describe, expect, it} from 'vitest';
import type {ApiError} from '../../../source/cluster/api-error.ts';
import {stringifyJson} from '../../../source/model/json.ts';
import type {KubernetesObject} from '../../../source/model/object.ts';
import {plane} from '../shared-control-plane.ts';
import {byForce, manager, problemOf, refTo, useCluster} from './helpers.ts';

describe.skipIf(!plane)('on a real API server, an apply', () => {
	const used = useCluster('client-apply');
	const configMap = (name: string, data: Record<string, unknown>): KubernetesObject => ({
		apiVersion: 'v1',
		kind: 'ConfigMap',
		metadata: {name, namespace: used.namespace},
		data,
	});

	it('creates, does nothing the second time, and changes the third time', async () => {
		const {cluster} = used;
		const created = await cluster.apply(configMap('basic', {a: '1'}), byForce);
		expect(created).toMatchObject({apiVersion: 'v1', kind: 'ConfigMap', data: {a: '1'}});
		expect(created.metadata.managedFields).toMatchObject([{manager, operation: 'Apply'}]);
		// What was read may be applied as it is: managedFields do not travel.
		const {resourceVersion: _version, ...metadata} = created.metadata;
		const again = await cluster.apply({...created, metadata}, byForce);
		expect(again.metadata.resourceVersion).toBe(created.metadata.resourceVersion);
		const changed = await cluster.apply(configMap('basic', {a: '2'}), byForce);
		expect(changed.metadata.resourceVersion).not.toBe(created.metadata.resourceVersion);
	});

	it('in a dry run stores nothing and is counted apart', async () => {
		const {cluster} = used;
		const before = {...cluster.counters};
		const answer = await cluster.apply(configMap('dry', {a: '1'}), {...byForce, dryRun: true});
		expect(answer.metadata.resourceVersion).toBeUndefined();
		expect(await cluster.get(refTo(answer), 'object')).toBeNull();
		expect(cluster.counters.dryRuns).toBe(before.dryRuns + 1);
		expect(cluster.counters.writes).toBe(before.writes);
	});

	it('without force names who owns each field, how, and through what', async () => {
		const {cluster, namespace} = used;
		const web: KubernetesObject = {
			apiVersion: 'apps/v1',
			kind: 'Deployment',
			metadata: {name: 'web', namespace},
			spec: {
				replicas: 1,
				selector: {matchLabels: {app: 'web'}},
				template: {metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'web', image: 'example/web:1'}]}},
			},
		};
		await cluster.apply(web, byForce);
		await plane!.kubectl(['-n', namespace, 'scale', 'deployment/web', '--replicas=3']);
		await plane!.kubectl(['-n', namespace, 'set', 'image', 'deployment/web', 'web=example/web:2']);
		const error = (await cluster.apply(web, {manager, force: false}).catch((thrown: unknown) => thrown)) as ApiError;
		expect(error.problem).toMatchObject({code: 'Conflict', object: 'Deployment/web'});
		expect(error).toMatchObject({status: 409, reason: 'Conflict'});
		expect([...error.causes].sort((one, other) => (one.field < other.field ? -1 : 1))).toMatchObject([
			{
				field: '.spec.replicas',
				manager: 'kubectl',
				operation: 'Update',
				subresource: 'scale',
				apiVersion: 'apps/v1',
			},
			{
				field: '.spec.template.spec.containers[name="web"].image',
				manager: 'kubectl-set',
				operation: 'Update',
				apiVersion: 'apps/v1',
			},
		]);
		expect((await cluster.apply(web, byForce)).spec).toMatchObject({replicas: 1});
	});

	it('with the uid of an object that is gone creates none, and with the uid of another changes none', async () => {
		const {cluster} = used;
		const first = await cluster.apply(configMap('uid', {a: '1'}), byForce);
		const {uid} = first.metadata;
		expect(await cluster.remove(refTo(first), {uid: uid!, propagation: 'background'})).toBe(true);
		const withUid = {...configMap('uid', {a: '2'}), metadata: {name: 'uid', namespace: used.namespace, uid: uid!}};
		expect(await problemOf(cluster.apply(withUid, byForce))).toMatchObject({code: 'UidMismatch'});
		expect(await cluster.get(refTo(first), 'object')).toBeNull();
		const second = await cluster.apply(configMap('uid', {a: '3'}), byForce);
		expect(await problemOf(cluster.apply(withUid, byForce))).toMatchObject({code: 'UidMismatch'});
		expect(await cluster.remove(refTo(first), {uid: uid!, propagation: 'background'})).toBe(false);
		expect((await cluster.get(refTo(first), 'object'))?.metadata.uid).toBe(second.metadata.uid);
	});

	it('that does not fit the schema is InvalidObject and is not tried again', async () => {
		const {cluster} = used;
		const {retries} = cluster.counters;
		for (const data of [{a: 1}, ['x']]) {
			const wrong = configMap('wrong', data as Record<string, unknown>);
			expect(await problemOf(cluster.apply(wrong, byForce))).toMatchObject({code: 'InvalidObject'});
		}
		const typo = {...configMap('typo', {}), spec: {a: 1}};
		expect(await problemOf(cluster.apply(typo, byForce))).toMatchObject({
			code: 'InvalidObject',
			message: expect.stringContaining('.spec: field not declared in schema'),
		});
		expect(cluster.counters.retries).toBe(retries);
	});

	it('that breaks a rule says which, with a code of its own', async () => {
		const {cluster, namespace} = used;
		const big = configMap('big', {a: 'x'.repeat(1_100_000)});
		expect(await problemOf(cluster.apply(big, byForce))).toMatchObject({code: 'TooLarge'});
		const huge = configMap('huge', {a: 'x'.repeat(3_200_000)});
		expect(await problemOf(cluster.apply(huge, byForce))).toMatchObject({code: 'TooLarge'});
		const nowhere = {...configMap('a', {}), metadata: {name: 'a', namespace: `${namespace}-missing`}};
		expect(await problemOf(cluster.apply(nowhere, byForce))).toMatchObject({code: 'NamespaceNotFound'});
		expect(await problemOf(cluster.apply(configMap('Upper_Case', {}), byForce))).toMatchObject({code: 'Invalid'});
		const immutable = {...configMap('fixed', {a: '1'}), immutable: true};
		await cluster.apply(immutable, byForce);
		expect(await problemOf(cluster.apply({...immutable, data: {a: '2'}}, byForce))).toMatchObject({
			code: 'ImmutableField',
		});
		const stale = {...configMap('basic', {a: '9'}), metadata: {name: 'basic', namespace, resourceVersion: '1'}};
		expect(await problemOf(cluster.apply(stale, byForce))).toMatchObject({code: 'StaleResourceVersion'});
		const unknown = {...configMap('a', {}), apiVersion: 'no.such.group/v1', kind: 'Thing'};
		expect(await problemOf(cluster.apply(unknown, byForce))).toMatchObject({code: 'KindNotServed'});
		expect(await problemOf(cluster.apply({...configMap('a', {}), apiVersion: 'v9'}, byForce))).toMatchObject({
			code: 'KindNotServed',
			hint: 'write it in v1',
		});
	});

	it('that fails for a Secret never tells its values', async () => {
		const {cluster, namespace} = used;
		const secret = (fields: Record<string, unknown>): KubernetesObject => ({
			apiVersion: 'v1',
			kind: 'Secret',
			metadata: {name: 'canary', namespace},
			...fields,
		});
		const canary = 'canary-8451';
		const wrong = [
			{data: {password: canary}},
			{stringData: {password: 8_451_845_184}},
			{stringData: {password: {canary}}},
			{stringData: {password: [canary]}},
			{data: [canary]},
			{stringData: canary},
			{type: 'kubernetes.io/tls', stringData: {'tls.crt': canary}},
			{type: 'kubernetes.io/basic-auth', stringData: {password2: canary, [`bad key ${canary.length}`]: canary}},
			{type: 'kubernetes.io/dockerconfigjson', stringData: {'.dockerconfigjson': `{"${canary}"`}},
		];
		const shown: string[] = [];
		for (const fields of wrong) {
			const error = (await cluster.apply(secret(fields), byForce).catch((thrown: unknown) => thrown)) as ApiError;
			shown.push(JSON.stringify([error.message, error.problem, error.causes]));
		}
		expect(shown.filter(text => !/Secret\/canary/.test(text))).toEqual([]);
		expect(shown.filter(text => /canary-|8451|8451845184|8\.45/.test(text))).toEqual([]);
	});

	it('keeps colons and upper case in names', async () => {
		const {cluster} = used;
		const name = `eks:K8sReader-${process.pid}`;
		const role = {apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: {name}, rules: []};
		const applied = await cluster.apply(role, byForce);
		try {
			expect((await cluster.get(refTo(role), 'object'))?.metadata).toMatchObject({name, uid: applied.metadata.uid});
			expect(await plane!.kubectl(['get', 'clusterrole', name, '-o', 'name'])).toContain(name);
		} finally {
			expect(await cluster.remove(refTo(role), {uid: applied.metadata.uid!, propagation: 'foreground'})).toBe(true);
		}
	});

	it('is 1,000 applies with none lost', async () => {
		const {cluster} = used;
		const names = Array.from({length: 1_000}, (_, number) => `many-${number}`);
		const answers = await Promise.all(names.map(name => cluster.apply(configMap(name, {name}), byForce)));
		expect(answers.map(answer => answer.metadata.name)).toEqual(names);
		const {items} = await cluster.list((await cluster.kind('', 'ConfigMap'))!, {
			view: 'metadata',
			namespace: used.namespace,
		});
		expect(new Set(items.map(item => item.metadata.name))).toEqual(
			new Set([...names, ...items.map(item => item.metadata.name)]),
		);
		expect(items.filter(item => item.metadata.name.startsWith('many-'))).toHaveLength(1_000);
	});
});

describe.skipIf(!plane)('on a real API server, our own bookkeeping', () => {
	const used = useCluster('client-bookkeeping');

	it('creates once, replaces by version, patches with tests, and says what went wrong', async () => {
		const {cluster, namespace} = used;
		const object: KubernetesObject = {
			apiVersion: 'v1',
			kind: 'ConfigMap',
			metadata: {name: 'inventory', namespace},
			data: {a: '1'},
		};
		const created = await cluster.create(object, {manager});
		expect(await problemOf(cluster.create(object, {manager}))).toMatchObject({code: 'AlreadyExists'});
		const replaced = await cluster.replace({...created, data: {a: '2'}}, {manager});
		expect(replaced.data).toEqual({a: '2'});
		expect(await problemOf(cluster.replace({...created, data: {a: '3'}}, {manager}))).toMatchObject({
			code: 'StaleResourceVersion',
		});
		const ref = refTo(object);
		const patched = await cluster.patchJson(
			ref,
			[
				{op: 'test', path: '/metadata/resourceVersion', value: replaced.metadata.resourceVersion},
				{op: 'replace', path: '/data/a', value: '4'},
			],
			{manager},
		);
		expect(patched.data).toEqual({a: '4'});
		const stale = [{op: 'test', path: '/metadata/resourceVersion', value: '1'}] as const;
		expect(await problemOf(cluster.patchJson(ref, stale, {manager}))).toMatchObject({code: 'PatchNotApplicable'});
		expect(stringifyJson(await cluster.get(ref, 'object'))).toContain('"a":"4"');
	});
});
