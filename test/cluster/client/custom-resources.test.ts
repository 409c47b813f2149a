import {afterAll, describe, expect, it} from 'vitest';
import {waitEstablished} from '../../../source/cluster/wait.ts';
import {stringifyJson} from '../../../source/model/json.ts';
import type {KubernetesObject} from '../../../source/model/object.ts';
import {plane} from '../shared-control-plane.ts';
import {byForce, problemOf, refTo, useCluster} from './helpers.ts';

const group = `client-${process.pid}.example.com`;

function definition(plural: string, kind: string, more: {singular?: string; isOpen?: boolean} = {}): KubernetesObject {
	const spec = more.isOpen
		? {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}
		: {type: 'object', properties: {size: {type: 'integer', format: 'int64'}}};
	const version = (name: string, isStored: boolean) => ({
		name,
		served: true,
		storage: isStored,
		schema: {openAPIV3Schema: {type: 'object', properties: {spec}}},
	});
	return {
		apiVersion: 'apiextensions.k8s.io/v1',
		kind: 'CustomResourceDefinition',
		metadata: {name: `${plural}.${group}`},
		spec: {
			group,
			scope: 'Namespaced',
			names: {plural, kind, singular: more.singular ?? kind.toLowerCase()},
			versions: [version('v1', true), version('v1beta1', false)],
		},
	};
}

describe.skipIf(!plane)('on a real API server, custom resources', () => {
	const used = useCluster('client-custom');
	const definitions = [definition('widgets', 'Widget'), definition('opens', 'Open', {isOpen: true})];
	afterAll(async () => {
		await plane?.kubectl([
			'delete',
			'customresourcedefinition',
			'--ignore-not-found',
			...definitions.map(made => made.metadata.name),
		]);
	});
	const resource = (kind: string, name: string, spec: unknown): KubernetesObject => ({
		apiVersion: `${group}/v1`,
		kind,
		metadata: {name, namespace: used.namespace},
		spec,
	});

	it('can be applied as soon as their definition is established, in every run', async () => {
		const {cluster} = used;
		const [widgets] = definitions;
		for (let round = 0; round < 5; round++) {
			expect(await cluster.kind(group, 'Widget')).toBeNull();
			const applied = await cluster.apply(widgets!, byForce);
			await waitEstablished(cluster, refTo(widgets!), 30_000);
			const made = await cluster.apply(resource('Widget', 'first', {size: 3}), byForce);
			expect(made).toMatchObject({kind: 'Widget', spec: {size: 3}});
			expect(await cluster.kind(group, 'Widget')).toMatchObject({version: 'v1', versions: ['v1', 'v1beta1']});
			if (round === 4) return;
			await cluster.remove(refTo(widgets!), {uid: applied.metadata.uid!, propagation: 'background'});
			while (await cluster.get(refTo(widgets!), 'metadata')) await new Promise(resolve => setTimeout(resolve, 20));
			cluster.invalidateDiscovery();
			while (await cluster.kind(group, 'Widget')) {
				await new Promise(resolve => setTimeout(resolve, 20));
				cluster.invalidateDiscovery();
			}
		}
	});

	it('keep unknown fields and 64-bit integers where their schema is open', async () => {
		const {cluster} = used;
		const [, opens] = definitions;
		await cluster.apply(opens!, byForce);
		await waitEstablished(cluster, refTo(opens!), 30_000);
		const spec = {
			big: 9_223_372_036_854_775_807n,
			small: -9_007_199_254_740_993n,
			odd: {newKnob: [1, {deep: true}], '': 'x'},
		};
		const made = await cluster.apply(resource('Open', 'numbers', spec), byForce);
		expect(made.spec).toEqual(spec);
		expect((await cluster.get(refTo(made), 'object'))?.spec).toEqual(spec);
		const kind = (await cluster.kind(group, 'Open'))!;
		const {items} = await cluster.list(kind, {view: 'object', namespace: used.namespace});
		expect(items[0]?.spec).toEqual(spec);
		const again = await cluster.apply(resource('Open', 'numbers', spec), byForce);
		expect(again.metadata.resourceVersion).toBe(made.metadata.resourceVersion);
		expect(stringifyJson(made.spec)).toContain('9223372036854775807');
		expect(await plane!.kubectl(['-n', used.namespace, 'get', `opens.${group}`, 'numbers', '-o', 'json'])).toMatch(
			/"small": -9007199254740993/,
		);
	});

	it('with a misspelt field are refused where their schema is closed', async () => {
		const {cluster} = used;
		expect(await problemOf(cluster.apply(resource('Widget', 'typo', {sizes: 3}), byForce))).toMatchObject({
			code: 'InvalidObject',
			message: expect.stringContaining('.spec.sizes'),
		});
	});

	it('are read at the version asked for', async () => {
		const {cluster} = used;
		const ref = {...refTo(resource('Widget', 'first', {})), version: 'v1beta1'};
		expect(await cluster.get(ref, 'object')).toMatchObject({apiVersion: `${group}/v1beta1`, spec: {size: 3}});
		expect(await cluster.get(ref, 'metadata')).toMatchObject({apiVersion: `${group}/v1beta1`, kind: 'Widget'});
	});

	it('whose names are taken are refused with the reason, not waited for', async () => {
		const {cluster} = used;
		const taken = definition('gadgets', 'Widget');
		await cluster.apply(taken, byForce);
		definitions.push(taken);
		expect(await problemOf(waitEstablished(cluster, refTo(taken), 30_000))).toMatchObject({
			code: 'CustomResourceDefinitionRefused',
			message: expect.stringContaining('already in use'),
		});
	});

	it('whose definition never comes are waited for no longer than asked, and given up on a signal', async () => {
		const {cluster} = used;
		const never = refTo(definition('nevers', 'Never'));
		expect(await problemOf(waitEstablished(cluster, never, 200))).toMatchObject({code: 'NotEstablished'});
		const abort = new AbortController();
		const waiting = waitEstablished(cluster, never, 60_000, abort.signal);
		abort.abort();
		expect(await problemOf(waiting)).toMatchObject({code: 'Aborted'});
	});

	it('of a definition that is gone are gone', async () => {
		const {cluster} = used;
		const ref = {group: `no.${group}`, version: 'v1', kind: 'Gone', namespace: used.namespace, name: 'x'};
		expect(await cluster.remove(ref, {uid: 'any', propagation: 'foreground'})).toBe(false);
	});
});
