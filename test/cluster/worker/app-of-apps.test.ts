import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {parse, stringify} from 'yaml';
import {inventoryName} from '../../../source/engine/inventory/record.ts';
import {auditedRequests, ourWrites} from '../audit-log.ts';
import {hasHelm, hasKustomize} from '../renderers.ts';
import {planeWithControllers as plane} from '../shared-control-plane.ts';
import {configMap, deployment} from './shop.ts';
import {createWorkerBench, eventually, uniqueName, type WorkerBench} from './worker-bench.ts';

const kubectl = (...parameters: string[]): Promise<string> => plane!.kubectl(parameters);
const examples = path.resolve(import.meta.dirname, '../../../../shared/repos/argocd-example-apps');

interface Declaration {
	readonly name: string;
	readonly namespace: string;
	readonly path: string;
	readonly wave?: number;
	readonly finalizers?: readonly string[];
}

/** Applications that declare applications: they come with the render, and go with it. */
describe.skipIf(!plane)('an application of applications on a real cluster', () => {
	const root = uniqueName('root');
	const first = uniqueName('first');
	const second = uniqueName('second');
	let bench: WorkerBench;

	const application = ({name, namespace, path: folder, wave = 0, finalizers}: Declaration): string =>
		stringify({
			apiVersion: 'argoproj.io/v1alpha1',
			kind: 'Application',
			metadata: {
				name,
				namespace: 'argocd',
				annotations: {'argocd.argoproj.io/sync-wave': String(wave)},
				finalizers: finalizers ?? ['resources-finalizer.argocd.argoproj.io'],
			},
			spec: {
				project: 'default',
				source: {repoURL: bench.remote.url, targetRevision: 'main', path: folder},
				destination: {server: 'https://kubernetes.default.svc', namespace},
				syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: ['CreateNamespace=true']},
			},
		});
	const names = async (): Promise<string[]> =>
		(await bench.client.snapshot({applications: []})).applications.map(({name}) => name).sort();

	beforeAll(async () => {
		bench = createWorkerBench({
			kubeconfig: plane!.kubeconfig,
			applications: [{name: root, path: 'root', namespace: root}],
		});
		bench.remote.push('two applications', {
			'root/first.yaml': application({name: first, namespace: first, path: 'first'}),
			'root/second.yaml': application({name: second, namespace: second, path: 'second', wave: 1}),
			'root/settings.yaml': configMap('settings', {key: 'one'}),
			'first/web.yaml': deployment(),
			'second/settings.yaml': configMap('settings', {key: 'two'}),
		});
		await bench.start();
	});
	afterAll(async () => {
		await bench?.close();
		await kubectl('delete', 'namespace', root, first, second, '--wait=false', '--ignore-not-found');
	});

	test('its documents become applications, each wave when the one before is healthy', async () => {
		await eventually(async () => expect(await names()).toEqual([first, root, second].sort()), 60_000);
		await bench.synced(root, first, second);
		const status = await bench.status(first);
		expect(status).toMatchObject({parent: root, isAutomated: true, namespace: first});
		// As the API server saw it: the first is healthy before anything of the second is written.
		const healthy = (await auditedRequests(plane!.auditLog, first)).findLast(
			({resource, subresource}) => resource === 'deployments' && subresource === 'status',
		);
		const [next] = await ourWrites(plane!.auditLog, second);
		expect(next?.text).toBe('apply configmaps/settings');
		expect((healthy?.answered ?? '') < (next?.received ?? '')).toBe(true);
		const operation = (await bench.status(root)).operation;
		expect(operation?.results.map(({object}) => object)).toEqual([
			'ConfigMap/settings',
			`Application/${first}`,
			`Application/${second}`,
		]);
		const resources = await bench.client.resources({application: root});
		expect(resources).toContainEqual(
			expect.objectContaining({kind: 'Application', name: first, syncStatus: 'Synced', health: {status: 'Healthy'}}),
		);
	});

	test('a child is held to Git like any other application, and its drift is healed', async () => {
		await kubectl('scale', 'deployment/web', '--replicas=5', '-n', first);
		await eventually(async () =>
			expect(await kubectl('get', 'deployment/web', '-n', first, '-o', 'jsonpath={.spec.replicas}')).toBe('2'),
		);
		expect(bench.drifts(first).at(-1)).toMatchObject({action: 'healed', fields: [{manager: 'kubectl'}]});
	});

	test('children are there again after a restart, also while the parent cannot be rendered', async () => {
		bench.remote.push('broken', {'root/first.yaml': 'kind: ]['});
		await bench.stop();
		await bench.start();
		await eventually(async () => expect(await names()).toEqual([first, root, second].sort()));
		await bench.synced(first, second);
		expect((await bench.status(root)).conditions).toMatchObject([{type: 'RenderError'}]);
		expect((await bench.status(first)).parent).toBe(root);
	});

	test('what somebody writes into the inventory is observed, and never carried out', async () => {
		const forged = uniqueName('forged');
		const inventory = ['configmap', inventoryName(root), '-n', root];
		await bench.stop();
		const written = await kubectl('get', ...inventory, '-o', 'jsonpath={.data.children}');
		const [record] = JSON.parse(written) as [{ref: object; application: {destination: object}}];
		const another = {
			...record,
			ref: {...record.ref, name: forged},
			application: {
				...record.application,
				name: forged,
				destination: {...record.application.destination, namespace: forged},
			},
		};
		const write = (children: string): Promise<string> =>
			kubectl('patch', ...inventory, '--type=merge', '-p', JSON.stringify({data: {children}}));
		await write(JSON.stringify([...(JSON.parse(written) as object[]), another]));
		await bench.start();
		// It has been compared, so it would have been synced if it could.
		await eventually(async () =>
			expect(await bench.status(forged)).toMatchObject({syncStatus: 'OutOfSync', isAutomated: false}),
		);
		expect((await bench.status(first)).isAutomated).toBe(false);
		expect(await kubectl('get', 'namespace', forged, '--ignore-not-found')).toBe('');
		await bench.stop();
		await write(written);
		// What the parent declares acts again, from the first render on.
		bench.remote.push('mended', {
			'root/first.yaml': application({name: first, namespace: first, path: 'first'}),
		});
		await bench.start();
		await eventually(async () => expect((await bench.status(first)).isAutomated).toBe(true));
		await bench.synced(root, first, second);
	});

	test('a declaration that cannot be read is named, and what it made before stays', async () => {
		bench.remote.push('no source', {
			'root/first.yaml': application({name: first, namespace: first, path: 'first'}).replace(
				'path: first',
				'path: ../..',
			),
		});
		await bench.refresh(root);
		const {conditions, counts} = await bench.status(root);
		expect(conditions).toContainEqual(
			expect.objectContaining({problem: expect.objectContaining({code: 'ChildNotDeclared', file: 'root/first.yaml'})}),
		);
		expect(counts.toPrune).toBe(0);
		expect(await kubectl('get', 'deployment', '-n', first, '-o', 'name')).toContain('web');
	});

	test('when a declaration goes, what it made goes, and then its inventory', async () => {
		bench.remote.push('the first goes', {'root/first.yaml': null});
		await bench.refresh(root);
		await eventually(async () => expect(await names()).toEqual([root, second].sort()), 60_000);
		expect(await kubectl('get', 'deployment,configmap', '-n', first, '-o', 'name')).not.toMatch(/web|holdfast-/);
		await bench.synced(root, second);
	});

	test('under the deletion budget: more than it allows waits for a word for exactly that list', async () => {
		const many = Object.fromEntries(
			Array.from({length: 12}, (_item, index) => [`second/more-${index}.yaml`, configMap(`more-${index}`, {key: 'x'})]),
		);
		bench.remote.push('many objects', many);
		await bench.refresh();
		await bench.synced(second);
		bench.remote.push('the second goes', {'root/second.yaml': null});
		await bench.refresh(root);
		await eventually(async () =>
			expect((await bench.status(second)).operation).toMatchObject({phase: 'AwaitingConfirmation'}),
		);
		expect(await kubectl('get', 'configmap', '-n', second, '-o', 'name')).toContain('more-11');
		const {operation, conditions} = await bench.status(second);
		expect(conditions).toContainEqual(expect.objectContaining({type: 'Leaving'}));
		const {token, deletions} = operation!.confirmation!;
		expect(deletions).toHaveLength(13);
		await bench.client.sync({
			application: second,
			initiatedBy: 'ana@bastion-1',
			dryRun: false,
			confirmDeletions: token,
		});
		await eventually(async () => expect(await names()).toEqual([root]));
		expect(await kubectl('get', 'configmap', '-n', second, '-o', 'name')).not.toMatch(/more-|settings|holdfast-/);
		await bench.synced(root);
	});

	test('without the finalizer what it made stays', async () => {
		const kept = uniqueName('kept');
		bench.remote.push('a third', {
			'root/third.yaml': application({name: kept, namespace: first, path: 'third', finalizers: []}),
			'third/stays.yaml': configMap('stays', {key: 'one'}),
		});
		await bench.refresh(root);
		await eventually(async () => expect(await names()).toContain(kept));
		await bench.synced(kept);
		bench.remote.push('the third goes', {'root/third.yaml': null});
		await bench.refresh(root);
		await eventually(async () => expect(await names()).toEqual([root]));
		expect(await kubectl('get', 'configmap', 'stays', '-n', first, '-o', 'name')).toContain('stays');
	});

	test('many at once are all set up in one sync', async () => {
		const many = Array.from({length: 20}, (_item, index) => `${first}-${index}`);
		const declarations = many.map(name => application({name, namespace: first, path: 'none', finalizers: []}));
		bench.remote.push('many children', {'root/many.yaml': declarations.join('---\n'), 'none/empty.yaml': ''});
		await bench.refresh(root);
		await eventually(async () => expect(await names()).toEqual(expect.arrayContaining(many)));
		expect((await bench.status(root)).operation).toMatchObject({attempt: 1, failureCodes: []});
		bench.remote.push('they go', {'root/many.yaml': null});
		await bench.refresh(root);
		const {confirmation} = (await bench.status(root)).operation!;
		expect(confirmation!.deletions).toHaveLength(20);
		await bench.client.sync({
			application: root,
			initiatedBy: 'ana@bastion-1',
			dryRun: false,
			confirmDeletions: confirmation!.token,
		});
		await eventually(async () => expect(await names()).not.toContain(many[0]), 60_000);
	});

	test('a child that somebody holds stays, and goes when the hold is over', async () => {
		const held = uniqueName('held');
		bench.remote.push('one to be held', {
			'root/held.yaml': application({name: held, namespace: first, path: 'held'}),
			'held/settings.yaml': configMap('held', {key: 'one'}),
		});
		await bench.refresh(root);
		await eventually(async () => expect(await names()).toContain(held));
		await bench.synced(held);
		await bench.client.hold({
			applications: [held],
			scope: {type: 'application'},
			owner: 'ana@bastion-1',
			reason: 'INC-2231',
			durationMilliseconds: 3_600_000,
			breakGlass: false,
			includesSync: true,
		});
		bench.remote.push('the held one goes', {'root/held.yaml': null});
		await bench.refresh(root);
		await eventually(async () =>
			expect((await bench.status(held)).conditions).toContainEqual(
				expect.objectContaining({type: 'Leaving', problem: expect.objectContaining({code: 'Held'})}),
			),
		);
		expect(await kubectl('get', 'configmap', 'held', '-n', first, '-o', 'name')).toContain('held');
		await bench.client.resume({applications: [held], holds: [], by: 'ana@bastion-1'});
		await eventually(async () => expect(await names()).not.toContain(held), 60_000);
		expect(await kubectl('get', 'configmap', '-n', first, '-o', 'name')).not.toContain('held');
	});

	test('one that moved to the configuration is not taken down when its declaration in Git goes', async () => {
		const moved = uniqueName('moved');
		bench.remote.push('one that moves', {
			'root/moved.yaml': application({name: moved, namespace: first, path: 'moved'}),
			'moved/settings.yaml': configMap('moved', {key: 'one'}),
		});
		await bench.refresh(root);
		await eventually(async () => expect(await names()).toContain(moved));
		await bench.synced(moved);
		const file = path.join(bench.directory, 'holdfast.yaml');
		const configuration = parse(readFileSync(file, 'utf8')) as {applications: Record<string, unknown>[]};
		configuration.applications.push({
			name: moved,
			source: {repoURL: bench.remote.url, targetRevision: 'main', path: 'moved'},
			destination: {namespace: first},
		});
		writeFileSync(file, stringify(configuration));
		await eventually(async () => expect((await bench.status(moved)).parent).toBeNull());
		bench.remote.push('its declaration goes', {'root/moved.yaml': null});
		await bench.refresh(root);
		await bench.synced(root);
		expect(await kubectl('get', 'configmap', 'moved', '-n', first, '-o', 'name')).toContain('moved');
		expect(await names()).toContain(moved);
		configuration.applications.pop();
		writeFileSync(file, stringify(configuration));
		await eventually(async () => expect(await names()).not.toContain(moved));
	});

	test('hooks run before and after everything goes', async () => {
		const hooked = uniqueName('hooked');
		const job = (name: string, hook: string): string => `apiVersion: batch/v1
kind: Job
metadata: {name: ${name}, annotations: {argocd.argoproj.io/hook: ${hook}}}
spec:
  template:
    spec: {restartPolicy: Never, containers: [{name: main, image: busybox}]}
`;
		bench.remote.push('one with hooks', {
			'root/hooked.yaml': application({name: hooked, namespace: hooked, path: 'hooked'}),
			'hooked/settings.yaml': configMap('settings', {key: 'one'}),
			'hooked/before.yaml': job('before', 'PreDelete'),
			'hooked/after.yaml': job('after', 'PostDelete'),
		});
		await bench.refresh(root);
		await eventually(async () => expect(await names()).toContain(hooked));
		await bench.synced(hooked);
		bench.remote.push('it goes', {'root/hooked.yaml': null});
		await bench.refresh(root);
		await eventually(async () => expect(await names()).not.toContain(hooked), 60_000);
		const writes = (await ourWrites(plane!.auditLog, hooked)).map(({text}) => text);
		expect(writes).toEqual([
			'apply configmaps/settings',
			'apply jobs/before',
			'delete configmaps/settings',
			'apply jobs/after',
		]);
		await kubectl('delete', 'namespace', hooked, '--wait=false');
	});

	test.skipIf(!existsSync(examples) || !hasHelm || !hasKustomize)(
		'the published one: what can be held is Synced and Healthy, the rest says why not',
		async () => {
			const published = uniqueName('apps');
			const namespace = uniqueName('guestbook');
			bench.remote.copy(examples, 'examples');
			bench.remote.push('the published examples', {
				'root/apps.yaml': application({name: published, namespace: published, path: 'examples/apps'}),
				'examples/apps/values.yaml': stringify({
					config: {
						spec: {
							destination: {server: 'https://kubernetes.default.svc'},
							source: {repoURL: bench.remote.url, targetRevision: 'main'},
						},
					},
					applications: [
						{name: 'guestbook', path: 'examples/guestbook', namespace},
						{name: 'kustomize-guestbook', path: 'examples/kustomize-guestbook', namespace},
						{
							name: 'helm-guestbook',
							path: 'examples/helm-guestbook',
							namespace,
							tool: {helm: {releaseName: 'helm-guestbook'}},
						},
						{name: 'plugin-nix', path: 'examples/plugins/nix', namespace, tool: {plugin: {name: 'nix'}}},
					],
				}),
			});
			await bench.refresh(root);
			const held = ['example-guestbook', 'example-kustomize-guestbook', 'example-helm-guestbook'];
			await eventually(async () => expect(await names()).toEqual(expect.arrayContaining(held)), 60_000);
			await bench.synced(...held);
			const {conditions} = await bench.status(published);
			expect(conditions.map(({problem}) => problem.message).join('\n')).toMatch(
				/example\.plugin-nix does not become an application/,
			);
			bench.remote.push('they go', {'root/apps.yaml': null});
			await bench.refresh(root);
			await eventually(async () => expect(await names()).toEqual([root]), 90_000);
			expect(await kubectl('get', 'deployment', '-n', namespace, '-o', 'name')).toBe('');
			const writes = await ourWrites(plane!.auditLog, namespace);
			const first = writes.findIndex(({text}) => text.startsWith('delete'));
			expect(first).toBeGreaterThan(0);
			expect(writes.slice(first).every(({text}) => text.startsWith('delete'))).toBe(true);
		},
	);
});
