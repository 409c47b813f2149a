import {isObjectId, isValidReferenceName} from './reference-name.ts';

/** What a remote offers, as `git ls-remote` tells. */
export interface RemoteReferences {
	/** Where HEAD points; null when it was not asked for, or points nowhere. `ref` is `HEAD` itself when detached. */
	readonly head: {readonly ref: string; readonly commit: string} | null;
	/** Commit by full name; annotated tags are peeled. */
	readonly references: ReadonlyMap<string, string>;
}

/** Parses the output of `git ls-remote --symref`. Names that git itself would not accept are left out. */
export function parseRemoteReferences(output: string): RemoteReferences {
	const references = new Map<string, string>();
	let headReference: string | null = null;
	let headCommit: string | null = null;
	for (const line of output.split('\n')) {
		const [value = '', name = ''] = line.split('\t');
		if (name === 'HEAD') {
			if (value.startsWith('ref: ')) headReference = value.slice('ref: '.length);
			else if (isObjectId(value)) headCommit = value;
			continue;
		}
		// `refs/tags/v1^{}` follows `refs/tags/v1` and names the commit behind the tag object.
		const peeled = name.endsWith('^{}') ? name.slice(0, -'^{}'.length) : name;
		if (isObjectId(value) && peeled.startsWith('refs/') && isValidReferenceName(peeled)) references.set(peeled, value);
	}
	const ref = headReference && isValidReferenceName(headReference) ? headReference : 'HEAD';
	return {head: headCommit ? {ref, commit: headCommit} : null, references};
}

/** Short names below a prefix such as `refs/heads/`. */
export function namesBelow(remote: RemoteReferences, prefix: string): string[] {
	return [...remote.references.keys()].filter(name => name.startsWith(prefix)).map(name => name.slice(prefix.length));
}
