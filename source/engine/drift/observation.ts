import {canonicalJson} from '../../model/json.ts';
import type {KubernetesObject} from '../../model/object.ts';
import {canonicalFields} from '../fields/canonical.ts';
import {readEntries} from '../fields/entries.ts';
import {statusSubresource} from './fingerprint.ts';

/**
 * Everything of a live object's metadata that an inspection rests on, as one text: while a drift stands open, events with
 * the same text (status writes) have nothing new to say and need no further look.
 */
export function observationOf(object: KubernetesObject): string {
	const {uid, generation, deletionTimestamp, labels, annotations} = object.metadata;
	const entries = readEntries(object)
		.filter(entry => entry.subresource !== statusSubresource)
		.map(
			entry =>
				`${entry.manager} ${entry.operation} ${entry.subresource} ${entry.time} ${canonicalFields(entry.fields)}`,
		);
	return [
		uid ?? '',
		generation ?? 0,
		deletionTimestamp ?? '',
		canonicalJson(labels ?? {}),
		canonicalJson(annotations ?? {}),
		...entries,
	].join('\n');
}
