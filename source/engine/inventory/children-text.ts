import type {Application} from '../../model/application.ts';
import {parseJson, stringifyJson} from '../../model/json.ts';
import type {ObjectRef} from '../../model/object.ts';
import {compareText} from '../plan/order.ts';
import type {ChildRecord} from './types.ts';

/** The applications that an application's render declares, as its inventory keeps them: one JSON list, by name. */
export function printChildren(children: readonly ChildRecord[]): string {
	return stringifyJson([...children].sort((left, right) => compareText(left.application.name, right.application.name)));
}

/** null: not such a list. A mangled one must not pass for an empty one: then what children left would never be found. */
export function parseChildren(text: string): ChildRecord[] | null {
	let list: unknown;
	try {
		list = parseJson(text);
	} catch {
		return null;
	}
	return Array.isArray(list) && list.every(isChildRecord) ? list : null;
}

function isChildRecord(value: unknown): value is ChildRecord {
	if (!isRecord(value) || typeof value.desiredHash !== 'string' || typeof value.cascades !== 'boolean') return false;
	return isRef(value.ref) && isApplication(value.application);
}

function isRef(value: unknown): value is ObjectRef {
	return (
		isRecord(value) && ['group', 'version', 'kind', 'namespace', 'name'].every(part => typeof value[part] === 'string')
	);
}

/** Enough of one to find what it left behind; the rest comes from Git again. */
function isApplication(value: unknown): value is Application {
	return (
		isRecord(value) &&
		typeof value.name === 'string' &&
		isRecord(value.source) &&
		typeof value.source.repoURL === 'string' &&
		isRecord(value.destination) &&
		typeof value.destination.namespace === 'string' &&
		['syncPolicy', 'driftPolicy', 'guards', 'declaredAt'].every(part => isRecord(value[part])) &&
		['ignoreDifferences', 'dependsOn', 'syncWindows', 'notices'].every(part => Array.isArray(value[part]))
	);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
