import type {KubernetesObject} from './object.ts';

/**
 * Redaction happens where data enters the model. A Secret's values are never shown, stored or logged: not in diffs, not in
 * events, not in API error texts (argo-cd CVE-2025-23216, CVE-2026-42880), and not through the annotation in which
 * kubectl keeps a copy of the whole object (CVE-2023-40029).
 */
export const redacted = '(redacted)';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Whether the values below this kind are secret. */
export function isSecretKind(ref: {group: string; kind: string}): boolean {
	return ref.kind === 'Secret' && ref.group === '';
}

/** Whether a printed path of this kind leads to a secret value. */
export function isSecretPath(ref: {group: string; kind: string}, path: string): boolean {
	if (path.includes(lastApplied)) return true;
	return isSecretKind(ref) && /^(data|stringData)(\.|\[|$)/.test(path);
}

/** A copy that may be shown: Secret values and the last-applied copy are masked, managedFields left out. */
export function redactObject(object: KubernetesObject): KubernetesObject {
	const {managedFields: _managedFields, ...metadata} = object.metadata;
	const copy: KubernetesObject = {...object, metadata};
	if (metadata.annotations && lastApplied in metadata.annotations) {
		metadata.annotations = {...metadata.annotations, [lastApplied]: redacted};
	}
	if (isSecretKind({group: object.apiVersion === 'v1' ? '' : object.apiVersion, kind: object.kind})) {
		for (const field of ['data', 'stringData'] as const) {
			const values = copy[field];
			if (values && typeof values === 'object') {
				copy[field] = Object.fromEntries(Object.keys(values).map(key => [key, redacted]));
			}
		}
	}
	return copy;
}

/**
 * API error texts quote the value that was refused. For Secrets every quoted part and every long base64-like run is
 * masked; which field was wrong stays readable.
 */
export function redactMessage(ref: {group: string; kind: string}, message: string): string {
	if (!isSecretKind(ref)) return message;
	return message.replace(/"(?:[^"\\]|\\.)*"/g, `"${redacted}"`).replace(/\b[A-Za-z0-9+/]{16,}={0,2}/g, redacted);
}
