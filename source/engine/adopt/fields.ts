import type {FieldChange} from '../../model/drift.ts';
import type {Problem} from '../../model/errors.ts';
import {type KubernetesObject, nameOf, type ObjectRef} from '../../model/object.ts';
import {isSecretKind, isSecretPath} from '../../model/redact.ts';
import {boundedText} from '../../model/text.ts';
import {isEqual} from '../fields/equal.ts';
import {lookup} from '../fields/lookup.ts';
import {managersOf} from '../fields/managers-of.ts';
import {parsePath, printPath} from '../fields/path.ts';
import {matchesText} from '../fields/pattern.ts';
import type {Path} from '../fields/step.ts';

/** One field of a live object that goes into Git as it is. */
export interface AdoptedField {
	/** Printed. */
	readonly path: string;
	readonly steps: Path;
	/** undefined: it was taken out. */
	readonly live: unknown;
	/** What Git says now; undefined: nothing. */
	readonly desired: unknown;
	readonly manager: string;
}

/** The drifted fields that are meant, with the values that they have now; or why they cannot become a commit. */
export function adoptedFields(input: {
	readonly ref: ObjectRef;
	readonly drifted: readonly FieldChange[];
	/** Printed paths, each with everything below it; empty: all that drifted. */
	readonly paths: readonly string[];
	/** null: gone. */
	readonly live: KubernetesObject | null;
	readonly desired: KubernetesObject;
}): readonly AdoptedField[] | Problem {
	const {ref, drifted, paths, live, desired} = input;
	const object = nameOf(ref);
	const refuse = (message: string, hint: string): Problem => ({code: 'AdoptRefused', message, hint, object});
	if (isSecretKind(ref)) {
		return refuse(
			`${object} is a Secret: its values would be written into Git in clear`,
			'Change it where your Secrets come from',
		);
	}
	const meant = paths.length === 0 ? drifted : drifted.filter(({path}) => paths.some(wish => isWithin(wish, path)));
	const byName = paths
		.filter(wish => !drifted.some(({path}) => isWithin(wish, path)))
		.map(wish => ({wish, field: namedField(wish, live, desired)}));
	const unmatched = byName.find(({field}) => field === null)?.wish;
	if (unmatched !== undefined && drifted.length > 0) {
		return {
			code: 'FieldNotDrifted',
			message: `${boundedText(unmatched, 200)} of ${object} is as Git says`,
			hint: `Drifted: ${drifted
				.slice(0, 5)
				.map(({path}) => path || 'the object itself')
				.join(', ')}`,
			object,
		};
	}
	if (!live || meant.some(field => field.class === 'deleted')) {
		return refuse(`${object} was deleted: there is no live value`, 'Remove it from Git with a commit, or sync it back');
	}
	const fields = meant.flatMap(({path, manager}): AdoptedField[] => {
		const steps = parsePath(path);
		if (!steps || steps.length === 0 || isSecretPath(ref, path)) return [];
		return [
			{path, steps, live: lookup(live, steps) ?? undefined, desired: lookup(desired, steps) ?? undefined, manager},
		];
	});
	if (fields.length < meant.length) {
		return refuse(
			`what changed on ${object} is not a field that Git could say`,
			'Name single fields with --field, or sync to put it back',
		);
	}
	const named = byName.flatMap(({field}) => field ?? []);
	const standing = [...fields, ...named].filter(field => !isEqual(field.live, field.desired));
	if (standing.length > 0) return standing;
	return {
		code: 'DriftGone',
		message: `${object} is as Git says: there is nothing to adopt`,
		hint: 'It was healed already; hold it before you change it by hand',
		object,
	};
}

/** A field that is no drift any more, because a sync accepted it, but that differs all the same: what somebody added. */
function namedField(path: string, live: KubernetesObject | null, desired: KubernetesObject): AdoptedField | null {
	const steps = parsePath(path);
	if (!live || !steps || steps.length === 0) return null;
	const value = lookup(live, steps) ?? undefined;
	const wanted = lookup(desired, steps) ?? undefined;
	// Maps and lists hold what the server, or others, put there as well.
	if (value === undefined || typeof value === 'object' || isEqual(value, wanted)) return null;
	const [manager = 'unknown'] = managersOf(live, steps);
	return {path: printPath(steps), steps, live: value, desired: wanted, manager};
}

function isWithin(wish: string, path: string): boolean {
	return matchesText(wish, path, {isPrefix: true});
}
