import {stringify} from 'yaml';
import type {KubernetesObject} from '../../model/object.ts';
import {redactObject} from '../../model/redact.ts';

/** YAML for people: redacted, without the server's bookkeeping; with `hasStatus`, what controllers say of it too. */
export function printObject(object: KubernetesObject, options: {readonly hasStatus?: boolean} = {}): string {
	const shown = redactObject(object);
	const {
		uid: _uid,
		resourceVersion: _version,
		generation: _generation,
		creationTimestamp: _created,
		...metadata
	} = shown.metadata;
	const {status, apiVersion, kind, ...rest} = shown;
	const ordered = {
		apiVersion,
		kind,
		...rest,
		metadata,
		...(options.hasStatus && status !== undefined ? {status} : {}),
	};
	return stringify(ordered, {lineWidth: 0, aliasDuplicateObjects: false});
}
