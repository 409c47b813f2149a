import {parseFields} from '../../engine/fields/fields.ts';
import {leaves} from '../../engine/fields/leaves.ts';
import {printPath} from '../../engine/fields/path.ts';
import {parseJson} from '../../model/json.ts';
import {type KubernetesObject, keyOf, type ManagedFieldsEntry, type ObjectRef} from '../../model/object.ts';
import {boundedText, safeBlock, safeText} from '../../model/text.ts';
import type {ObjectDetails} from '../../protocol/messages/inspect.ts';
import type {ApplicationContext} from '../application/context.ts';
import {printObject} from '../application/print-object.ts';

/** An object may be a megabyte; a screen shows a part of it, and a message carries that. */
const maximumCharacters = 400_000;
const maximumPaths = 1_000;
const pathLimit = 300;

/** The object as it is, as Git wants it, and who set which of its fields. Redacted. */
export async function readObject(context: ApplicationContext, ref: ObjectRef): Promise<ObjectDetails> {
	const live = await context.session.cluster.get(ref, 'object');
	const desired = context.state.objects.get(keyOf(ref))?.desired;
	return {
		live: live ? block(printObject({...live, kind: ref.kind}, {hasStatus: true})) : null,
		desired: desired ? block(printObject(parseJson(desired.text) as KubernetesObject)) : null,
		managers: managersOf(live),
	};
}

function managersOf(live: KubernetesObject | null): ObjectDetails['managers'] {
	const entries: unknown = live?.metadata.managedFields;
	if (!Array.isArray(entries)) return [];
	return (entries as ManagedFieldsEntry[]).map(entry => {
		const time = Date.parse(entry.time ?? '');
		return {
			manager: boundedText(entry.manager || 'unknown', 128),
			operation: entry.operation === 'Apply' ? 'Apply' : 'Update',
			subresource: safeText(entry.subresource ?? ''),
			time: Number.isNaN(time) ? null : time,
			paths: leaves(parseFields(entry.fieldsV1))
				.slice(0, maximumPaths)
				.map(path => boundedText(printPath(path), pathLimit)),
		};
	});
}

function block(yaml: string): string {
	const text = safeBlock(yaml.slice(0, maximumCharacters));
	return yaml.length > maximumCharacters ? `${text}\n# … cut here: the object is larger than what is shown` : text;
}
