import {describe, expect, it} from 'vitest';
import {valueAt} from '../../../source/engine/desired/tree.ts';
import {bodyOf, configMap, deployment, desire, desireOne} from './build.ts';

function secret(fields: Record<string, unknown>): Record<string, unknown> {
	return {apiVersion: 'v1', kind: 'Secret', metadata: {name: 's'}, ...fields};
}

describe('Secrets', () => {
	const folded: [string, Record<string, unknown>, unknown][] = [
		['stringData becomes base64', {stringData: {a: 'x'}}, {a: 'eA=='}],
		['stringData wins over data', {data: {a: 'eQ==', b: 'Yg=='}, stringData: {a: 'x'}}, {a: 'eA==', b: 'Yg=='}],
		['UTF-8 is kept', {stringData: {a: 'ż€😀'}}, {a: Buffer.from('ż€😀').toString('base64')}],
		['an empty text stays', {stringData: {a: ''}}, {a: ''}],
		['null is an empty text, as to kubectl', {data: {a: null}, stringData: {b: null}}, {a: '', b: ''}],
		['line ends in base64 are fine, as to Go', {data: {a: 'eHh4\neHh4\n'}}, {a: 'eHh4\neHh4\n'}],
		['empty data stays', {data: {}}, {}],
		['no data stays none', {stringData: {}}, undefined],
	];
	it.each(folded)('%s', (_title, fields, data) => {
		const body = bodyOf(desireOne(secret(fields)));
		expect(body.data).toEqual(data);
		expect(body).not.toHaveProperty('stringData');
	});

	it('give the same hash either way', () => {
		expect(desireOne(secret({stringData: {a: 'x'}})).desiredHash).toBe(
			desireOne(secret({data: {a: 'eA=='}})).desiredHash,
		);
	});

	it('take texts of many kilobytes', () => {
		const text = 'é'.repeat(50_000);
		expect(bodyOf(desireOne(secret({stringData: {a: text}}))).data).toEqual({a: Buffer.from(text).toString('base64')});
	});

	const canary = 'c4nary-hunter2';
	const refused: [string, Record<string, unknown>, string][] = [
		['plain text under data', {data: {password: canary}}, 'data.password is not base64'],
		['base64 without its padding', {data: {a: 'eA'}}, 'data.a is not base64'],
		['base64 of the other alphabet', {data: {a: '-_8='}}, 'data.a is not base64'],
		['a number', {stringData: {pin: 1234567}}, 'stringData.pin is a number'],
		['a boolean under data', {data: {on: true}}, 'data.on is a boolean'],
		['a map', {stringData: {a: {b: canary}}}, 'stringData.a is a map'],
		['data that is a list', {data: [canary]}, 'data is a list'],
	];
	it.each(refused)('refuse %s without showing it', (_title, fields, message) => {
		const {blocked, objects} = desire([secret(fields)]);
		expect(objects).toEqual([]);
		expect(blocked[0]?.problem).toMatchObject({code: 'InvalidSecret', object: 'Secret/s', line: 1});
		expect(blocked[0]?.problem.message).toContain(message);
		expect(JSON.stringify(blocked)).not.toMatch(/hunter2|1234567/);
	});
});

describe('port protocols', () => {
	const container = {name: 'web', ports: [{containerPort: 80}, {containerPort: 53, protocol: 'UDP'}]};
	const expected = [
		{containerPort: 80, protocol: 'TCP'},
		{containerPort: 53, protocol: 'UDP'},
	];
	const workloads: [string, Record<string, unknown>, string][] = [
		['a Deployment', deployment({containers: [container]}), 'spec.template.spec.containers'],
		['an init container', deployment({initContainers: [container]}), 'spec.template.spec.initContainers'],
		[
			'a Pod',
			{apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p'}, spec: {containers: [container]}},
			'spec.containers',
		],
		[
			'a CronJob',
			{
				apiVersion: 'batch/v1',
				kind: 'CronJob',
				metadata: {name: 'c'},
				spec: {jobTemplate: {spec: {template: {spec: {containers: [container]}}}}},
			},
			'spec.jobTemplate.spec.template.spec.containers',
		],
	];
	it.each(workloads)('are set in %s', (_title, object, path) => {
		expect(valueAt(bodyOf(desireOne(object)), path.split('.'))).toEqual([{name: 'web', ports: expected}]);
	});

	it('are set in a Service, but not in a kind of the same name of another group', () => {
		const service = {apiVersion: 'v1', kind: 'Service', metadata: {name: 's'}, spec: {ports: [{port: 80}]}};
		expect(bodyOf(desireOne(service)).spec).toEqual({ports: [{port: 80, protocol: 'TCP'}]});
		const knative = {...service, apiVersion: 'serving.knative.dev/v1'};
		expect(bodyOf(desireOne(knative)).spec).toEqual({ports: [{port: 80}]});
	});
});

describe('explicit nulls', () => {
	it('mean "not set" in built-in kinds, so that an autoscaler keeps its replicas', () => {
		const body = bodyOf(
			desireOne(
				deployment(
					{
						affinity: null,
						nodeSelector: {disk: null},
						volumes: [{name: 'v', emptyDir: null}],
						containers: [
							{name: 'web', image: 'x', args: null, resources: {limits: {cpu: null}}, env: [{name: 'A', value: null}]},
						],
					},
					{replicas: null, strategy: null, selector: {matchLabels: {app: 'web', tier: null}, matchExpressions: null}},
				),
			),
		);
		expect(body.spec).toEqual({
			selector: {matchLabels: {app: 'web', tier: ''}},
			template: {
				metadata: {labels: {app: 'web'}},
				spec: {
					nodeSelector: {disk: ''},
					volumes: [{name: 'v'}],
					containers: [{name: 'web', image: 'x', resources: {limits: {cpu: null}}, env: [{name: 'A'}]}],
				},
			},
		});
	});

	it('are empty texts in maps of texts, as to kubectl', () => {
		const body = bodyOf(
			desireOne(configMap('a', {metadata: {name: 'a', labels: {x: null}}, data: {A: null, b: 'null'}})),
		);
		expect(body.metadata.labels?.x).toBe('');
		expect(body.data).toEqual({A: '', b: 'null'});
		const service = {apiVersion: 'v1', kind: 'Service', metadata: {name: 's'}, spec: {selector: {a: 'b', c: null}}};
		expect(bodyOf(desireOne(service)).spec).toEqual({selector: {a: 'b', c: ''}});
	});

	it('stay in custom resources and in schemas, where they can mean something', () => {
		const scopeOf = () => 'namespaced' as const;
		const thing = {
			apiVersion: 'example.com/v1',
			kind: 'Thing',
			metadata: {name: 't', annotations: null},
			spec: {ref: null, list: [null]},
		};
		const body = bodyOf(desireOne(thing, {scopeOf}));
		expect(body.spec).toEqual({ref: null, list: [null]});
		expect(body.metadata).not.toHaveProperty('annotations');
		const schema = {type: 'object', properties: {a: {type: 'string', nullable: true, default: null}}};
		const definition = {
			apiVersion: 'apiextensions.k8s.io/v1',
			kind: 'CustomResourceDefinition',
			metadata: {name: 'c', creationTimestamp: null},
			spec: {versions: [{name: 'v1', schema: {openAPIV3Schema: schema}}]},
		};
		expect(bodyOf(desireOne(definition)).spec).toEqual(definition.spec);
	});

	it('stay as items of lists, for the server to refuse', () => {
		const body = bodyOf(desireOne(deployment({containers: [null]})));
		expect(JSON.stringify(body.spec)).toContain('"containers":[null]');
	});
});

describe('lists whose items have keys', () => {
	const cases: [string, unknown, string][] = [
		[
			'containers',
			deployment({containers: [{name: 'a'}, {name: 'a'}]}),
			'spec.template.spec.containers lists name="a" more than once',
		],
		[
			'variables',
			deployment({
				containers: [
					{
						name: 'web',
						env: [
							{name: 'A', value: '1'},
							{name: 'A', value: '2'},
						],
					},
				],
			}),
			'spec.template.spec.containers[name="web"].env lists name="A" more than once',
		],
		[
			'container ports, the protocol defaulted',
			deployment({containers: [{name: 'web', ports: [{containerPort: 80}, {containerPort: 80, protocol: 'TCP'}]}]}),
			'.ports lists containerPort=80,protocol="TCP" more than once',
		],
		[
			'mounts',
			deployment({
				containers: [
					{
						name: 'w',
						volumeMounts: [
							{name: 'a', mountPath: '/x'},
							{name: 'b', mountPath: '/x'},
						],
					},
				],
			}),
			'.volumeMounts lists mountPath="/x" more than once',
		],
		['volumes', deployment({volumes: [{name: 'v'}, {name: 'v'}]}), '.volumes lists name="v" more than once'],
		[
			'finalizers',
			configMap('a', {metadata: {name: 'a', finalizers: ['x/y', 'x/y']}}),
			'metadata.finalizers lists "x/y" more than once',
		],
		[
			'service ports',
			{apiVersion: 'v1', kind: 'Service', metadata: {name: 's'}, spec: {ports: [{port: 80}, {port: 80, name: 'b'}]}},
			'spec.ports lists port=80,protocol="TCP" more than once',
		],
		[
			'webhooks',
			{
				apiVersion: 'admissionregistration.k8s.io/v1',
				kind: 'MutatingWebhookConfiguration',
				metadata: {name: 'm'},
				webhooks: [{name: 'a.b.c'}, {name: 'a.b.c'}],
			},
			'webhooks lists name="a.b.c" more than once',
		],
	];
	it.each(cases)('%s: an item that stands twice is named', (_title, object, message) => {
		const {blocked, objects} = desire([object]);
		expect(objects).toEqual([]);
		expect(blocked[0]?.problem.code).toBe('DuplicateListItem');
		expect(blocked[0]?.problem.message).toContain(message);
	});

	it('may repeat a port under another protocol, and a name in another container', () => {
		const env = [{name: 'A', value: '1'}];
		const ports = [{containerPort: 53}, {containerPort: 53, protocol: 'UDP'}];
		expect(
			desire([
				deployment({
					containers: [
						{name: 'a', env, ports},
						{name: 'b', env, ports},
					],
				}),
			]).blocked,
		).toEqual([]);
	});
});

describe('certificate placeholders', () => {
	const real = Buffer.from('-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----').toString('base64');
	const definition = (caBundle: string) => ({
		apiVersion: 'apiextensions.k8s.io/v1',
		kind: 'CustomResourceDefinition',
		metadata: {name: 'c'},
		spec: {conversion: {webhook: {clientConfig: {service: {name: 's'}, caBundle}}}},
	});
	const webhooks = (caBundle: string) => ({
		apiVersion: 'admissionregistration.k8s.io/v1',
		kind: 'ValidatingWebhookConfiguration',
		metadata: {name: 'w'},
		webhooks: [{name: 'a.b.c', clientConfig: {service: {name: 's'}, caBundle}}],
	});
	it.each(['Cg==', '', 'not base64!', Buffer.from('placeholder').toString('base64')])('%j goes', caBundle => {
		expect(desireOne(definition(caBundle)).text).not.toContain('caBundle');
		expect(desireOne(webhooks(caBundle)).text).not.toContain('caBundle');
	});
	it('are told from real certificates', () => {
		expect(desireOne(definition(real)).text).toContain(real);
		expect(desireOne(webhooks(real)).text).toContain(real);
	});
});

describe('hostile shapes', () => {
	it.each([
		['spec is a text', {spec: 'x'}],
		['spec is a list', {spec: [1]}],
		['containers is a map', {spec: {template: {spec: {containers: {a: 1}}}}}],
		['containers hold nonsense', {spec: {template: {spec: {containers: [1, 'x', [], null, {ports: 'y', env: {}}]}}}}],
		['ports hold nonsense', {spec: {template: {spec: {containers: [{ports: [null, 1, {containerPort: {}}]}]}}}}],
		['metadata holds nonsense', {metadata: {name: 'web', finalizers: 'x', ownerReferences: {a: 1}}}],
	])('%s: one object, no exception', (_title, fields) => {
		const {objects} = desire([{apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'web'}, ...fields}]);
		expect(objects).toHaveLength(1);
	});
});
