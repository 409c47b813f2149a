import type {KubernetesObject} from '../../model/object.ts';
import {isMap} from '../fields/equal.ts';
import {lookup} from '../fields/lookup.ts';
import {printPath} from '../fields/path.ts';
import {fieldStep, keyStep, type Path} from '../fields/step.ts';
import type {YamlEdit} from './edit-yaml.ts';

/** A kustomization as it is written. */
export type KustomizationFields = Readonly<Record<string, unknown>>;

export interface ByTransformers {
	/** Of the kustomization itself. */
	readonly edits: readonly YamlEdit[];
	/** Edits of the object that it has no field for. */
	readonly rest: readonly YamlEdit[];
}

/**
 * Edits that a kustomization makes by its own `images` and `replicas`: where these speak of the object, they are the place to
 * change, and a patch would have no effect. `name`: the object's, before prefix and suffix.
 */
export function byTransformers(
	fields: KustomizationFields,
	object: {readonly desired: KubernetesObject; readonly name: string},
	edits: readonly YamlEdit[],
): ByTransformers {
	const own: YamlEdit[] = [];
	const rest: YamlEdit[] = [];
	for (const edit of edits) {
		const found = imageEdits(fields, object.desired, edit) ?? replicaEdits(fields, object.name, edit);
		if (found) own.push(...found);
		else rest.push(edit);
	}
	return {edits: own, rest};
}

function imageEdits(
	fields: KustomizationFields,
	desired: KubernetesObject,
	{path, value}: YamlEdit,
): YamlEdit[] | null {
	const last = path.at(-1);
	const current = lookup(desired, path);
	if (last?.type !== 'field' || last.name !== 'image' || typeof value !== 'string' || typeof current !== 'string')
		return null;
	const [before, wanted] = [splitImage(current), splitImage(value)];
	const entry = entriesOf(fields.images).find(({name, newName}) => (newName ?? name) === before.name);
	if (!entry) return null;
	const at = (field: string): Path => [fieldStep('images'), keyStep({name: entry.name}), fieldStep(field)];
	return [
		...(wanted.name === before.name ? [] : [{path: at('newName'), value: wanted.name}]),
		// Only one of the two has a meaning at a time.
		{path: at('newTag'), value: wanted.digest === undefined ? (wanted.tag ?? 'latest') : undefined},
		{path: at('digest'), value: wanted.digest},
	];
}

function replicaEdits(fields: KustomizationFields, name: string, {path, value}: YamlEdit): YamlEdit[] | null {
	if (printPath(path) !== 'spec.replicas' || typeof value !== 'number') return null;
	const entry = entriesOf(fields.replicas).find(item => item.name === name);
	if (!entry) return null;
	return [{path: [fieldStep('replicas'), keyStep({name}), fieldStep('count')], value}];
}

function entriesOf(list: unknown): Readonly<Record<string, unknown>>[] {
	return Array.isArray(list) ? list.filter(isMap) : [];
}

/** `registry:5000/team/app:1.2@sha256:…` into its parts. */
export function splitImage(image: string): {name: string; tag?: string; digest?: string} {
	const [reference = '', digest] = image.split('@');
	const colon = reference.indexOf(':', reference.lastIndexOf('/') + 1);
	const name = colon < 0 ? reference : reference.slice(0, colon);
	return {
		name,
		...(colon < 0 ? {} : {tag: reference.slice(colon + 1)}),
		...(digest === undefined ? {} : {digest}),
	};
}
