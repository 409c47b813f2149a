import type {FieldChange} from '../../model/drift.ts';
import {parseCanonical} from '../fields/canonical.ts';
import {type Entry, holdOf} from '../fields/entries.ts';
import {printPath} from '../fields/path.ts';
import {pathOf} from '../fields/step.ts';
import {findAdditions} from './additions.ts';
import {attributedTo, unattributed, type Window} from './attribution.ts';
import type {Teller} from './classify.ts';
import {findOwnedChanges, unseen} from './owned-changes.ts';
import {relevantAdditions, tellAll} from './report.ts';
import type {Scene} from './scene.ts';
import {driftOf, type Inspection} from './verdict.ts';

/**
 * Our Apply entry is gone. Either managedFields were wiped (`[{}]`), or another tool moved our entry into its own, or
 * every single path of ours was changed by somebody: the values tell these apart (engines.md f.6, rule 3).
 */
export function inspectWithoutEntry(scene: Scene, teller: () => Teller): Inspection {
	const owned = parseCanonical(scene.fingerprint.owned);
	const {changes, disowned, unread} = findOwnedChanges(scene, owned);
	if (unread && scene.view === 'metadata') {
		return {
			type: 'needs-object',
			why: `our entry in managedFields is gone, and ${printPath(pathOf(unread))} has no owner`,
		};
	}
	const isHeld = (elements: readonly string[]) => scene.foreign.some(entry => holdOf(entry.fields, elements) !== null);
	// Of a Secret nobody can see whether an unowned value is still there.
	const certain = changes.filter(change => change.value !== unseen || isHeld(change.elements));
	const isStripped = disowned.some(elements => !isHeld(elements)) || changes.length === 0;
	if (!isStripped && certain.length < changes.length) {
		return {type: 'needs-dry-run', why: 'our entry in managedFields is gone, and the values of a Secret are not read'};
	}
	const told = teller();
	const additions = relevantAdditions(scene, findAdditions(scene, owned));
	const fields = tellAll(told, {changes: certain, grown: [], additions});
	return driftOf(isStripped ? [tellStripped(scene, told.window, disowned), ...fields] : fields);
}

/** Who took our entry is known only when one manager now holds everything that was ours. */
function tellStripped(scene: Scene, window: Window, disowned: readonly (readonly string[])[]): FieldChange {
	const heirs: Entry[] = scene.foreign.filter(entry =>
		disowned.every(elements => holdOf(entry.fields, elements) !== null),
	);
	const [heir] = heirs;
	const by =
		heir && heirs.length === 1 && disowned.length > 0 ? attributedTo(heir, window, 'likely') : unattributed(window);
	return {path: '', class: 'metadata-stripped', ...by};
}
