import type {FieldChange} from '../../model/drift.ts';
import type {KubernetesObject} from '../../model/object.ts';
import {type Entry, readEntries} from '../fields/entries.ts';
import {attributedTo, unattributed, type Window} from './attribution.ts';
import {statusSubresource} from './fingerprint.ts';

/** The object is gone. Nothing is left that could say who did it; the watch says by when. */
export function tellDeleted(window: Window): FieldChange {
	return {path: '', class: 'deleted', ...unattributed(window, 'watch')};
}

/**
 * Another object stands under the name. Who deleted ours is not recorded; whoever made the new one often is: the only
 * writer so far, or the only one whose entry is as old as the object.
 */
export function tellRecreated(observed: KubernetesObject, window: Window): FieldChange {
	const creator = creatorOf(observed);
	const by = creator ? attributedTo(creator, window, 'likely') : unattributed(window, 'watch');
	const created = Date.parse(observed.metadata.creationTimestamp ?? '');
	const notAfter = Number.isNaN(created) ? by.notAfter : Math.min(window.seenAt, created + 999);
	return {path: '', class: 'recreated', ...by, notAfter: Math.max(by.notBefore, notAfter)};
}

function creatorOf(object: KubernetesObject): Entry | null {
	const writers = readEntries(object).filter(entry => entry.subresource !== statusSubresource);
	if (writers.length === 1) return writers[0]!;
	const first = writers.filter(entry => entry.time === object.metadata.creationTimestamp && entry.subresource === '');
	return first.length === 1 ? first[0]! : null;
}
