import {isEmpty, parseFields} from '../../../source/engine/fields/fields.ts';
import type {FieldsV1, KubernetesObject, ManagedFieldsEntry} from '../../../source/model/object.ts';
import {orderFields} from './element.ts';

/** One entry of managedFields while it is worked on. */
export interface Manager {
	readonly manager: string;
	readonly operation: 'Apply' | 'Update';
	readonly subresource: string;
	readonly apiVersion: string;
	/** RFC 3339; empty when there is none (kubernetes #82046). */
	readonly time: string;
	readonly fields: FieldsV1;
}

/** Entries by {@link identityOf}. */
export type Managers = Map<string, Manager>;

/** What makes two entries the same one: an applier has one entry whatever the version, an updater one for each version. */
export function identityOf({manager, operation, subresource, apiVersion}: Omit<Manager, 'time' | 'fields'>): string {
	// Spelled and ordered as the server does, whose order of equal entries and of conflicts follows from it.
	return JSON.stringify({
		manager,
		operation,
		...(operation === 'Update' ? {apiVersion} : {}),
		...(subresource ? {subresource} : {}),
	});
}

/** Reads managedFields; null when an entry is broken, upon which the server takes the whole as not given. */
export function decodeManagers(entries: readonly ManagedFieldsEntry[] | undefined): Managers | null {
	const managers: Managers = new Map();
	for (const entry of entries ?? []) {
		const {operation, apiVersion, fieldsType} = entry;
		if ((operation !== 'Apply' && operation !== 'Update') || !apiVersion || fieldsType !== 'FieldsV1') return null;
		const manager: Manager = {
			manager: entry.manager ?? '',
			operation,
			subresource: entry.subresource ?? '',
			apiVersion,
			time: entry.time ?? '',
			fields: parseFields(entry.fieldsV1),
		};
		managers.set(identityOf(manager), manager);
	}
	return managers;
}

/** The entries of a live object; none when they are broken. */
export function managersOfObject(object: KubernetesObject | null): Managers {
	return decodeManagers(object?.metadata.managedFields) ?? new Map();
}

/** managedFields as the server writes it: applies before updates, older first, then by name; undefined when there are none. */
export function encodeManagers(managers: Managers): ManagedFieldsEntry[] | undefined {
	const entries = [...managers.values()].filter(({fields}) => !isEmpty(fields)).sort(compareManagers);
	if (entries.length === 0) return undefined;
	return entries.map(({manager, operation, apiVersion, time, subresource, fields}) => ({
		manager,
		operation,
		apiVersion,
		...(time ? {time} : {}),
		fieldsType: 'FieldsV1',
		fieldsV1: orderFields(fields),
		...(subresource ? {subresource} : {}),
	}));
}

function compareManagers(left: Manager, right: Manager): number {
	return (
		compareText(left.operation, right.operation) ||
		secondsOf(left.time) - secondsOf(right.time) ||
		compareText(left.manager, right.manager) ||
		compareText(left.apiVersion, right.apiVersion) ||
		compareText(left.subresource, right.subresource)
	);
}

/** Seconds since the epoch; 0 without a time. */
export function secondsOf(time: string): number {
	return time ? Math.floor(Date.parse(time) / 1000) : 0;
}

/** Whole seconds, as managedFields records them. */
export function printTime(now: number): string {
	return `${new Date(now).toISOString().slice(0, 19)}Z`;
}

function compareText(left: string, right: string): number {
	return left < right ? -1 : left > right ? 1 : 0;
}

/** A copy of the object with these entries, and none when there are none. */
export function withManagers(object: KubernetesObject, managers: Managers): KubernetesObject {
	const {managedFields: _replaced, ...metadata} = object.metadata;
	const entries = encodeManagers(managers);
	return {
		...object,
		metadata: {...metadata, ...(entries ? {managedFields: entries} : {})} as KubernetesObject['metadata'],
	};
}

/** A copy of the object without managedFields. */
export function withoutManagers(object: KubernetesObject): KubernetesObject {
	return withManagers(object, new Map());
}
