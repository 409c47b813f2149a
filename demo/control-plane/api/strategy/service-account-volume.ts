interface Mounting {
	readonly volumes?: readonly {readonly name: string}[];
	readonly containers?: readonly {readonly volumeMounts?: readonly {readonly mountPath: string}[]}[];
	readonly initContainers?: readonly {readonly volumeMounts?: readonly {readonly mountPath: string}[]}[];
}

const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount';
const characters = 'bcdfghjklmnpqrstvwxz2456789';

/** A Pod's spec with the volume of its service account's token, mounted in every container that does not mount its own. */
export function serviceAccountVolume<T extends Mounting>(spec: T, seed: string): T {
	const name = `kube-api-access-${suffixFrom(seed)}`;
	const mount = <C extends NonNullable<Mounting['containers']>[number]>(container: C): C =>
		container.volumeMounts?.some(other => other.mountPath === mountPath)
			? container
			: {...container, volumeMounts: [...(container.volumeMounts ?? []), {name, readOnly: true, mountPath}]};
	const volume = {
		name,
		projected: {
			sources: [
				{serviceAccountToken: {expirationSeconds: 3607, path: 'token'}},
				{configMap: {name: 'kube-root-ca.crt', items: [{key: 'ca.crt', path: 'ca.crt'}]}},
				{
					downwardAPI: {
						items: [{path: 'namespace', fieldRef: {apiVersion: 'v1', fieldPath: 'metadata.namespace'}}],
					},
				},
			],
			defaultMode: 420,
		},
	};
	return {
		...spec,
		volumes: [...(spec.volumes ?? []), volume],
		...(spec.containers ? {containers: spec.containers.map(mount)} : {}),
		...(spec.initContainers ? {initContainers: spec.initContainers.map(mount)} : {}),
	};
}

/** Five characters as Kubernetes chooses them for names. */
export function suffixFrom(seed: string): string {
	let hash = 0x811c9dc5;
	let text = '';
	for (let round = 0; round < 5; round++) {
		for (const character of seed) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
		text += characters[hash % characters.length];
		hash = Math.imul(hash ^ round, 0x01000193) >>> 0;
	}
	return text;
}
