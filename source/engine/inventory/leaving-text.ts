import {parseJson, stringifyJson} from '../../model/json.ts';
import {boundedText} from '../../model/text.ts';
import type {LeavingRecord} from './types.ts';

/** How far an application came with leaving, as its inventory keeps it. */
export function printLeaving({hooksRun}: LeavingRecord): string {
	return stringifyJson({hooksRun});
}

/** A mangled one still says that the application leaves: then it writes nothing, and hooks may run once more. */
export function parseLeaving(text: string | undefined): LeavingRecord | null {
	if (text === undefined) return null;
	return {hooksRun: readNames(text).map(name => boundedText(name, 1_000))};
}

function readNames(text: string): string[] {
	try {
		const {hooksRun} = (parseJson(text) ?? {}) as {hooksRun?: unknown};
		return Array.isArray(hooksRun) ? hooksRun.filter(name => typeof name === 'string') : [];
	} catch {
		return [];
	}
}
