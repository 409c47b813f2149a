import {keyOf, type ObjectKey, type ObjectRef, parseApiVersion} from '../../model/object.ts';
import type {InventoryEntry} from '../../model/plan.ts';
import {isMap} from '../desired/tree.ts';
import {packUid, unpackUid} from './uid-text.ts';

const formatVersion = 1;

/**
 * Inventory entries as compact JSON that a person can still read, grouped by kind and namespace:
 * `{"version":1,"objects":{"apps/v1/Deployment":{"shop":["web k3J…"]}}}`. An item is a name, a space and the packed
 * uid; the uid is empty between the intent to write and the answer.
 */
export function printEntries(entries: readonly InventoryEntry[]): string {
	const kinds = new Map<string, Map<string, string[]>>();
	for (const {ref, uid} of [...entries].sort(byKey)) {
		const kind = ref.group === '' ? `${ref.version}/${ref.kind}` : `${ref.group}/${ref.version}/${ref.kind}`;
		const namespaces = kinds.get(kind) ?? new Map<string, string[]>();
		kinds.set(kind, namespaces);
		const items = namespaces.get(ref.namespace) ?? [];
		namespaces.set(ref.namespace, items);
		items.push(`${ref.name} ${packUid(uid)}`);
	}
	const objects = Object.fromEntries([...kinds].map(([kind, names]) => [kind, Object.fromEntries(names)]));
	return JSON.stringify({version: formatVersion, objects});
}

function byKey(a: InventoryEntry, b: InventoryEntry): number {
	const [left, right] = [keyOf(a.ref), keyOf(b.ref)];
	if (left === right) return 0;
	return left < right ? -1 : 1;
}

/**
 * Reads what {@link printEntries} wrote. Returns a sentence when anything in it is not understood: half an inventory
 * must not be acted on, and must not be written back.
 */
export function parseEntries(text: string): InventoryEntry[] | string {
	let document: unknown;
	try {
		document = JSON.parse(text);
	} catch {
		return 'it is not JSON';
	}
	if (!isMap(document)) return 'it is not a map';
	if (document.version !== formatVersion) return 'it was written by another version of holdfast';
	if (!isMap(document.objects)) return 'objects is not a map';
	const entries = new Map<ObjectKey, InventoryEntry>();
	for (const [kindText, namespaces] of Object.entries(document.objects)) {
		const kind = parseKind(kindText);
		if (!kind || !isMap(namespaces)) return 'a kind in it is not understood';
		for (const [namespace, items] of Object.entries(namespaces)) {
			if (!isPathSegment(namespace, 63) && namespace !== '') return 'a namespace in it is not understood';
			if (!Array.isArray(items)) return 'a list of names in it is not a list';
			for (const item of items) {
				const entry = parseItem(item, {...kind, namespace});
				if (!entry) return `an object of ${kind.kind} in it is not understood`;
				const key = keyOf(entry.ref);
				if (entries.has(key)) return `an object of ${kind.kind} stands in it twice`;
				entries.set(key, entry);
			}
		}
	}
	return [...entries.values()];
}

function parseKind(text: string): Pick<ObjectRef, 'group' | 'version' | 'kind'> | null {
	const slash = text.lastIndexOf('/');
	const kind = text.slice(slash + 1);
	const apiVersion = text.slice(0, Math.max(slash, 0));
	if (!/^[A-Za-z][A-Za-z0-9]*$/.test(kind) || !/^([a-z0-9.-]+\/)?[a-z0-9]+$/.test(apiVersion)) return null;
	return {...parseApiVersion(apiVersion), kind};
}

function parseItem(item: unknown, at: Omit<ObjectRef, 'name'>): InventoryEntry | null {
	if (typeof item !== 'string') return null;
	// Names may hold spaces (RBAC); a uid never does.
	const space = item.lastIndexOf(' ');
	const name = item.slice(0, Math.max(space, 0));
	const uid = unpackUid(item.slice(space + 1));
	if (uid === null || !isPathSegment(name, 253)) return null;
	return {ref: {...at, name}, uid};
}

function isPathSegment(text: string, limit: number): boolean {
	return text !== '' && text.length <= limit && text !== '.' && text !== '..' && !/[/%\u0000-\u001f]/.test(text);
}
