import {difference, intersection, isEmpty, union} from '../../../source/engine/fields/fields.ts';
import type {FieldsV1, KubernetesObject} from '../../../source/model/object.ts';
import {apiVersionOf} from '../../../source/model/object.ts';
import type {KindSchema} from '../schema/type.ts';
import {type Comparison, compareTyped} from './compare.ts';
import type {Manager, Managers} from './managers.ts';
import {withoutMembersAt} from './reset-fields.ts';
import type {Versions} from './versions.ts';

/** What somebody else owns and the change would touch. */
export interface Taken {
	readonly manager: Manager;
	readonly fields: FieldsV1;
}

export interface TakeOver {
	/** What the change takes from others: conflicts unless it is forced. */
	readonly taken: readonly Taken[];
	/** The entries afterwards; the writer's own is left as it was. */
	readonly managers: Managers;
	readonly comparison: Comparison;
}

/**
 * How a change of an object by one writer changes what the others own: they lose every path that was added, modified or
 * removed. `isIgnored` says which paths a strategy resets: changes there are nobody's.
 */
export function takeOver(options: {
	readonly schema: KindSchema;
	readonly versions: Versions;
	readonly before: KubernetesObject | Readonly<Record<string, unknown>>;
	readonly after: KubernetesObject;
	readonly managers: Managers;
	/** Identity of the writer's entry. */
	readonly writer: string;
	readonly ignored: FieldsV1;
}): TakeOver {
	const {schema, versions, before, after, writer, ignored} = options;
	const comparisons = new Map<string, Comparison | null>();
	const comparisonAt = (apiVersion: string): Comparison | null => {
		const known = comparisons.get(apiVersion);
		if (known !== undefined) return known;
		const at = apiVersion === apiVersionOf(schema) ? schema : versions.schemaAt(apiVersion);
		const convert = (object: KubernetesObject | Readonly<Record<string, unknown>>): unknown =>
			at === schema || !('kind' in object) ? object : versions.convert(object as KubernetesObject, apiVersion);
		const comparison = at && withoutIgnored(compareTyped(at, convert(before), convert(after)), ignored);
		comparisons.set(apiVersion, comparison);
		return comparison;
	};
	const managers: Managers = new Map();
	const taken: Taken[] = [];
	for (const [identity, manager] of options.managers) {
		if (identity === writer) {
			managers.set(identity, manager);
			continue;
		}
		const comparison = comparisonAt(manager.apiVersion);
		if (!comparison) continue;
		const lost = intersection(manager.fields, union(comparison.modified, comparison.added));
		if (!isEmpty(lost)) taken.push({manager, fields: lost});
		const fields = difference(difference(manager.fields, lost), comparison.removed);
		if (!isEmpty(fields)) managers.set(identity, {...manager, fields});
	}
	return {taken, managers, comparison: comparisonAt(apiVersionOf(schema))!};
}

function withoutIgnored({added, modified, removed}: Comparison, ignored: FieldsV1): Comparison {
	if (isEmpty(ignored)) return {added, modified, removed};
	return {
		added: withoutMembersAt(added, ignored),
		modified: withoutMembersAt(modified, ignored),
		removed: withoutMembersAt(removed, ignored),
	};
}
