import {identityOf} from './foreign-name.ts';
import {withoutDots} from './names.ts';
import type {SortedDocument} from './sort-documents.ts';

/** Names of every application that the documents declare, also of those that cannot be read. */
export function declaredNames(sorted: readonly SortedDocument[]): Set<string> {
	const names = new Set<string>();
	for (const {kind, document} of sorted) {
		if (kind === 'configuration') {
			const {applications} = document.value as {applications?: unknown};
			if (!Array.isArray(applications)) continue;
			for (const application of applications) {
				const name = (application as {name?: unknown} | null)?.name;
				if (typeof name === 'string') names.add(name);
			}
		} else if (kind !== 'argo-project' && kind !== 'flux-git-repository') {
			names.add(withoutDots(identityOf(document.value).name));
		}
	}
	return names;
}
