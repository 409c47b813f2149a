import {createHash} from 'node:crypto';
import {describe, expect, it} from 'vitest';
import {
	applySetId,
	type InventoryRecord,
	inventoryLimitBytes,
	inventoryName,
	readInventory,
	writeInventory,
} from '../../../source/engine/inventory/record.ts';
import {HoldfastError} from '../../../source/model/errors.ts';
import type {KubernetesObject, ObjectRef} from '../../../source/model/object.ts';
import type {InventoryEntry} from '../../../source/model/plan.ts';

const uid = '0d8f6f3a-5d0b-4e5c-9f2e-3f6d1c2b4a59';

function object(text: string): ObjectRef {
	const [group = '', version = '', kind = '', namespace = '', name = ''] = text.split('|');
	return {group, version, kind, namespace, name};
}

const entries: InventoryEntry[] = [
	{ref: object('apps|v1|Deployment|prod|web'), uid},
	{ref: object('|v1|ConfigMap|prod|settings'), uid: ''},
	{ref: object('|v1|ConfigMap|other|settings'), uid: 'ffffffff-ffff-ffff-ffff-ffffffffffff'},
	{ref: object('rbac.authorization.k8s.io|v1|ClusterRole||system:a b'), uid: '00000000-0000-0000-0000-000000000000'},
	{ref: object('rbac.authorization.k8s.io|v1|ClusterRole||__proto__'), uid: 'not-a-uuid'},
	{ref: object('rbac.authorization.k8s.io|v1|ClusterRole||constructor'), uid: 'AAAAAAAAAAAAAAAAAAAAAA'},
];

const record: InventoryRecord = {
	application: 'shop',
	namespace: 'prod',
	applySetId: 'applyset-x-v1',
	fieldManager: 'holdfast-1a2b3c',
	entries,
	holds: [],
	children: [],
	parent: {cluster: uid, namespace: 'argocd', name: 'root', declaration: 'd3cl'},
	leaving: {hooksRun: ['PreDelete']},
	hooks: 'h4sh',
	syncedRevision: 'abc123',
	syncedAt: Date.parse('2026-06-01T12:00:00.500Z'),
	source: {repoURL: 'https://git.example.com/shop.git', path: 'k8s'},
	extraData: {},
	extraLabels: {},
	extraAnnotations: {},
};

/** As the API server would give it back. */
function travelled(configMap: KubernetesObject): KubernetesObject {
	return JSON.parse(JSON.stringify(configMap)) as KubernetesObject;
}

function byText(list: readonly InventoryEntry[]): string[] {
	return list.map(entry => JSON.stringify(entry)).sort();
}

function read(configMap: KubernetesObject): InventoryRecord {
	const result = readInventory(configMap);
	if ('code' in result) throw new Error(result.message);
	return result;
}

describe('the set', () => {
	it('has the id that kubectl computes', () => {
		const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');
		// From kubectl 1.36.3, which refuses a parent with another value for this name and namespace.
		const expected = 'applyset-HdcTRRGQxuG3XAVNY5mL-WD3lMSeQcpBxzYVks8N0fE-v1';
		expect(applySetId(inventoryName('shop'), 'nx', sha256)).toBe(expected);
		const padded = (text: string) => `${sha256(text)}=`;
		expect(applySetId(inventoryName('shop'), 'nx', padded)).toBe(expected);
	});

	it('has the keys of shipped kubectl', () => {
		const {metadata} = writeInventory(record);
		expect(metadata.name).toBe('holdfast-shop');
		expect(metadata.namespace).toBe('prod');
		expect(metadata.labels).toEqual({
			'applyset.kubernetes.io/id': 'applyset-x-v1',
			'app.kubernetes.io/managed-by': 'holdfast',
		});
		expect(metadata.annotations).toEqual({
			'applyset.kubernetes.io/tooling': 'holdfast/0.1.0',
			'applyset.kubernetes.io/contains-group-kinds': 'ClusterRole.rbac.authorization.k8s.io,ConfigMap,Deployment.apps',
			'applyset.kubernetes.io/additional-namespaces': 'other',
		});
	});
});

describe('writing and reading', () => {
	it('gives back what went in', () => {
		const result = read(travelled(writeInventory(record)));
		expect(byText(result.entries)).toEqual(byText(entries));
		expect({...result, entries: []}).toEqual({...record, entries: []});
	});

	it('gives the same text whatever order the entries are in', () => {
		const reversed = {...record, entries: [...entries].reverse()};
		expect(writeInventory(reversed)).toEqual(writeInventory(record));
	});

	it('keeps what it does not know, and the version it was read at', () => {
		const configMap = travelled(writeInventory(record));
		configMap.metadata.resourceVersion = '77';
		configMap.metadata.uid = uid;
		configMap.metadata.labels = {...configMap.metadata.labels, team: 'a'};
		configMap.metadata.annotations = {...configMap.metadata.annotations, note: 'b'};
		(configMap.data as Record<string, string>).future = '[]';
		const written = writeInventory(read(configMap));
		expect(written).toEqual(configMap);
	});

	it('works before anything was synced', () => {
		const fresh = {...record, entries: [], syncedAt: null, syncedRevision: null};
		const configMap = writeInventory(fresh);
		expect(configMap.data).not.toHaveProperty('syncedAt');
		expect(read(configMap)).toEqual(fresh);
	});

	it.each([Number.NaN, Number.POSITIVE_INFINITY, 9e15])('writes no time that is none (%d)', syncedAt => {
		expect(read(writeInventory({...record, syncedAt})).syncedAt).toBeNull();
	});

	const addresses = [
		['https://git.example.com/a.git', 'https://git.example.com/a.git'],
		['https://ana:c4nary@git.example.com/a.git', 'https://git.example.com/a.git'],
		['https://c4nary@git.example.com/a.git', 'https://git.example.com/a.git'],
		['https://ana:c4n@ry@git.example.com/a.git', 'https://git.example.com/a.git'],
		['https://git.example.com/a.git?private_token=c4nary#c4nary', 'https://git.example.com/a.git'],
		['ssh://git:c4nary@git.example.com:22/a.git', 'ssh://git@git.example.com:22/a.git'],
		['git@git.example.com:team/a.git', 'git@git.example.com:team/a.git'],
		['/srv/git/a.git', '/srv/git/a.git'],
		['file:///srv/git/a.git', 'file:///srv/git/a.git'],
	];
	it.each(addresses)('writes no secret of %s', (repoURL, stored) => {
		const configMap = writeInventory({...record, source: {repoURL, path: ''}});
		expect(configMap.data).toHaveProperty('repoURL', stored);
		expect(JSON.stringify(configMap)).not.toMatch(/c4n@?ary/);
	});
});

describe('what is mangled in it', () => {
	const readWith = (data: Record<string, string>): InventoryRecord => {
		const configMap = travelled(writeInventory(record));
		return read({...configMap, data: {...(configMap.data as object), ...data}} as KubernetesObject);
	};

	it.each([
		'',
		'root',
		'null',
		'[]',
		'{"name": "root"}',
		'{"cluster": 1, "namespace": "a", "name": "b", "declaration": "c"}',
	])('a parent that is %j lets nobody delete the application', text =>
		expect(readWith({parent: text}).parent).toBeNull(),
	);

	it.each(['', 'yes', 'null', '[]', '{"hooksRun": "PreDelete"}', '{"hooksRun": [1, null]}'])(
		'one that is leaving by %j still leaves, and its hooks may run once more',
		text => expect(readWith({leaving: text}).leaving).toEqual({hooksRun: []}),
	);
});

describe('size', () => {
	const many = (count: number, prefix: string): InventoryEntry[] =>
		Array.from({length: count}, (_, index) => ({
			ref: object(`|v1|ConfigMap|prod|${prefix}${String(index).padStart(6, '0')}`),
			uid: `${String(index).padStart(8, '0')}-5d0b-4e5c-9f2e-3f6d1c2b4a59`,
		}));

	it('holds twenty thousand objects with short names', () => {
		const configMap = writeInventory({...record, entries: many(20_000, 'cm-')});
		expect(read(configMap).entries).toHaveLength(20_000);
	});

	it('refuses more than fits, and says how many fit', () => {
		const prefix = 'a-name-of-some-length-'.repeat(4);
		let problem: unknown;
		try {
			writeInventory({...record, entries: many(20_000, prefix)});
		} catch (error) {
			problem = error instanceof HoldfastError ? error.problem : error;
		}
		expect(problem).toMatchObject({code: 'InventoryTooLarge', hint: 'Split it into several applications'});
		const fits = Number(/holds about (\d+)/.exec((problem as {message: string}).message)?.[1]);
		expect(fits).toBeGreaterThan(5_000);
		const {data} = writeInventory({...record, entries: many(fits, prefix)});
		expect((data as {inventory: string}).inventory.length).toBeLessThanOrEqual(inventoryLimitBytes);
	});

	it('refuses more namespaces than annotations hold', () => {
		const scattered = Array.from({length: 6_000}, (_, index) => ({
			ref: object(`|v1|Secret|namespace-with-a-rather-long-name-${index}|a`),
			uid: '',
		}));
		expect(() => writeInventory({...record, entries: scattered})).toThrow(/inventory holds about/);
	});
});

describe('reading what somebody changed', () => {
	const changed = (change: (data: Record<string, string>, configMap: KubernetesObject) => void): KubernetesObject => {
		const configMap = travelled(writeInventory(record));
		change(configMap.data as Record<string, string>, configMap);
		return configMap;
	};
	const inventory = (value: unknown) =>
		changed(data => Object.assign(data, {inventory: typeof value === 'string' ? value : JSON.stringify(value)}));
	const kinds = (objects: unknown) => inventory({version: 1, objects});

	const unreadable: [string, KubernetesObject][] = [
		['no data', changed((_data, configMap) => delete configMap.data)],
		['data of another type', changed((_data, configMap) => Object.assign(configMap, {data: 'x'}))],
		['no inventory', changed(data => delete data.inventory)],
		['no application', changed(data => delete data.application)],
		['another application', changed(data => Object.assign(data, {application: 'other'}))],
		['no field manager', changed(data => delete data.fieldManager)],
		['a field manager with a line end', changed(data => Object.assign(data, {fieldManager: 'a\nb'}))],
		['empty text', inventory('')],
		['no JSON', inventory('{')],
		['a list', inventory([])],
		['null', inventory('null')],
		['another version', inventory({version: 2, objects: {}})],
		['no objects', inventory({version: 1})],
		['objects that are a list', kinds([])],
		['a kind without a version', kinds({ConfigMap: {}})],
		['a kind that is a path', kinds({'v1/../ConfigMap': {}})],
		['namespaces that are a list', kinds({'v1/ConfigMap': []})],
		['a namespace that is a path', kinds({'v1/ConfigMap': {'../x': []}})],
		['a namespace that never ends', kinds({'v1/ConfigMap': {['x'.repeat(64)]: []}})],
		['names that are no list', kinds({'v1/ConfigMap': {a: {}}})],
		['a name that is a number', kinds({'v1/ConfigMap': {a: [7]}})],
		['a name without its uid', kinds({'v1/ConfigMap': {a: ['settings']}})],
		['a uid without its name', kinds({'v1/ConfigMap': {a: [' AAAAAAAAAAAAAAAAAAAAAA']}})],
		['a uid that is none', kinds({'v1/ConfigMap': {a: ['settings xyz']}})],
		['a name that is a path', kinds({'v1/ConfigMap': {a: ['../b ']}})],
		['a name with an escape code', kinds({'v1/ConfigMap': {a: ['a\u001b[2J ']}})],
		['the same object twice', kinds({'v1/ConfigMap': {a: ['b ', 'b ']}})],
		['the same object at two versions', kinds({'v1/ConfigMap': {a: ['b ']}, 'v2/ConfigMap': {a: ['b ']}})],
	];
	it.each(unreadable)('%s: a problem, never half an inventory', (_title, configMap) => {
		expect(readInventory(configMap)).toMatchObject({
			code: 'InventoryUnreadable',
			object: 'ConfigMap/prod/holdfast-shop',
		});
	});

	const foreign: [string, KubernetesObject][] = [
		['no annotations', changed((_data, configMap) => delete configMap.metadata.annotations)],
		[
			"kubectl's own set",
			changed((_data, {metadata}) =>
				Object.assign(metadata, {annotations: {'applyset.kubernetes.io/tooling': 'kubectl/v1.36'}}),
			),
		],
		[
			'an ordinary ConfigMap',
			{apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'holdfast-shop', namespace: 'prod'}},
		],
	];
	it.each(foreign)('%s: not ours', (_title, configMap) => {
		expect(readInventory(configMap)).toMatchObject({code: 'InventoryForeign'});
	});

	it('a stripped label is not fatal', () => {
		const configMap = changed((_data, {metadata}) => Object.assign(metadata, {labels: undefined}));
		expect(read(configMap).applySetId).toBe('');
	});

	it('a mangled time is only forgotten', () => {
		const configMap = changed(data => Object.assign(data, {syncedAt: 'yesterday'}));
		expect(read(configMap).syncedAt).toBeNull();
	});
});
