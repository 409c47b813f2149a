/** Which cluster this is, whatever its address. */
import {createHash} from 'node:crypto';
import type {KubernetesObject, ObjectRef} from '../model/object.ts';
import type {ClusterIdentity} from '../model/ports/cluster/cluster.ts';
import type {ObjectView} from '../model/ports/cluster/read.ts';
import {boundedText} from '../model/text.ts';
import {ApiError} from './api-error.ts';
import {textOf} from './kubeconfig-files.ts';
import type {Requester} from './requester.ts';
import {nothing} from './subject.ts';
import type {Timing} from './timing.ts';

export interface IdentityReader {
	/** Asked once, and again after `forget`. */
	read(): Promise<ClusterIdentity>;
	/** The API server may have been upgraded while it was away, or be another cluster's by now. */
	forget(): void;
}

const kubeSystem: ObjectRef = {group: '', version: 'v1', kind: 'Namespace', namespace: '', name: 'kube-system'};

export function createIdentityReader(parts: {
	readonly get: (ref: ObjectRef, view: ObjectView) => Promise<KubernetesObject | null>;
	readonly requester: Requester;
	readonly server: string;
	readonly timing: Timing;
}): IdentityReader {
	let uid: Promise<string> | null = null;
	let version: Promise<string> | null = null;

	const readUid = async (): Promise<string> => {
		try {
			const found = (await parts.get(kubeSystem, 'metadata'))?.metadata.uid;
			if (found) return found;
		} catch (error) {
			if (!(error instanceof ApiError) || error.code !== 'Forbidden') throw error;
		}
		// Who may not read it still tells clusters apart, by their address.
		return `server-${createHash('sha256').update(parts.server).digest('hex').slice(0, 32)}`;
	};
	const readVersion = async (): Promise<string> => {
		const document = await parts.requester.json({
			method: 'GET',
			path: '/version',
			accept: 'application/json',
			timeoutMilliseconds: parts.timing.readMilliseconds,
			subject: nothing,
			safety: 'repeatable',
			counts: 'reads',
		});
		return boundedText(textOf(document.gitVersion), 60);
	};

	return {
		async read() {
			uid ??= readUid();
			version ??= readVersion();
			const asked = [uid, version] as const;
			try {
				const [foundUid, foundVersion] = await Promise.all(asked);
				return {uid: foundUid, version: foundVersion};
			} catch (error) {
				if (uid === asked[0]) uid = null;
				if (version === asked[1]) version = null;
				throw error;
			}
		},
		forget() {
			uid = null;
			version = null;
		},
	};
}
