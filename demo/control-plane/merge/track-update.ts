import {difference, isEmpty, union} from '../../../source/engine/fields/fields.ts';
import {
	apiVersionOf,
	type FieldsV1,
	type KubernetesObject,
	type ManagedFieldsEntry,
} from '../../../source/model/object.ts';
import {blankStructure} from '../schema/read-structure.ts';
import type {KindSchema} from '../schema/type.ts';
import {capUpdateManagers} from './cap-managers.ts';
import {
	decodeManagers,
	identityOf,
	type Manager,
	type Managers,
	managersOfObject,
	printTime,
	withManagers,
	withoutManagers,
} from './managers.ts';
import {resetFieldsOf, untracked, withoutMembersAt} from './reset-fields.ts';
import {takeOver} from './take-over.ts';
import {singleVersion, type Versions} from './versions.ts';

export interface TrackUpdate {
	readonly schema: KindSchema;
	/** The stored object; null when it is being created. */
	readonly before: KubernetesObject | null;
	/** What is to be stored, defaults filled in, before the strategy sets back what the endpoint cannot change. */
	readonly after: KubernetesObject;
	readonly manager: string;
	readonly subresource?: string;
	/** Epoch milliseconds. */
	readonly now: number;
	/** Whether the kind has a status that only its subresource writes; by default it does when the schema has a status. */
	readonly hasStatusSubresource?: boolean;
	readonly versions?: Versions;
}

/**
 * The object with managedFields brought up to date after a create, an update or a patch (anything but an apply): the
 * writer gains what it added or changed, everybody else loses that and what was removed. Entries that the request brings
 * along replace the stored ones; `[{}]` or an empty list wipes them.
 */
export function trackUpdate(options: TrackUpdate): KubernetesObject {
	const {before, after, subresource = ''} = options;
	const given = subresource ? managersOfObject(before) : managersGiven(before, after);
	// An object that lost its entries is tracked again only by the first apply.
	if (before && given.size === 0) return withoutManagers(after);
	return withManagers(after, capUpdateManagers(updateManagers(options, given)));
}

/** The entries that a request means: its own, or the stored ones when it has none that can be read. */
function managersGiven(before: KubernetesObject | null, after: KubernetesObject): Managers {
	const {managedFields} = after.metadata;
	if (isReset(managedFields)) return new Map();
	const decoded = decodeManagers(managedFields);
	return decoded && decoded.size > 0 ? decoded : managersOfObject(before);
}

function isReset(entries: readonly ManagedFieldsEntry[] | undefined): boolean {
	if (!Array.isArray(entries)) return false;
	return entries.length === 0 || (entries.length === 1 && Object.keys(entries[0]!).length === 0);
}

/** The entries after an update, whatever there was before. */
export function updateManagers(options: TrackUpdate, given: Managers): Managers {
	const {schema, before, after, manager, subresource = '', now} = options;
	const ignored = resetFieldsOf(
		schema,
		subresource,
		options.hasStatusSubresource ?? schema.root.map?.fields.has('status') ?? false,
	);
	const writer: Omit<Manager, 'time' | 'fields'> = {
		manager: manager || 'unknown',
		operation: 'Update',
		subresource,
		apiVersion: apiVersionOf(schema),
	};
	const {managers, comparison} = takeOver({
		schema,
		versions: options.versions ?? singleVersion(schema),
		before: before ? withoutManagers(before) : blankStructure(schema),
		after: withoutManagers(after),
		managers: given,
		// Also from its own earlier entry the writer takes, so that only a real change gives it a new time.
		writer: '',
		ignored,
	});
	const gained = difference(withoutMembersAt(union(comparison.modified, comparison.added), ignored), untracked);
	if (isEmpty(gained)) return managers;
	const identity = identityOf(writer);
	const fields: FieldsV1 = union(gained, managers.get(identity)?.fields ?? {});
	return new Map(managers).set(identity, {...writer, time: printTime(now), fields});
}
