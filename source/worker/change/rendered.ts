import type {Problem} from '../../model/errors.ts';
import {keyOf, type ObjectKey} from '../../model/object.ts';
import type {GitTree} from '../../model/ports/git/tree.ts';
import type {ApplicationContext} from '../application/context.ts';
import {renderTree} from '../application/source.ts';
import {blankOf} from './shadow.ts';

/** What a commit makes of one application: a hash of each object, hooks and objects that cannot be written included. */
export type RenderedObjects =
	| {readonly ok: true; readonly objects: ReadonlyMap<ObjectKey, string>}
	| {readonly ok: false; readonly problems: readonly Problem[]};

/** Renders a tree beside the application's own state. */
export async function renderObjects(context: ApplicationContext, tree: GitTree): Promise<RenderedObjects> {
	const blank = blankOf(context);
	const outcome = await renderTree(blank, tree);
	if (outcome.type === 'failed') return {ok: false, problems: outcome.problems};
	const {state} = blank;
	const objects = new Map<ObjectKey, string>();
	for (const {key, desired} of state.objects.values()) if (desired) objects.set(key, desired.desiredHash);
	for (const [key, {desired}] of state.children) objects.set(key, desired.desiredHash);
	for (const hook of state.hooks) objects.set(`hook ${hook.key}`, hook.desiredHash);
	for (const {ref, problem} of state.blocked) objects.set(keyOf(ref), `blocked: ${problem.message}`);
	return {ok: true, objects};
}

export interface ObjectChanges {
	readonly created: readonly ObjectKey[];
	readonly changed: readonly ObjectKey[];
	readonly deleted: readonly ObjectKey[];
}

export function compareRendered(
	before: ReadonlyMap<ObjectKey, string>,
	after: ReadonlyMap<ObjectKey, string>,
): ObjectChanges {
	return {
		created: [...after.keys()].filter(key => !before.has(key)),
		changed: [...after].filter(([key, hash]) => before.has(key) && before.get(key) !== hash).map(([key]) => key),
		deleted: [...before.keys()].filter(key => !after.has(key)),
	};
}
