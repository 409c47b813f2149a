import type {Problem} from '../model/errors.ts';
import type {KubernetesObject, Manifest, ManifestOrigin} from '../model/object.ts';
import {boundedText} from '../model/text.ts';
import {isMap} from './is-map.ts';

type Fields = Record<string, unknown>;

/** What one YAML document holds: one object, or those of a list. */
export interface DocumentContent {
	readonly manifests: readonly Manifest[];
	readonly problems: readonly Problem[];
}

/** Lists may hold lists; nobody nests them deeper. */
const deepestList = 8;

const apiVersionPattern = /^(?:[a-zA-Z0-9](?:[-a-zA-Z0-9.]*[a-zA-Z0-9])?\/)?[a-zA-Z0-9]+$/;
const kindPattern = /^[A-Za-z][-A-Za-z0-9]*$/;
const namespacePattern = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
/** Names become a segment of a URL path; kinds are free to be stricter. */
const namePattern = /^(?!\.{1,2}$)[^/%\s\u0000-\u001f\u007f]{1,253}$/u;

/** Whether a document claims to be a Kubernetes object at all. */
export function looksLikeManifest(value: unknown): boolean {
	return isMap(value) && ('apiVersion' in value || 'kind' in value);
}

/** Objects of one document, lists unwrapped, each with the shape that the model promises. */
export function readManifests(value: unknown, origin: ManifestOrigin): DocumentContent {
	const manifests: Manifest[] = [];
	const problems: Problem[] = [];
	collect(value, '', 0);
	return {manifests, problems};

	function collect(candidate: unknown, place: string, depth: number): void {
		const items = isMap(candidate) ? listItems(candidate) : null;
		if (items && depth < deepestList) {
			items.forEach((item, index) => {
				collect(item, `${place}items[${index}].`, depth + 1);
			});
			return;
		}
		const complaint = complainAbout(candidate, place);
		if (complaint) problems.push({...complaint, ...placeOf(origin)});
		else manifests.push({object: withoutEmptyMetadata(candidate as KubernetesObject), origin});
	}
}

/** Items of a `List` or `ConfigMapList`; kubectl fills in their type from the list's. null for everything else. */
function listItems(object: Fields): readonly unknown[] | null {
	const {kind, apiVersion, items} = object;
	if (typeof kind !== 'string' || !kind.endsWith('List')) return null;
	if (kind === 'List' && (items === null || items === undefined)) return [];
	if (!Array.isArray(items)) return null;
	const itemKind = kind.slice(0, -'List'.length);
	if (itemKind === '') return items;
	return items.map(item =>
		isMap(item) && item.kind === undefined && item.apiVersion === undefined
			? {apiVersion, kind: itemKind, ...item}
			: item,
	);
}

function complainAbout(object: unknown, place: string): Problem | null {
	if (!isMap(object)) return invalid(`${place || 'the document '}is ${article(object)}, not a Kubernetes object`);
	const {apiVersion, kind, metadata} = object;
	if (apiVersion === undefined && kind === undefined) {
		return {
			code: 'NotKubernetes',
			message: `${place ? `${place.slice(0, -1)} has` : 'the document has'} neither apiVersion nor kind`,
			hint: 'Exclude the file from the application (directory.exclude), move it away, or mark it with the comment # +argocd:skip-file-rendering',
		};
	}
	if (typeof apiVersion !== 'string' || !apiVersionPattern.test(apiVersion)) {
		return invalid(`${place}apiVersion ${describe(apiVersion, 'group/version')}`);
	}
	if (typeof kind !== 'string' || !kindPattern.test(kind)) return invalid(`${place}kind ${describe(kind, 'a kind')}`);
	const printed = printedName(kind, metadata);
	if ('sops' in object && isMap(object.sops) && 'mac' in object.sops) {
		return {
			code: 'SopsEncrypted',
			message: 'the object is encrypted with SOPS, which is not supported',
			object: printed,
			hint: 'Use SealedSecrets or ExternalSecrets, or exclude the file',
		};
	}
	if (!isMap(metadata)) return {...invalid(`${place}metadata ${describe(metadata, 'a map')}`), object: printed};
	const complaint = complainAboutMetadata(metadata, `${place}metadata.`);
	return complaint && {...complaint, object: printed};
}

function complainAboutMetadata(metadata: Fields, place: string): Problem | null {
	const {name, generateName, namespace} = metadata;
	const hasName = name !== undefined && name !== null && name !== '';
	const named = hasName || generateName === undefined ? name : generateName;
	if (typeof named !== 'string' || !namePattern.test(named)) {
		return invalid(`${place}name ${describe(named, 'a name')}`, typeof named === 'number' ? inQuotes : undefined);
	}
	const hasNamespace = namespace !== undefined && namespace !== null && namespace !== '';
	if (hasNamespace && (typeof namespace !== 'string' || !namespacePattern.test(namespace))) {
		return invalid(`${place}namespace ${describe(namespace, 'a namespace')}`);
	}
	for (const field of ['labels', 'annotations'] as const) {
		const values = metadata[field];
		if (values === undefined || values === null) continue;
		if (!isMap(values)) return invalid(`${place}${field} ${describe(values, 'a map')}`);
		for (const [key, value] of Object.entries(values)) {
			if (typeof value === 'string' || value === null) continue;
			return invalid(`${place}${field}.${boundedText(key, 80)} is ${article(value)}, not a text`, inQuotes);
		}
	}
	return null;
}

/** Empty spellings say nothing to the API server, and the model knows only present maps of text. */
function withoutEmptyMetadata(object: KubernetesObject): KubernetesObject {
	const metadata: Fields = {...object.metadata};
	for (const field of ['labels', 'annotations', 'namespace', 'generateName']) {
		if (metadata[field] === null || metadata[field] === '') delete metadata[field];
	}
	if (metadata.name === null || metadata.name === undefined) metadata.name = '';
	return {...object, metadata: metadata as KubernetesObject['metadata']};
}

/** More objects than one application may hold. */
export function tooManyObjects(count: number, limit: number): Problem {
	const hint = 'Split it into several applications';
	return {code: 'ApplicationTooLarge', message: `the application has ${count} objects, more than ${limit}`, hint};
}

function placeOf(origin: ManifestOrigin): {file: string; line?: number} {
	return origin.line === undefined ? {file: origin.file} : {file: origin.file, line: origin.line};
}

const inQuotes = 'Put it in quotes';

function invalid(message: string, hint?: string): Problem {
	return hint === undefined ? {code: 'ManifestInvalid', message} : {code: 'ManifestInvalid', message, hint};
}

function describe(value: unknown, wanted: string): string {
	if (value === undefined || value === null || value === '') return 'is missing';
	if (typeof value === 'string') return `is not ${wanted}: ${boundedText(value, 80)}`;
	return `is ${article(value)}, not ${wanted}`;
}

function article(value: unknown): string {
	if (value === null || value === undefined) return 'empty';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'a map';
	if (typeof value === 'string') return 'a text';
	return `the ${typeof value === 'boolean' ? 'boolean' : 'number'} ${String(value)}`;
}

function printedName(kind: string, metadata: unknown): string {
	const name = isMap(metadata) ? (metadata.name ?? metadata.generateName) : undefined;
	return typeof name === 'string' && name !== '' ? `${kind}/${boundedText(name, 80)}` : kind;
}
