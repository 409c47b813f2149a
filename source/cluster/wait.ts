/** Waits until a CustomResourceDefinition that was just applied can be used. */
import {HoldfastError} from '../model/errors.ts';
import type {KubernetesObject, ObjectRef} from '../model/object.ts';
import type {Cluster} from '../model/ports/cluster/cluster.ts';
import {boundedText} from '../model/text.ts';
import {asList, asMap, textOf} from './kubeconfig-files.ts';
import {pause} from './pause.ts';

const firstPauseMilliseconds = 25;
const longestPauseMilliseconds = 500;

/**
 * Resolves when the CRD is Established, discovery lists its served versions and the API server answers for them: these
 * three come one after the other. Rejects with CustomResourceDefinitionRefused when its names are taken, NotEstablished
 * after the time given, Aborted.
 */
export async function waitEstablished(
	cluster: Cluster,
	ref: ObjectRef,
	timeoutMilliseconds: number,
	signal?: AbortSignal,
): Promise<void> {
	const deadline = performance.now() + timeoutMilliseconds;
	const object = boundedText(`${ref.kind}/${ref.name}`, 200);
	let reason = 'it was not found';
	let nextPause = firstPauseMilliseconds;
	for (;;) {
		if (signal?.aborted) throw new HoldfastError({code: 'Aborted', message: 'waiting was given up', object});
		const definition = await cluster.get(ref, 'object');
		if (definition) {
			const missing = isEstablished(definition, object) ? await findUnserved(cluster, definition) : null;
			if (missing === '') return;
			reason = missing === null ? 'it is not established' : `the API server does not serve ${missing} yet`;
		}
		if (performance.now() + nextPause > deadline) {
			throw new HoldfastError({
				code: 'NotEstablished',
				message: `${object} cannot be used after ${Math.round(timeoutMilliseconds / 1_000)} s: ${reason}`,
				hint: 'kubectl describe customresourcedefinition shows its conditions',
				object,
			});
		}
		await pause(nextPause, signal);
		nextPause = Math.min(nextPause * 2, longestPauseMilliseconds);
	}
}

function isEstablished(definition: KubernetesObject, object: string): boolean {
	const conditions = asList(asMap(definition.status).conditions);
	const refused = conditions.find(condition => condition.type === 'NamesAccepted' && condition.status === 'False');
	if (refused) {
		throw new HoldfastError({
			code: 'CustomResourceDefinitionRefused',
			message: `${object}: ${boundedText(textOf(refused.message) || textOf(refused.reason), 300)}`,
			hint: 'another CustomResourceDefinition has one of its names; kubectl api-resources shows which',
			object,
		});
	}
	return conditions.some(condition => condition.type === 'Established' && condition.status === 'True');
}

/** The first version that is not served yet; empty when all are. */
async function findUnserved(cluster: Cluster, definition: KubernetesObject): Promise<string> {
	const spec = asMap(definition.spec);
	const group = textOf(spec.group);
	const kind = textOf(asMap(spec.names).kind);
	const versions = asList(spec.versions).filter(version => version.served === true);
	for (const version of versions.map(served => textOf(served.name))) {
		if (!(await isServed(cluster, {group, version, kind}))) return boundedText(`${group}/${version} ${kind}`, 200);
	}
	return '';
}

/** Discovery may list a kind a moment before its handler is there, which then answers "404 page not found". */
async function isServed(cluster: Cluster, served: Pick<ObjectRef, 'group' | 'version' | 'kind'>): Promise<boolean> {
	let known = await cluster.kind(served.group, served.kind, served.version);
	if (!known) {
		cluster.invalidateDiscovery();
		known = await cluster.kind(served.group, served.kind, served.version);
		if (!known) return false;
	}
	try {
		// Nobody has to be there: being told so by the handler is the answer.
		await cluster.get({...served, namespace: known.isNamespaced ? 'default' : '', name: 'holdfast'}, 'metadata');
		return true;
	} catch (error) {
		if (error instanceof HoldfastError && error.code === 'KindNotServed') return false;
		if (error instanceof HoldfastError && error.code === 'Forbidden') return true;
		throw error;
	}
}
