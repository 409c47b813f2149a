import {HoldfastError, type Problem} from '../../model/errors.ts';
import {groupKindOf, type KubernetesObject} from '../../model/object.ts';
import {safeText} from '../../model/text.ts';
import {parseHolds, printHolds} from '../hold/holds-text.ts';
import {parseChildren, printChildren} from './children-text.ts';
import {parseEntries, printEntries} from './entries-text.ts';
import {
	additionalNamespacesAnnotation,
	groupKindsAnnotation,
	idLabel,
	inventoryName,
	managedByLabel,
	toolingAnnotation,
} from './keys.ts';
import {parseLeaving, printLeaving} from './leaving-text.ts';
import {parseParent, printParent} from './parent-text.ts';
import {withoutCredentials} from './repository-url.ts';
import type {InventoryRecord} from './types.ts';

export {applySetId, inventoryName, partOfLabel} from './keys.ts';
export type * from './types.ts';

/**
 * Of the inventory text, in bytes. A ConfigMap holds 1 MiB in all (cluster.md); the rest is for what comes beside it.
 */
export const inventoryLimitBytes = 900 * 1_024;
/** Annotations hold 256 KiB in all. */
const annotationLimitBytes = 200 * 1_024;

const tool = 'holdfast';
const version = '0.1.0';

/** Data keys that this version writes. */
const dataKeys = [
	'application',
	'children',
	'fieldManager',
	'holds',
	'hooks',
	'inventory',
	'leaving',
	'parent',
	'path',
	'repoURL',
	'syncedAt',
	'syncedRevision',
] as const;
const ownLabels: readonly string[] = [idLabel, managedByLabel];
const ownAnnotations: readonly string[] = [toolingAnnotation, groupKindsAnnotation, additionalNamespacesAnnotation];

/**
 * The ConfigMap of a record: an ApplySet parent (KEP-3659, with the keys of shipped kubectl), so that plain kubectl can
 * list the members by label and refuses to apply over them. Throws InventoryTooLarge.
 */
export function writeInventory(record: InventoryRecord): KubernetesObject {
	const inventory = printEntries(record.entries);
	const annotations = {
		...record.extraAnnotations,
		[toolingAnnotation]: `${tool}/${version}`,
		[groupKindsAnnotation]: listOf(record.entries.map(({ref}) => groupKindOf(ref))),
		[additionalNamespacesAnnotation]: listOf(
			record.entries.map(({ref}) => ref.namespace).filter(namespace => namespace !== record.namespace),
		),
	};
	refuseWhenTooLarge(record, inventory, annotations);
	const data: Record<string, string> = {
		...record.extraData,
		application: record.application,
		fieldManager: record.fieldManager,
		inventory,
		path: record.source.path,
		repoURL: withoutCredentials(record.source.repoURL),
	};
	const syncedAt = record.syncedAt === null ? null : printTime(record.syncedAt);
	if (syncedAt !== null) data.syncedAt = syncedAt;
	if (record.children.length > 0) data.children = printChildren(record.children);
	if (record.holds.length > 0) data.holds = printHolds(record.holds);
	if (record.leaving !== null) data.leaving = printLeaving(record.leaving);
	if (record.parent !== null) data.parent = printParent(record.parent);
	if (record.hooks !== null) data.hooks = record.hooks;
	if (record.syncedRevision !== null) data.syncedRevision = record.syncedRevision;
	return {
		apiVersion: 'v1',
		kind: 'ConfigMap',
		metadata: {
			name: inventoryName(record.application),
			namespace: record.namespace,
			labels: {...record.extraLabels, [idLabel]: record.applySetId, [managedByLabel]: tool},
			annotations,
			...(record.resourceVersion === undefined ? {} : {resourceVersion: record.resourceVersion}),
			...(record.uid === undefined ? {} : {uid: record.uid}),
		},
		data,
	};
}

/**
 * Reads a ConfigMap back. A Problem (it has a `code`) means: do not write, do not delete. InventoryForeign: the
 * ConfigMap of that name is not ours. InventoryUnreadable: it is, but somebody changed what is in it.
 */
export function readInventory(configMap: KubernetesObject): InventoryRecord | Problem {
	const {metadata} = configMap;
	const namespace = metadata?.namespace ?? '';
	const place = `ConfigMap/${namespace}/${metadata?.name ?? ''}`;
	const annotations = textsOf(metadata?.annotations);
	const labels = textsOf(metadata?.labels);
	if (!annotations[toolingAnnotation]?.startsWith(`${tool}/`)) {
		const hint = 'Rename it, or give the application another name';
		return {code: 'InventoryForeign', message: `${place} is not an inventory of holdfast`, hint, object: place};
	}
	const data = textsOf(configMap.data);
	const unreadable = (why: string): Problem => ({
		code: 'InventoryUnreadable',
		message: `the inventory in ${place} cannot be read: ${safeText(why)}`,
		hint: 'Restore it from a backup; or delete it, then everything in Git is taken into a new one and nothing is deleted',
		object: place,
	});
	const {application, fieldManager} = data;
	if (application === undefined || metadata.name !== inventoryName(application)) {
		return unreadable('data.application is missing or names another application');
	}
	if (!fieldManager || !/^[\x20-\x7e]{1,128}$/.test(fieldManager))
		return unreadable('data.fieldManager is no field manager');
	if (data.inventory === undefined) return unreadable('data.inventory is missing');
	const entries = parseEntries(data.inventory);
	if (typeof entries === 'string') return unreadable(entries);
	const holds = parseHolds(data.holds ?? '[]');
	if (holds === null) return unreadable('data.holds is no list of holds');
	const children = parseChildren(data.children ?? '[]');
	if (children === null) return unreadable('data.children is no list of applications');
	return {
		application,
		namespace,
		applySetId: labels[idLabel] ?? '',
		fieldManager,
		entries,
		children,
		holds,
		parent: parseParent(data.parent),
		leaving: parseLeaving(data.leaving),
		hooks: data.hooks ?? null,
		syncedRevision: data.syncedRevision ?? null,
		syncedAt: parseTime(data.syncedAt),
		source: {repoURL: data.repoURL ?? '', path: data.path ?? ''},
		extraData: without(data, dataKeys),
		extraLabels: without(labels, ownLabels),
		extraAnnotations: without(annotations, ownAnnotations),
		...(typeof metadata.resourceVersion === 'string' ? {resourceVersion: metadata.resourceVersion} : {}),
		...(typeof metadata.uid === 'string' ? {uid: metadata.uid} : {}),
	};
}

function refuseWhenTooLarge(record: InventoryRecord, inventory: string, annotations: Record<string, string>): void {
	const bytes = byteLength(inventory);
	const annotationBytes = byteLength(Object.entries(annotations).flat().join(''));
	const excess = Math.max(bytes / inventoryLimitBytes, annotationBytes / annotationLimitBytes);
	if (excess <= 1) return;
	const {length} = record.entries;
	throw new HoldfastError({
		code: 'InventoryTooLarge',
		message: `application ${record.application} has ${length} objects; one inventory holds about ${Math.floor(length / excess)} of this kind`,
		hint: 'Split it into several applications',
	});
}

function byteLength(text: string): number {
	return new TextEncoder().encode(text).length;
}

function listOf(values: readonly string[]): string {
	return [...new Set(values)]
		.filter(value => value !== '')
		.sort()
		.join(',');
}

function printTime(milliseconds: number): string | null {
	const date = new Date(milliseconds);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function parseTime(text: string | undefined): number | null {
	const time = text === undefined ? Number.NaN : Date.parse(text);
	return Number.isNaN(time) ? null : time;
}

/** Only the texts of what should be a map of texts. */
function textsOf(map: unknown): Record<string, string> {
	if (typeof map !== 'object' || map === null) return {};
	return Object.fromEntries(Object.entries(map).filter(([, value]) => typeof value === 'string')) as Record<
		string,
		string
	>;
}

function without(map: Readonly<Record<string, string>>, keys: readonly string[]): Record<string, string> {
	return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}
