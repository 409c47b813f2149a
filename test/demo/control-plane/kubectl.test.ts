/** A real kubectl against the embedded control plane. Needs kubectl in KUBEBUILDER_ASSETS; skipped, loudly, without. */
import {execFile} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {env, stderr} from 'node:process';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type EmbeddedControlPlane, startControlPlane} from '../../../demo/control-plane/start.ts';
import {deploymentYaml, settingsYaml, widgetDefinition, widgetYaml} from './kubectl/manifests.ts';
import {rollOut} from './kubectl/roll-out.ts';

const program = env.KUBEBUILDER_ASSETS ? join(env.KUBEBUILDER_ASSETS, 'kubectl') : '';
const isThere = program !== '' && existsSync(program);
if (!isThere)
	stderr.write(
		'\n!!! No kubectl in KUBEBUILDER_ASSETS: TESTS OF KUBECTL ON THE EMBEDDED CONTROL PLANE ARE SKIPPED.\n\n',
	);

interface Result {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

describe.skipIf(!isThere)('kubectl on the embedded control plane', () => {
	let plane: EmbeddedControlPlane;
	let folder: string;

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'holdfast-kubectl-'));
		plane = await startControlPlane();
		plane.writeKubeconfig(join(folder, 'kubeconfig'));
	});

	afterAll(async () => {
		await plane.stop();
		rmSync(folder, {recursive: true, force: true});
	});

	const run = (args: readonly string[], {input = '', editor = ''} = {}): Promise<Result> =>
		new Promise(resolve => {
			const environment = {
				...env,
				KUBECONFIG: join(folder, 'kubeconfig'),
				KUBECACHEDIR: join(folder, 'cache'),
				...(editor ? {EDITOR: editor, KUBE_EDITOR: editor} : {}),
			};
			const child = execFile(program, args, {env: environment}, (error, stdout, errors) => {
				resolve({code: error ? Number(error.code ?? 1) : 0, stdout, stderr: errors});
			});
			child.stdin?.end(input);
		});
	const kubectl = async (args: readonly string[], options = {}): Promise<string> => {
		const {code, stdout, stderr: errors} = await run(args, options);
		expect(errors).toBe('');
		expect(code).toBe(0);
		return stdout;
	};
	const read = async (kind: string, name: string): Promise<Record<string, unknown>> =>
		JSON.parse(await kubectl(['get', kind, name, '-o', 'json', '--show-managed-fields']));

	test('version, api-resources and namespaces', async () => {
		// A kubectl some versions apart says so on standard error.
		expect((await run(['version'])).stdout).toMatch(/Server Version: v1\.36/);
		expect(await kubectl(['api-resources'])).toMatch(/deployments +deploy +apps\/v1 +true +Deployment/);
		expect(await kubectl(['get', 'namespaces'])).toMatch(/kube-system +Active/);
	});

	test('explain tells fields and their types', async () => {
		expect(await kubectl(['explain', 'deployment.spec.replicas'])).toMatch(/FIELD: replicas <integer>/);
		expect(await kubectl(['explain', 'configmap'])).toMatch(/data\s+<map\[string\]string>/);
	});

	test('client-side apply creates, changes nothing, changes something; diff says what would', async () => {
		expect(await kubectl(['apply', '-f', '-'], {input: deploymentYaml('web', 'nginx:1.27')})).toMatch(/web created/);
		expect(await kubectl(['apply', '-f', '-'], {input: deploymentYaml('web', 'nginx:1.27')})).toMatch(/web unchanged/);
		const diff = await run(['diff', '-f', '-'], {input: deploymentYaml('web', 'nginx:1.28')});
		expect(diff.code).toBe(1);
		expect(diff.stdout).toMatch(/^-.*nginx:1\.27\n\+.*nginx:1\.28$/m);
		expect(await kubectl(['apply', '-f', '-'], {input: deploymentYaml('web', 'nginx:1.28')})).toMatch(/web configured/);
		expect(await kubectl(['get', 'deployment', 'web', '-o', 'wide'])).toMatch(
			/web +0\/2 +0 +0 +\S+ +app +nginx:1\.28 +app=web/,
		);
	});

	test('server-side apply owns fields, and conflicts name the owner', async () => {
		await kubectl(['apply', '--server-side', '--field-manager', 'one', '-f', '-'], {input: settingsYaml('1')});
		const refused = await run(['apply', '--server-side', '--field-manager', 'two', '-f', '-'], {
			input: settingsYaml('2'),
		});
		expect(refused.code).toBe(1);
		expect(refused.stderr).toMatch(/conflict with "one": \.data\.mode/);
		await kubectl(['apply', '--server-side', '--force-conflicts', '--field-manager', 'two', '-f', '-'], {
			input: settingsYaml('2'),
		});
		expect(await read('configmap', 'settings')).toMatchObject({
			data: {mode: '2'},
			metadata: {managedFields: [{manager: 'two', operation: 'Apply', fieldsV1: {'f:data': {'f:mode': {}}}}]},
		});
	});

	test('scale, edit, set image, label and patch', async () => {
		expect(await kubectl(['scale', 'deployment', 'web', '--replicas', '3'])).toMatch(/web scaled/);
		expect(await kubectl(['set', 'image', 'deployment/web', 'app=nginx:1.29'])).toMatch(/image updated/);
		const editor = join(folder, 'editor');
		writeFileSync(editor, '#!/bin/sh\nexec sed -i "s/replicas: 3/replicas: 4/" "$1"\n', {mode: 0o700});
		expect(await kubectl(['edit', 'deployment', 'web'], {editor})).toMatch(/web edited/);
		expect(await kubectl(['label', 'deployment', 'web', 'team=shop'])).toMatch(/labeled/);
		const patch = '{"spec":{"template":{"spec":{"containers":[{"name":"app","args":["-v"]}]}}}}';
		expect(await kubectl(['patch', 'deployment', 'web', '-p', patch])).toMatch(/patched/);
		const {spec, metadata} = await read('deployment', 'web');
		expect(spec).toMatchObject({
			replicas: 4,
			template: {spec: {containers: [{name: 'app', image: 'nginx:1.29', args: ['-v']}]}},
		});
		const {labels, managedFields} = metadata as {labels: object; managedFields: {manager: string}[]};
		expect(labels).toMatchObject({team: 'shop'});
		expect(managedFields.map(({manager}) => manager)).toEqual(
			expect.arrayContaining(['kubectl-set', 'kubectl-edit', 'kubectl-label', 'kubectl-patch']),
		);
	});

	test('describe shows an object and its events', async () => {
		const {uid} = plane.client.get('Deployment.apps', 'default', 'web')?.metadata ?? {};
		plane.client.create(
			{
				apiVersion: 'v1',
				kind: 'Event',
				metadata: {name: 'web.1', namespace: 'default'},
				involvedObject: {kind: 'Deployment', namespace: 'default', name: 'web', uid, apiVersion: 'apps/v1'},
				reason: 'ScalingReplicaSet',
				message: 'Scaled up',
				type: 'Normal',
				firstTimestamp: '2026-01-01T00:00:00Z',
				lastTimestamp: '2026-01-01T00:00:00Z',
				count: 1,
			},
			{manager: 'test'},
		);
		const text = await kubectl(['describe', 'deployment', 'web']);
		expect(text).toMatch(/Replicas: +4 desired/);
		expect(text).toMatch(/Normal +ScalingReplicaSet/);
	});

	test('rollout status and wait end when the controllers are done', async () => {
		const status = kubectl(['rollout', 'status', 'deployment/web', '--timeout', '20s']);
		const waiting = kubectl(['wait', '--for=condition=Available', 'deployment/web', '--timeout', '20s']);
		rollOut(plane.client, 'default', 'web');
		expect(await status).toMatch(/successfully rolled out/);
		expect(await waiting).toMatch(/condition met/);
	});

	test('a CRD is served at once, with its columns', async () => {
		await kubectl(['apply', '-f', '-'], {input: widgetDefinition});
		await kubectl(['wait', '--for=condition=Established', 'crd/widgets.example.com', '--timeout', '20s']);
		await kubectl(['apply', '--server-side', '-f', '-'], {input: widgetYaml});
		expect(await kubectl(['get', 'widgets'])).toMatch(/NAME +SIZE\nwheel +7/);
		expect(await kubectl(['explain', 'widget.spec'])).toMatch(/size\s+<integer>/);
		await kubectl(['delete', 'crd', 'widgets.example.com']);
		expect((await run(['get', 'widgets'])).stderr).toMatch(
			/doesn't have a resource type "widgets"|could not find the requested resource/,
		);
	});

	test('delete waits until an object is gone; a namespace takes its content with it', async () => {
		expect(await kubectl(['delete', 'deployment', 'web'])).toMatch(/web" deleted/);
		expect((await run(['get', 'deployment', 'web'])).stderr).toMatch(/NotFound/);
		const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: short-lived}\n';
		await kubectl(['apply', '-f', '-'], {input: namespace});
		await kubectl(['apply', '-n', 'short-lived', '-f', '-'], {input: settingsYaml('1')});
		await kubectl(['delete', 'namespace', 'short-lived']);
		expect(plane.client.list('ConfigMap', 'short-lived')).toEqual([]);
	});

	test('strict validation refuses unknown fields in the words of the real server', async () => {
		const input = settingsYaml('1').replace('\ndata:', '\ndta:');
		const {code, stderr: errors} = await run(['create', '-f', '-'], {input});
		expect(code).toBe(1);
		expect(errors).toMatch(/strict decoding error: unknown field "dta"/);
	});
});
