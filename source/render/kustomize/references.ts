import {isMap} from '../is-map.ts';
import type {Kustomization} from './kustomization-file.ts';

/**
 * What a kustomization may name.
 * - `resource`: a file, a folder with a kustomization, or something remote.
 * - `folder`: a folder with a kustomization, or something remote.
 * - `file`: a file in or below the kustomization's own folder.
 */
export interface Reference {
	/** Where it is named, e.g. `resources`, `patches.path`. */
	readonly field: string;
	readonly type: 'resource' | 'folder' | 'file';
	readonly text: string;
	/** It configures a plugin: it may name further files itself. */
	readonly isPlugin: boolean;
}

const lists: Readonly<Record<string, Reference['type']>> = {
	resources: 'resource',
	bases: 'folder',
	components: 'folder',
	crds: 'file',
	configurations: 'file',
};

/** Lists whose entries are a path or the YAML itself. */
const inlineLists: Readonly<Record<string, Reference['type']>> = {
	patchesStrategicMerge: 'file',
	generators: 'resource',
	transformers: 'resource',
	validators: 'resource',
};

const pathLists = ['patches', 'patchesJson6902', 'replacements'] as const;

const generators = ['configMapGenerator', 'secretGenerator'] as const;

/** Fields that configure kustomize's plugins. */
const pluginFields: readonly string[] = ['generators', 'transformers', 'validators'];

/** Where plugins name files. */
const pluginPathFields: readonly string[] = ['path', 'paths', 'files', 'envs', 'env'];

/** Fields that make kustomize run helm. */
export const helmFields = ['helmCharts', 'helmChartInflationGenerator'] as const;

/** Everything a kustomization names by path, in the order of the table above. Values of odd types are left to kustomize. */
export function referencesOf(kustomization: Kustomization): Reference[] {
	const references: Reference[] = [];
	const add = (field: string, type: Reference['type'], text: unknown) => {
		if (typeof text !== 'string' || text === '') return;
		references.push({field, type, text, isPlugin: pluginFields.includes(field)});
	};
	for (const [field, type] of Object.entries(lists)) {
		for (const entry of listOf(kustomization[field])) add(field, type, entry);
	}
	for (const [field, type] of Object.entries(inlineLists)) {
		for (const entry of listOf(kustomization[field])) if (!isInline(entry)) add(field, type, entry);
	}
	for (const field of pathLists) {
		for (const entry of listOf(kustomization[field])) if (isMap(entry)) add(`${field}.path`, 'file', entry.path);
	}
	for (const field of generators) {
		for (const entry of listOf(kustomization[field])) {
			if (!isMap(entry)) continue;
			for (const file of listOf(entry.files)) add(`${field}.files`, 'file', afterKey(file));
			for (const file of listOf(entry.envs)) add(`${field}.envs`, 'file', file);
			add(`${field}.env`, 'file', entry.env);
		}
	}
	if (isMap(kustomization.openapi)) add('openapi.path', 'file', kustomization.openapi.path);
	return references;
}

/** Whether the kustomization may read files that it does not name itself: those that its plugins name. */
export function isOpaque(kustomization: Kustomization): boolean {
	return pluginFields.some(field => listOf(kustomization[field]).length > 0);
}

/** Configurations of plugins that are written in the kustomization itself, as YAML. */
export function inlinePluginsOf(kustomization: Kustomization): string[] {
	return pluginFields
		.flatMap(field => listOf(kustomization[field]))
		.filter((entry): entry is string => typeof entry === 'string' && isInline(entry));
}

/** What a plugin's configuration names that kustomize would fetch. */
export function remotePathsOf(configuration: unknown): string[] {
	if (Array.isArray(configuration)) return configuration.flatMap(remotePathsOf);
	if (!isMap(configuration)) return [];
	return Object.entries(configuration).flatMap(([field, value]) => {
		if (!pluginPathFields.includes(field)) return remotePathsOf(value);
		const named = (Array.isArray(value) ? value : [value]).map(afterKey);
		return named.filter((text): text is string => typeof text === 'string' && isRemote(text));
	});
}

/**
 * Whether kustomize would fetch this from elsewhere. Broader than its own rule, on purpose: it tries a URL before a folder
 * of the same name, so a folder called `github.com` in a repository could make it reach out.
 */
export function isRemote(text: string): boolean {
	return (
		/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ||
		/^[a-z0-9+.-]+::/i.test(text) ||
		/^[\w.-]+@[\w.-]+[:/]/.test(text) ||
		/^(?:gh:|(?:www\.)?(?:github|gitlab|bitbucket)\.(?:com|org)[:/])/i.test(text) ||
		/_git\/|\.git(?:[/?]|$)|\?(?:ref|version)=/.test(text)
	);
}

function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

function isInline(entry: unknown): boolean {
	return (
		typeof entry === 'string' && (entry.includes('\n') || entry.includes(': ') || entry.trimStart().startsWith('{'))
	);
}

/** `name=path` names the key in the ConfigMap first. */
function afterKey(file: unknown): unknown {
	return typeof file === 'string' ? file.slice(file.indexOf('=') + 1) : file;
}
