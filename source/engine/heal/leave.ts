import type {IgnoreDifference} from '../../model/application.ts';
import type {FieldsV1, KubernetesObject, ObjectRef} from '../../model/object.ts';
import {statusSubresource} from '../drift/fingerprint.ts';
import {ignoreMatcher, isSelected} from '../drift/ignore.ts';
import {type Entry, isApplyEntryOf, readEntries} from '../fields/entries.ts';
import {emptyFields, has} from '../fields/fields.ts';
import {walk} from '../fields/leaves.ts';
import {lookup} from '../fields/lookup.ts';
import {printPath} from '../fields/path.ts';
import {isKeyField} from '../fields/step.ts';

/** Whether any rule is about this object. */
export function hasIgnoreRules(rules: readonly IgnoreDifference[], ref: ObjectRef): boolean {
	return rules.some(rule => isSelected(rule, ref));
}

export interface LeaveInput {
	readonly live: KubernetesObject;
	readonly desired: KubernetesObject;
	readonly rules: readonly IgnoreDifference[];
	readonly ref: ObjectRef;
	/** Our field manager. */
	readonly manager: string;
}

/**
 * The printed paths of the desired object that an apply must leave alone: a rule ignores them, and another manager owns
 * them by now. As long as nobody else does, Git's value is written: something has to be there at the start.
 */
export function pathsToLeave({live, desired, rules, ref, manager}: LeaveInput): string[] {
	const matcher = ignoreMatcher(rules, ref);
	if (!matcher.hasRules) return [];
	const entries = readEntries(live);
	const own: FieldsV1 = entries.find(entry => isApplyEntryOf(entry, manager))?.fields ?? emptyFields;
	const isTheirs = (entry: Entry) => entry.manager !== manager && entry.subresource !== statusSubresource;
	const paths = new Set<string>();
	for (const entry of entries.filter(isTheirs)) {
		const isAll = matcher.isIgnoredManager(entry.manager);
		walk(entry.fields, ({path, isLeaf}) => {
			if (!isAll && !matcher.isIgnoredPath(path, live)) return undefined;
			if (lookup(desired, path) === undefined) return undefined;
			// An item that is wholly theirs is left as a whole; one that we share, field by field.
			const isWhole = path.at(-1)?.type === 'key' && !has(own, path);
			if (!isLeaf && !isWhole) return undefined;
			if (!isKeyField(path)) paths.add(printPath(path));
			return isWhole ? 'skip' : undefined;
		});
	}
	return [...paths];
}
