import {parse} from 'yaml';
import {isMap} from '../fields/equal.ts';

/**
 * Everything that a kustomization says about the files, and the texts, that its Secrets are made of: what its generators
 * read, and patches whose target is, or could be, a Secret. Of one that cannot be read: all of it.
 */
export function secretInputs(kustomization: string): string[] {
	let content: unknown;
	try {
		content = parse(kustomization, {logLevel: 'error', uniqueKeys: false, merge: true});
	} catch {
		return [kustomization];
	}
	if (!isMap(content)) return [];
	const {secretGenerator, patches, patchesJson6902} = content;
	const targeted = [patches, patchesJson6902].flatMap(list => (Array.isArray(list) ? (list as unknown[]) : []));
	return textsOf([secretGenerator, targeted.filter(mayPatchSecret)]);
}

/** A patch without a target names its object itself; one of a target without a kind may meet any. */
function mayPatchSecret(patch: unknown): boolean {
	if (!isMap(patch) || !isMap(patch.target)) return false;
	const {kind} = patch.target;
	if (typeof kind !== 'string' || kind === '') return true;
	try {
		// As Kustomize takes it: a regular expression for the whole kind.
		return new RegExp(`^(?:${kind})$`).test('Secret');
	} catch {
		return true;
	}
}

function textsOf(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (Array.isArray(value)) return value.flatMap(textsOf);
	return isMap(value) ? Object.values(value).flatMap(textsOf) : [];
}
