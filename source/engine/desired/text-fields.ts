import type {KubernetesObject, ObjectRef} from '../../model/object.ts';
import {safeText} from '../../model/text.ts';
import {containerLists, podTemplatePath} from './pod-templates.ts';
import {isMap, typeName, valueAt} from './tree.ts';

/**
 * Finds values that Kubernetes wants as text and that YAML read as something else: `"true"` or `"8080"` without quotes.
 * The API server answers them with an opaque 500 (cluster.md, case 36). Returns a sentence for the first one; values
 * are not quoted, they may be secret.
 */
export function findNonText(object: KubernetesObject, ref: ObjectRef): string | null {
	for (const path of textMaps(ref)) {
		const found = nonTextIn(valueAt(object, path), path);
		if (found) return found;
	}
	const template = podTemplatePath(ref);
	if (!template) return null;
	for (const list of containerLists) {
		const path = [...template, 'spec', list];
		const containers = valueAt(object, path);
		if (!Array.isArray(containers)) continue;
		for (const container of containers) {
			const found = nonTextInEnvironment(container, path);
			if (found) return found;
		}
	}
	return null;
}

const metadataMaps: readonly (readonly string[])[] = [
	['metadata', 'labels'],
	['metadata', 'annotations'],
];

function textMaps(ref: ObjectRef): (readonly string[])[] {
	const paths = [...metadataMaps];
	if (ref.group === '' && ref.kind === 'ConfigMap') paths.push(['data']);
	if (ref.group === '' && ref.kind === 'Service') paths.push(['spec', 'selector']);
	const template = podTemplatePath(ref);
	if (template) {
		for (const path of metadataMaps) paths.push([...template, ...path]);
		paths.push([...template, 'spec', 'nodeSelector'], ['spec', 'selector', 'matchLabels']);
	}
	return paths;
}

/** A null is an empty text to the API server; everything else but text is refused. */
function nonTextIn(map: unknown, path: readonly string[]): string | null {
	if (!isMap(map)) return null;
	for (const [key, value] of Object.entries(map)) {
		if (typeof value !== 'string' && value !== null) return sentence(`${path.join('.')}.${safeText(key)}`, value);
	}
	return null;
}

function nonTextInEnvironment(container: unknown, path: readonly string[]): string | null {
	const variables = isMap(container) ? container.env : undefined;
	if (!isMap(container) || !Array.isArray(variables)) return null;
	for (const variable of variables) {
		if (!isMap(variable)) continue;
		const {name, value} = variable;
		if (value === undefined || value === null || typeof value === 'string') continue;
		const place = `${path.join('.')}[name="${safeText(String(container.name))}"].env[name="${safeText(String(name))}"]`;
		return sentence(`${place}.value`, value);
	}
	return null;
}

function sentence(place: string, value: unknown): string {
	return `${place} is ${typeName(value)} and must be text; put the value in quotes`;
}
