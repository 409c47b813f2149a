import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Problem} from '../../../source/model/errors.ts';
import type {AdoptAnswer, AdoptParameters} from '../../../source/protocol/messages/adopt.ts';
import {hasHelm, hasKustomize} from '../renderers.ts';
import {plane} from '../shared-control-plane.ts';
import {configMap, secret} from './shop.ts';
import {createWorkerBench, eventually, uniqueName, type WorkerBench} from './worker-bench.ts';

const kubectl = (...parameters: string[]): Promise<string> => plane!.kubectl(parameters);

const web = `# The front.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 0   # scaled by hand in an incident
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - image: nginx:1.27   # pinned
        name: web
`;

describe.skipIf(!plane || !hasHelm || !hasKustomize)('adopting a live edit, on a real cluster', () => {
	const shop = uniqueName('shop');
	const overlay = uniqueName('overlay');
	const chart = uniqueName('chart');
	const healing = uniqueName('healing');
	let bench: WorkerBench;

	const parameters = (object: string, more: Partial<AdoptParameters> = {}): AdoptParameters => {
		const [kind = '', name = ''] = object.split('/');
		return {application: shop, object: {kind, name}, paths: [], initiatedBy: 'ana@bastion-1', dryRun: true, ...more};
	};
	const preview = (object: string, more: Partial<AdoptParameters> = {}): Promise<AdoptAnswer> =>
		bench.client.adopt(parameters(object, more));
	const carryOut = async (object: string, more: Partial<AdoptParameters> = {}) => {
		const {preview: seen} = await preview(object, more);
		return {seen, ...(await bench.client.adopt(parameters(object, {...more, dryRun: false, token: seen.token})))};
	};
	const problemOf = async (answer: Promise<unknown>): Promise<Problem> => {
		try {
			await answer;
		} catch (error) {
			return (error as {problem: Problem}).problem;
		}
		throw new Error('it was not refused');
	};
	const drifted = (application: string, object: string, field: string): Promise<void> =>
		eventually(async () => {
			const {drift} = await bench.status(application);
			const fields = drift.filter(one => one.object === object).flatMap(one => one.fields.map(({path: name}) => name));
			expect(fields).toContain(field);
		});
	/** Lines that differ between main and its parent, without the headers. */
	const changedLines = (): string[] => {
		bench.remote.git('pull', '--quiet', '--rebase', 'origin', 'main');
		return bench.remote
			.git('show', '--format=', '--unified=0', 'HEAD')
			.split('\n')
			.filter(line => /^[+-]/.test(line) && !/^(\+\+\+|---) /.test(line));
	};
	const settled = (application: string, commit: string): Promise<void> =>
		eventually(async () => {
			const status = await bench.status(application);
			expect(status).toMatchObject({syncedRevision: commit, syncStatus: 'Synced', drift: []});
		}, 60_000);

	beforeAll(async () => {
		const drift = {mode: 'observe', foreignAdditions: 'observe'};
		bench = createWorkerBench({
			kubeconfig: plane!.kubeconfig,
			applications: [
				{name: shop, path: 'shop', namespace: shop, drift},
				{name: overlay, path: 'overlay', namespace: overlay, drift},
				{name: chart, path: 'chart', namespace: chart, drift},
				{name: healing, path: 'healing', namespace: healing},
			],
		});
		bench.remote.push('first', {
			'shop/web.yaml': `${web}---\n${configMap('settings', {mode: 'calm'})}`,
			'shop/secret.yaml': secret('keys', {key: 'hunter22'}),
			'base/web.yaml': web,
			'base/kustomization.yaml': 'resources: [web.yaml]\n',
			'overlay/kustomization.yaml':
				'# staging\nresources:\n- ../base\n- own.yaml\nnamePrefix: st-\nimages:\n- name: nginx\n  newTag: "1.28"\nconfigMapGenerator:\n- name: made\n  literals: [a=1]\n',
			'overlay/own.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: own\ndata:\n  a: "1" # one\n',
			'healing/web.yaml': web,
			'chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
			'chart/values.yaml': 'mode: calm\n',
			'chart/templates/settings.yaml':
				'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  mode: {{ .Values.mode | quote }}\n',
		});
		await bench.start();
		await bench.synced();
	});
	afterAll(async () => {
		await bench?.close();
		await kubectl('delete', 'namespace', shop, overlay, chart, healing, '--wait=false', '--ignore-not-found');
	});

	test('a `kubectl set image` becomes a one-line diff, and the drift is gone after the next pull', async () => {
		await kubectl('set', 'image', 'deployment/web', 'web=nginx:1.29', '-n', shop);
		const field = 'spec.template.spec.containers[name="web"].image';
		await drifted(shop, 'Deployment/web', field);
		const before = await bench.counters();
		const {seen, result, fields} = await carryOut('Deployment/web');
		expect((await bench.counters()).writes).toBe(before.writes);
		expect(fields).toEqual([{path: field, live: 'nginx:1.29', desired: 'nginx:1.27', manager: 'kubectl-set'}]);
		expect(seen.message).toBe(
			`Adopt ${field} of Deployment/web\n\n${field}: nginx:1.27 → nginx:1.29 (kubectl-set)\n\nHoldfast-Application: ${shop}\nHoldfast-Object: Deployment/web`,
		);
		expect(seen.effects.map(({application, plan}) => [application, plan.counts.change])).toEqual([[shop, 1]]);
		expect([...seen.untouched].sort()).toEqual([chart, healing, overlay].sort());
		expect(result).toMatchObject({type: 'tracked', branch: 'main'});
		expect(changedLines()).toEqual(['-      - image: nginx:1.27   # pinned', '+      - image: nginx:1.29   # pinned']);
		await settled(shop, result!.commit);
		const image = '-o=jsonpath={.spec.template.spec.containers[0].image}';
		expect(await kubectl('get', 'deployment/web', '-n', shop, image)).toBe('nginx:1.29');
		const adopted = [...bench.entries.values()].find(entry => entry.type === 'adopt');
		expect(adopted).toMatchObject({application: shop, object: 'Deployment/web', paths: [field], by: 'ana@bastion-1'});
	});

	test('what was added, changed and taken out goes into Git, field by field or all at once', async () => {
		await kubectl('scale', 'deployment/web', '--replicas=1', '-n', shop);
		await kubectl('label', 'deployment/web', 'team=front', '-n', shop);
		await kubectl(
			'patch',
			'configmap/settings',
			'-n',
			shop,
			'--type=json',
			'-p',
			'[{"op":"remove","path":"/data/mode"}]',
		);
		await drifted(shop, 'Deployment/web', 'spec.replicas');
		await drifted(shop, 'Deployment/web', 'metadata.labels.team');
		await drifted(shop, 'ConfigMap/settings', 'data.mode');
		const one = await carryOut('Deployment/web', {paths: ['spec.replicas']});
		expect(one.fields.map(({path: name}) => name)).toEqual(['spec.replicas']);
		expect(one.seen.effects[0]!.problems).toEqual([]);
		expect(changedLines()).toEqual([
			'-  replicas: 0   # scaled by hand in an incident',
			'+  replicas: 1   # scaled by hand in an incident',
		]);
		await eventually(async () => expect((await bench.status(shop)).syncedRevision).toBe(one.result!.commit));
		// The sync accepted what it does not touch; by its name it can be adopted still.
		await carryOut('Deployment/web', {paths: ['metadata.labels.team']});
		expect(changedLines()).toEqual(['+  labels:', '+    team: front']);
		await bench.refresh();
		const removed = await carryOut('ConfigMap/settings');
		expect(removed.fields).toMatchObject([{path: 'data.mode', live: null, desired: 'calm'}]);
		expect(changedLines()).toEqual(['-data: {"mode":"calm"}', '+data: {}']);
		await settled(shop, removed.result!.commit);
	});

	test('a kustomization gets a patch file for what comes from elsewhere, and its own files are edited', async () => {
		await kubectl('patch', 'configmap/st-own', '-n', overlay, '-p', '{"data":{"a":"2"}}');
		await kubectl('scale', 'deployment/st-web', '--replicas=1', '-n', overlay);
		await drifted(overlay, 'ConfigMap/st-own', 'data.a');
		await drifted(overlay, 'Deployment/st-web', 'spec.replicas');
		const more = {application: overlay};
		const patched = await carryOut('Deployment/st-web', more);
		expect(patched.seen.files.map(({path: file, status}) => `${status} ${file}`)).toEqual([
			'added overlay/holdfast-deployment-web.yaml',
			'modified overlay/kustomization.yaml',
		]);
		expect([...patched.seen.untouched].sort()).toEqual([chart, healing, shop].sort());
		expect(changedLines()).toEqual([
			'+apiVersion: apps/v1',
			'+kind: Deployment',
			'+metadata:',
			'+  name: web',
			'+spec:',
			'+  replicas: 1',
			'+patches:',
			'+- path: holdfast-deployment-web.yaml',
			'+  target:',
			'+    group: apps',
			'+    kind: Deployment',
			'+    name: web',
		]);
		await eventually(async () => expect((await bench.status(overlay)).syncedRevision).toBe(patched.result!.commit));
		// The same file takes what comes later.
		await kubectl('scale', 'deployment/st-web', '--replicas=2', '-n', overlay);
		await drifted(overlay, 'Deployment/st-web', 'spec.replicas');
		const again = await carryOut('Deployment/st-web', more);
		expect(changedLines()).toEqual(['-  replicas: 1', '+  replicas: 2']);
		await eventually(async () => expect((await bench.status(overlay)).syncedRevision).toBe(again.result!.commit));
		await kubectl('patch', 'configmap/st-own', '-n', overlay, '-p', '{"data":{"a":"3"}}');
		await drifted(overlay, 'ConfigMap/st-own', 'data.a');
	});

	test('an image that a kustomization sets is set there', async () => {
		await kubectl('set', 'image', 'deployment/st-web', 'web=nginx:1.30', '-n', overlay);
		await drifted(overlay, 'Deployment/st-web', 'spec.template.spec.containers[name="web"].image');
		const {result} = await carryOut('Deployment/st-web', {application: overlay});
		expect(changedLines()).toEqual(['-  newTag: "1.28"', '+  newTag: "1.30"']);
		await eventually(async () => expect((await bench.status(overlay)).syncedRevision).toBe(result!.commit));
	});

	test('what cannot be adopted says why', async () => {
		const {git} = bench.remote;
		git('fetch', '--quiet');
		const head = git('rev-parse', 'origin/main');
		const made = (await kubectl('get', 'configmap', '-n', overlay, '-o', 'name')).match(/st-made-\w+/)![0];
		await kubectl('patch', `configmap/${made}`, '-n', overlay, '-p', '{"data":{"a":"2"}}');
		await drifted(overlay, `ConfigMap/${made}`, 'data.a');
		expect(await problemOf(preview(`ConfigMap/${made}`, {application: overlay}))).toMatchObject({
			code: 'AdoptRefused',
			message: expect.stringContaining('generated by overlay/kustomization.yaml'),
		});
		await kubectl('patch', 'configmap/settings', '-n', chart, '-p', '{"data":{"mode":"wild"}}');
		await drifted(chart, 'ConfigMap/settings', 'data.mode');
		expect(await problemOf(preview('ConfigMap/settings', {application: chart}))).toMatchObject({
			code: 'AdoptRefused',
			hint: 'It comes from the template chart/templates/settings.yaml: most likely from values.mode',
		});
		await kubectl('patch', 'secret/keys', '-n', shop, '-p', '{"stringData":{"key":"changed22"}}');
		await eventually(async () => expect((await bench.status(shop)).counts.drifted).toBeGreaterThan(0));
		const problem = await problemOf(preview('Secret/keys'));
		expect(problem).toMatchObject({code: 'AdoptRefused', message: expect.stringContaining('Secret')});
		expect(JSON.stringify(problem)).not.toMatch(/22/);
		expect(await problemOf(preview('Deployment/web'))).toMatchObject({code: 'DriftGone'});
		expect(await problemOf(preview('Deployment/none'))).toMatchObject({code: 'ObjectNotFound'});
		await kubectl('delete', 'deployment/web', '-n', shop);
		await drifted(shop, 'Deployment/web', '');
		expect(await problemOf(preview('Deployment/web'))).toMatchObject({
			code: 'AdoptRefused',
			message: expect.stringContaining('deleted'),
		});
		git('fetch', '--quiet');
		expect(git('rev-parse', 'origin/main')).toBe(head);
	});

	test('an edit under a hold stays when the hold is over, because Git says it by then', async () => {
		const web = {kind: 'Deployment', name: 'web'};
		const more = {application: healing};
		await kubectl('scale', 'deployment/web', '--replicas=3', '-n', healing);
		await eventually(async () => {
			expect(await kubectl('get', 'deployment/web', '-n', healing, '-o', 'jsonpath={.spec.replicas}')).toBe('0');
		});
		expect(await problemOf(preview('Deployment/web', more))).toMatchObject({code: 'DriftGone'});
		await bench.client.hold({
			applications: [healing],
			scope: {type: 'object', ...web},
			owner: 'ana@bastion-1',
			reason: 'incident',
			durationMilliseconds: 600_000,
			breakGlass: false,
			includesSync: false,
		});
		await kubectl('scale', 'deployment/web', '--replicas=1', '-n', healing);
		await kubectl('set', 'image', 'deployment/web', 'web=nginx:1.29', '-n', healing);
		await drifted(healing, 'Deployment/web', 'spec.replicas');
		await drifted(healing, 'Deployment/web', 'spec.template.spec.containers[name="web"].image');
		const {preview: part} = await preview('Deployment/web', {...more, paths: ['spec.replicas']});
		expect(part.effects[0]!.problems).toMatchObject([
			{code: 'OtherDriftPutBack', message: expect.stringContaining('containers[name="web"].image')},
		]);
		const {result} = await carryOut('Deployment/web', more);
		expect(changedLines()).toHaveLength(4);
		await bench.refresh(healing);
		await bench.client.resume({applications: [healing], holds: [], by: 'ana@bastion-1'});
		await settled(healing, result!.commit);
		expect(await kubectl('get', 'deployment/web', '-n', healing, '-o', 'jsonpath={.spec.replicas}')).toBe('1');
	});

	test('under a hold of the application too: adopted is no drift any more, and in sync while the hold goes on', async () => {
		const more = {application: healing};
		await bench.client.hold({
			applications: [healing],
			scope: {type: 'application'},
			owner: 'ana@bastion-1',
			reason: 'incident',
			durationMilliseconds: 600_000,
			breakGlass: false,
			includesSync: false,
		});
		await kubectl('scale', 'deployment/web', '--replicas=2', '-n', healing);
		await drifted(healing, 'Deployment/web', 'spec.replicas');
		const {result} = await carryOut('Deployment/web', more);
		await settled(healing, result!.commit);
		expect((await bench.status(healing)).holds).toHaveLength(1);
		expect(await kubectl('get', 'deployment/web', '-n', healing, '-o', 'jsonpath={.spec.replicas}')).toBe('2');
		await bench.client.resume({applications: [healing], holds: [], by: 'ana@bastion-1'});
	});

	test('nothing is pushed that nobody saw, and a branch of its own waits to be merged', async () => {
		const {git} = bench.remote;
		await kubectl('patch', 'configmap/st-own', '-n', overlay, '-p', '{"data":{"a":"4"}}');
		await drifted(overlay, 'ConfigMap/st-own', 'data.a');
		const more = {application: overlay, branch: 'adopt-it'};
		const seen = await preview('ConfigMap/st-own', more);
		await kubectl('patch', 'configmap/st-own', '-n', overlay, '-p', '{"data":{"a":"5"}}');
		const late = await bench.client.adopt(
			parameters('ConfigMap/st-own', {...more, dryRun: false, token: seen.preview.token}),
		);
		expect(late.problem).toMatchObject({code: 'PlanChanged'});
		const {result} = await carryOut('ConfigMap/st-own', more);
		expect(result).toMatchObject({type: 'offered', branch: 'adopt-it'});
		for (const step of result!.nextSteps) git(...step.split(' ').slice(1));
		writeFileSync(path.join(bench.directory, 'merged'), '');
		await bench.refresh();
		await eventually(async () => {
			const {drift, syncedRevision} = await bench.status(overlay);
			expect(syncedRevision).toBe(result!.commit);
			expect(drift.map(({object}) => object)).not.toContain('ConfigMap/st-own');
		});
		expect(git('show', 'HEAD:overlay/own.yaml')).toContain('  a: "5" # one\n');
	});
});
