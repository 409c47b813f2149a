import type {FieldsV1, ManagedFieldsEntry, ObjectMetadata} from '../../model/object.ts';
import type {JsonPatchOperation} from '../../model/ports/cluster/write.ts';
import {boundedText} from '../../model/text.ts';
import {declaredFields, lastAppliedAnnotation} from './declared-fields.ts';
import {mergeFields} from './merge-fields.ts';

export interface TakeOver {
	/** One JSON patch, refused by the server with 409 when the object changed meanwhile: read again and plan again. */
	readonly operations: readonly JsonPatchOperation[];
	/** Managers whose declarations become ours, sorted, safe to show. */
	readonly from: readonly string[];
}

const lastAppliedPath = ['f:metadata', 'f:annotations', `f:${lastAppliedAnnotation}`];

/** Made up by the API server for what an object had before its first apply. */
const beforeFirstApply = 'before-first-apply';

/** Managers under which kubectl declares whole objects, as against single changes (edit, set, scale, patch). */
const wholeObjectManagers: ReadonlySet<string> = new Set([
	'kubectl',
	'kubectl-autoscale',
	'kubectl-client-side-apply',
	'kubectl-create',
	'kubectl-expose',
	'kubectl-replace',
	'kubectl-run',
]);

/** `kubectl apply --server-side`, and the copy it keeps up to date where an object was applied client-side before. */
const applyManagers: ReadonlySet<string> = new Set(['kubectl', 'kubectl-last-applied']);

/**
 * Plans how what kubectl declared before us becomes ours (engines.md f.9), for an object that we apply for the first
 * time: the entries of kubectl's client-side apply and its like, and of `kubectl apply --server-side`, are merged into
 * our Apply entry. The apply that follows then removes what Git does not say (flux2 #2099), the last-applied annotation
 * included, because Git does not declare it. Without this, such fields would stay for ever. The patch replaces the
 * resourceVersion instead of testing it: a failed test is answered with 422, a stale resourceVersion with 409.
 *
 * Call it only while adopting (before the first apply, and after it when the object had no managedFields at all):
 * later, what people do with kubectl is drift, and is treated as drift. Returns null when there is nothing to take
 * over. `manager` is our field manager.
 */
export function planTakeOver(metadata: ObjectMetadata, manager: string): TakeOver | null {
	const entries = metadata.managedFields ?? [];
	const own = entries.find(entry => isOwnApply(entry, manager));
	const candidates = entries
		.filter(entry => entry !== own)
		.map(entry => ({entry, fields: fieldsToTake(entry, metadata, manager)}))
		.filter(({fields}) => fields !== null);
	// Paths of another version of the API cannot be told apart from ours here; such entries are left alone.
	const apiVersion = own?.apiVersion ?? candidates[0]?.entry.apiVersion;
	const taken = candidates.filter(({entry}) => entry.apiVersion === apiVersion);
	const [first] = taken;
	if (!first || !metadata.resourceVersion) return null;
	const {time} = own ?? first.entry;
	const merged: ManagedFieldsEntry = {
		manager,
		operation: 'Apply',
		...(apiVersion === undefined ? {} : {apiVersion}),
		...(time === undefined ? {} : {time}),
		fieldsType: 'FieldsV1',
		fieldsV1: taken.reduce((fields, item) => mergeFields(fields, item.fields ?? {}), own?.fieldsV1 ?? {}),
	};
	const isTaken = new Set(taken.map(({entry}) => entry));
	const rest = entries.filter(entry => entry !== own && !isTaken.has(entry));
	return {
		operations: [
			{op: 'replace', path: '/metadata/managedFields', value: [merged, ...rest]},
			{op: 'replace', path: '/metadata/resourceVersion', value: metadata.resourceVersion},
		],
		from: [...new Set(taken.map(({entry}) => boundedText(entry.manager ?? 'unknown', 128)))].sort(),
	};
}

function isOwnApply(entry: ManagedFieldsEntry, manager: string): boolean {
	return entry.manager === manager && entry.operation === 'Apply' && !entry.subresource;
}

/** What becomes ours of an entry; null: nothing. */
function fieldsToTake(entry: ManagedFieldsEntry, metadata: ObjectMetadata, manager: string): FieldsV1 | null {
	const {fieldsV1: fields, manager: name = ''} = entry;
	// `kubectl scale` writes through a subresource: that is a change of one field, not a declaration.
	if (entry.subresource || !fields) return null;
	if (entry.operation === 'Apply') return applyManagers.has(name) ? fields : null;
	if (name === beforeFirstApply) return declaredFields(metadata, fields);
	return name === manager || wholeObjectManagers.has(name) || ownsLastApplied(fields) ? fields : null;
}

/** How kubectl itself recognises a client-side apply, whatever `--field-manager` was given. */
function ownsLastApplied(fields: FieldsV1): boolean {
	let node: FieldsV1 | undefined = fields;
	for (const key of lastAppliedPath) node = node && Object.hasOwn(node, key) ? node[key] : undefined;
	return node !== undefined;
}
