/** What the recorder did without writing it down: before a case, before a step, or while a watch was open. */
import {setTimeout as sleep} from 'node:timers/promises';
import type {EmbeddedControlPlane} from '../../../../demo/control-plane/start.ts';
import type {KubernetesObject} from '../../../../source/model/object.ts';
import type {Mapping} from './mapping.ts';
import {send} from './send.ts';

export interface Recorder {
	readonly plane: EmbeddedControlPlane;
	readonly mapping: Mapping;
	apply(path: string, object: object, manager?: string): Promise<void>;
	/** A merge patch. */
	patch(path: string, patch: object): Promise<void>;
	remove(path: string): Promise<void>;
	/** The resourceVersion of a list of all ConfigMaps. */
	version(): Promise<string>;
}

export function createRecorder(plane: EmbeddedControlPlane, mapping: Mapping, token: string): Recorder {
	const request = async (
		method: string,
		path: string,
		body?: object,
		type = 'application/apply-patch+yaml',
	): Promise<unknown> => {
		const headers = {
			authorization: `Bearer ${token}`,
			'user-agent': 'recorder/1.0',
			...(body ? {'content-type': type} : {}),
		};
		const response = await send(plane, {method, path, headers, ...(body ? {body: JSON.stringify(body)} : {})});
		if (response.code >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(response.body)}`);
		return response.body;
	};
	return {
		plane,
		mapping,
		async apply(path, object, manager = 'm') {
			await request('PATCH', `${path}?fieldManager=${manager}&force=true`, object);
		},
		async patch(path, patch) {
			await request('PATCH', `${path}?fieldManager=m`, patch, 'application/merge-patch+json');
		},
		async remove(path) {
			await request('DELETE', path);
		},
		async version() {
			const list = (await request('GET', '/api/v1/configmaps?limit=1')) as KubernetesObject;
			return list.metadata.resourceVersion ?? '';
		},
	};
}

const configMaps = '/api/v1/namespaces/fx/configmaps';

function configMap(name: string, labels: Record<string, string>, data: Record<string, string>): KubernetesObject {
	return {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, namespace: 'fx', labels}, data};
}

const applyMap = (
	{apply}: Recorder,
	name: string,
	labels: Record<string, string>,
	data: Record<string, string>,
): Promise<void> => apply(`${configMaps}/${name}`, configMap(name, labels, data));

export function namespace({plane}: Recorder, name: string): void {
	plane.client.create(
		{apiVersion: 'v1', kind: 'Namespace', metadata: {name, labels: {'kubernetes.io/metadata.name': name}}},
		{manager: 'recorder'},
	);
}

function conditionsOf({client}: EmbeddedControlPlane, name: string): readonly unknown[] {
	const {conditions = []} = (client.get('Namespace', '', name)?.status ?? {}) as {conditions?: readonly unknown[]};
	return conditions;
}

async function until(isSo: () => boolean): Promise<void> {
	for (let tried = 0; tried < 200 && !isSo(); tried++) await sleep(25);
}

type Setup = (recorder: Recorder) => Promise<void>;

/** Before a step, by `case/step`; the case by its number. */
export const before: Readonly<Record<string, Setup>> = {
	async '45/1'(recorder) {
		for (let index = 0; index < 6; index++) {
			await applyMap(recorder, `dc-${index}`, {grp: 'dc', odd: String(index % 2)}, {i: String(index)});
		}
	},
	async '46/1'(recorder) {
		namespace(recorder, 'fx-term');
	},
	async '47/5'({apply}) {
		await apply('/apis/rbac.authorization.k8s.io/v1/namespaces/fx/roles/patcher', {
			apiVersion: 'rbac.authorization.k8s.io/v1',
			kind: 'Role',
			metadata: {name: 'patcher', namespace: 'fx'},
			rules: [{apiGroups: [''], resources: ['configmaps'], verbs: ['patch', 'get']}],
		});
		await apply('/apis/rbac.authorization.k8s.io/v1/namespaces/fx/rolebindings/patcher', {
			apiVersion: 'rbac.authorization.k8s.io/v1',
			kind: 'RoleBinding',
			metadata: {name: 'patcher', namespace: 'fx'},
			roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'patcher'},
			subjects: [{apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'alice'}],
		});
	},
	async '48/1'(recorder) {
		for (let index = 0; index < 12; index++) {
			const name = `pg-${String(index).padStart(2, '0')}`;
			await applyMap(recorder, name, {grp: 'pg', tier: index % 3 === 0 ? 'b' : 'a'}, {i: String(index)});
		}
	},
	async '33/1'({remove}) {
		// Rules in CEL are not run: what the real server refused is there.
		await remove('/apis/fx.example.com/v1/namespaces/fx/typeds/v');
	},
	async '46/6'({plane}) {
		await until(() => conditionsOf(plane, 'fx-term').length > 0);
	},
	async '46/9'({plane}) {
		await until(() => plane.client.get('Namespace', '', 'fx-term') === null);
	},
	async '52/1'(recorder) {
		recorder.mapping.set('882', await recorder.version());
	},
	async '53/1'(recorder) {
		for (let index = 0; index < 3; index++) await applyMap(recorder, `wl${index}`, {wl: '1'}, {i: String(index)});
	},
	async '61/1'({remove}) {
		// Nor are policies enforced.
		await remove(`${configMaps}/vap`);
	},
	async '67/1'(recorder) {
		const version = await recorder.version();
		for (const recorded of ['1078', '990']) recorder.mapping.set(recorded, version);
		await applyMap(recorder, 'gone', {}, {a: '1'});
		await recorder.remove(`${configMaps}/gone`);
		recorder.plane.forgetHistory();
	},
};

/** While a watch is open. */
export const during: Readonly<Record<string, Setup>> = {
	async '51/2'(recorder) {
		await applyMap(recorder, 'w1', {w: '1'}, {a: '1'});
		await applyMap(recorder, 'w1', {w: '1'}, {a: '2'});
		await recorder.remove(`${configMaps}/w1`);
	},
	async '52/1'(recorder) {
		await applyMap(recorder, 'w1', {w: '1'}, {a: '1'});
		await applyMap(recorder, 'w1', {w: '2'}, {a: '2'});
		await applyMap(recorder, 'w1', {w: '1'}, {a: '3'});
		await recorder.remove(`${configMaps}/w1`);
	},
	async '55/1'(recorder) {
		await recorder.patch(`${configMaps}/wl0`, {data: {z: '1'}});
	},
};
