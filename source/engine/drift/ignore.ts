import type {IgnoreDifference, ObjectSelector} from '../../model/application.ts';
import type {FieldChange} from '../../model/drift.ts';
import type {ObjectRef} from '../../model/object.ts';
import {parsePath} from '../fields/path.ts';
import {matches, type Pattern, parsePattern} from '../fields/pattern.ts';
import {coversPath, parsePointer} from '../fields/pointer.ts';
import type {Path} from '../fields/step.ts';
import {matchesGlob} from './glob.ts';

/** Whether the object is meant; absent parts of a selector mean every one, the others may be globs. */
export function isSelected(selector: ObjectSelector, ref: ObjectRef): boolean {
	return (
		(selector.group === undefined || matchesGlob(selector.group, ref.group)) &&
		(selector.kind === undefined || matchesGlob(selector.kind, ref.kind)) &&
		(selector.namespace === undefined || matchesGlob(selector.namespace, ref.namespace)) &&
		(selector.name === undefined || matchesGlob(selector.name, ref.name))
	);
}

/** What an application's rules ignore of one object, read once. */
export interface IgnoreMatcher {
	/** Whether any rule is about this object at all. */
	readonly hasRules: boolean;
	/**
	 * Whether the path is ignored whoever owns it. Pointers and patterns cover what lies below them too. A number in a
	 * pointer is a position in the given object's list; without an object it means any item.
	 */
	isIgnoredPath(path: Path, object?: unknown): boolean;
	/** Whether everything this field manager owns is ignored. */
	isIgnoredManager(manager: string): boolean;
}

export function ignoreMatcher(rules: readonly IgnoreDifference[], ref: ObjectRef): IgnoreMatcher {
	const selected = rules.filter(rule => isSelected(rule, ref));
	const pointers = selected
		.flatMap(rule => rule.jsonPointers)
		.map(pointer => parsePointer(pointer))
		.filter((tokens): tokens is string[] => tokens !== null && tokens.length > 0);
	const patterns = selected
		.flatMap(rule => rule.paths)
		.map(text => parsePattern(text))
		.filter((pattern): pattern is Pattern => pattern !== null && (pattern.isDeep || pattern.steps.length > 0));
	const managers = selected.flatMap(rule => rule.managers);
	return {
		hasRules: selected.length > 0,
		isIgnoredPath: (path, object) =>
			path.length > 0 &&
			(pointers.some(tokens => coversPath(tokens, path, object)) ||
				patterns.some(pattern => matches(pattern, path, {isPrefix: true}))),
		isIgnoredManager: manager => managers.some(glob => matchesGlob(glob, manager)),
	};
}

/**
 * Parts changes into those that matter and those that the rules tell us to leave (Argo CD's ignoreDifferences). The
 * object itself (deleted, recreated, stripped) is never ignored. Give the live object when rules use positions of lists.
 */
export function splitIgnored(
	fields: readonly FieldChange[],
	rules: readonly IgnoreDifference[],
	ref: ObjectRef,
	object?: unknown,
): {relevant: FieldChange[]; ignored: FieldChange[]} {
	const matcher = ignoreMatcher(rules, ref);
	const relevant: FieldChange[] = [];
	const ignored: FieldChange[] = [];
	for (const field of fields) {
		const path = parsePath(field.path);
		const isKnown = field.evidence === 'managedFields' || field.evidence === 'conflict';
		const isIgnored =
			matcher.hasRules &&
			field.path !== '' &&
			((path !== null && matcher.isIgnoredPath(path, object)) || (isKnown && matcher.isIgnoredManager(field.manager)));
		(isIgnored ? ignored : relevant).push(field);
	}
	return {relevant, ignored};
}
