import leven from 'leven';
import type {Problem} from '../../model/errors.ts';
import {groupKindOf, type ObjectKey, type ObjectRef} from '../../model/object.ts';
import {boundedText} from '../../model/text.ts';
import {compareText} from './order.ts';

interface Named {
	readonly ref: ObjectRef;
	readonly key: ObjectKey;
}

const shownNames = 3;
/** Longer words are not worth measuring, and the measure is quadratic. */
const longestWord = 200;

/**
 * Finds objects that a person named, as `Kind/name` or `Kind/namespace/name`; the kind in any case, and with its group
 * (`Deployment.apps/web`) where that is needed. A Problem: a name fits none of the objects, or several; the nearest, or
 * all of those, are in the hint.
 */
export function selectObjects(wanted: readonly string[], objects: readonly Named[]): ReadonlySet<ObjectKey> | Problem {
	const selected = new Set<ObjectKey>();
	for (const text of wanted) {
		const found = objects.filter(object => isMeant(text, object.ref));
		const [first, second] = found;
		if (!first) return unknownObject(text, objects);
		if (second) return ambiguousObject(text, found);
		selected.add(first.key);
	}
	return selected;
}

function isMeant(text: string, ref: ObjectRef): boolean {
	const parts = text.split('/');
	const kind = parts[0]?.toLowerCase();
	if (kind !== ref.kind.toLowerCase() && kind !== groupKindOf(ref).toLowerCase()) return false;
	// Names have no slash (RBAC allows colons), so the number of parts tells the spelling.
	if (parts.length === 2) return parts[1] === ref.name;
	return parts.length === 3 && parts[1] === ref.namespace && parts[2] === ref.name;
}

function unknownObject(text: string, objects: readonly Named[]): Problem {
	const shown = boundedText(text, 120);
	const near = [...new Set(objects.map(({ref}) => printFor(text, ref)))]
		.map(name => ({name, distance: distanceOf(text, name)}))
		.sort((a, b) => a.distance - b.distance || compareText(a.name, b.name))
		.slice(0, shownNames)
		.map(({name}) => name);
	return {
		code: 'ObjectNotFound',
		message: `no object of the application is called ${shown}`,
		hint: near.length > 0 ? `the nearest are ${near.join(', ')}` : 'the application renders no object',
		object: shown,
	};
}

function ambiguousObject(text: string, found: readonly Named[]): Problem {
	const shown = boundedText(text, 120);
	const names = found.map(({ref}) => `${groupKindOf(ref)}/${ref.namespace ? `${ref.namespace}/` : ''}${ref.name}`);
	return {
		code: 'ObjectAmbiguous',
		message: `${shown} fits ${found.length} objects`,
		hint: `name one of ${names.sort(compareText).join(', ')}`,
		object: shown,
	};
}

/** In the spelling that the person chose. */
function printFor(text: string, {kind, namespace, name}: ObjectRef): string {
	const isLong = text.split('/').length > 2 && namespace !== '';
	return isLong ? `${kind}/${namespace}/${name}` : `${kind}/${name}`;
}

function distanceOf(text: string, name: string): number {
	return leven(text.slice(0, longestWord).toLowerCase(), name.slice(0, longestWord).toLowerCase());
}
