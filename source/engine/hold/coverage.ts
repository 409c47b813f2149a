import type {FieldChange} from '../../model/drift.ts';
import type {HeldObject, Hold, HoldScope} from '../../model/hold.ts';
import type {ObjectRef} from '../../model/object.ts';
import {guessPlural} from '../desired/not-served.ts';
import {matchesText} from '../fields/pattern.ts';
import {isDefinition, isNamespace} from '../plan/protected-kinds.ts';

/** Whether the object is the one that is meant. */
export function isHeldObject(held: HeldObject, ref: Pick<ObjectRef, 'group' | 'kind' | 'namespace' | 'name'>): boolean {
	return (
		held.kind === ref.kind &&
		held.name === ref.name &&
		(held.group === undefined || held.group === ref.group) &&
		(held.namespace === undefined || held.namespace === ref.namespace)
	);
}

/**
 * The hold that keeps a change from being put back; null: none does. A held field holds what lies below it, and what lies
 * above it too: putting that back would write the held field along. The object itself (deleted, recreated) is held only
 * with the whole object.
 */
export function holdOn(holds: readonly Hold[], ref: ObjectRef, field: Pick<FieldChange, 'path'>): Hold | null {
	return holds.find(({scope}) => covers(scope, ref, field.path)) ?? null;
}

/** What holds say of one object that a sync is about to write. */
export type ObjectHold =
	| {readonly type: 'free'}
	/** The whole object is left alone. */
	| {readonly type: 'whole'; readonly hold: Hold}
	/** Everything but these printed paths may be written. */
	| {readonly type: 'fields'; readonly hold: Hold; readonly paths: readonly string[]};

/**
 * `drifted` are the object's fields that stand drifted now: a hold of the whole application leaves those as they are, and
 * lets syncs write the rest.
 */
export function holdOnObject(
	holds: readonly Hold[],
	ref: ObjectRef,
	drifted: readonly Pick<FieldChange, 'path' | 'class'>[],
): ObjectHold {
	const about = holds.filter(({scope}) => scope.type === 'application' || isHeldObject(scope, ref));
	const whole = about.find(({scope}) => scope.type === 'object');
	if (whole) return {type: 'whole', hold: whole};
	const all = about.find(({scope}) => scope.type === 'application');
	if (all && drifted.some(({path}) => path === '')) return {type: 'whole', hold: all};
	const paths = new Set(about.flatMap(({scope}) => (scope.type === 'field' ? [scope.path] : [])));
	if (all) {
		// What others added is not touched by an apply: there is nothing to leave out.
		for (const field of drifted) if (field.class !== 'foreign-addition') paths.add(field.path);
	}
	const hold = about.find(({scope}) => scope.type === 'field') ?? all;
	return hold && paths.size > 0 ? {type: 'fields', hold, paths: [...paths]} : {type: 'free'};
}

/** The hold that keeps an object from being deleted: of itself, or of something that would go with it; null: none does. */
export function holdOnDeletion(holds: readonly Hold[], ref: ObjectRef): Hold | null {
	return holds.find(({scope}) => scope.type === 'object' && (isHeldObject(scope, ref) || contains(ref, scope))) ?? null;
}

/** A Namespace and a definition take their contents along; where a hold leaves a part out, it may be meant. */
function contains(container: ObjectRef, held: HeldObject): boolean {
	if (isNamespace(container)) return (held.namespace ?? container.name) === container.name;
	if (!isDefinition(container)) return false;
	const plural = guessPlural(held.kind);
	return held.group === undefined
		? container.name.startsWith(`${plural}.`)
		: container.name === `${plural}.${held.group}`;
}

function covers(scope: HoldScope, ref: ObjectRef, path: string): boolean {
	if (scope.type === 'application') return true;
	if (!isHeldObject(scope, ref)) return false;
	if (scope.type === 'object') return true;
	if (path === '') return false;
	return matchesText(scope.path, path, {isPrefix: true}) || matchesText(path, scope.path, {isPrefix: true});
}
