import {parseJson, stringifyJson} from '../../model/json.ts';
import {boundedText} from '../../model/text.ts';
import type {ParentRecord} from './types.ts';

/** Who declared an application, as its inventory keeps it. */
export function printParent({cluster, namespace, name, declaration}: ParentRecord): string {
	return stringifyJson({cluster, namespace, name, declaration});
}

/** A mangled one names nobody: then nobody may let the application go, which hurts nothing. */
export function parseParent(text: string | undefined): ParentRecord | null {
	if (text === undefined) return null;
	try {
		const value = parseJson(text) as Partial<Record<keyof ParentRecord, unknown>> | null;
		const {cluster, namespace, name, declaration} = value ?? {};
		if (typeof cluster !== 'string' || typeof namespace !== 'string') return null;
		if (typeof name !== 'string' || typeof declaration !== 'string') return null;
		return {
			cluster: boundedText(cluster, 100),
			namespace: boundedText(namespace, 253),
			name: boundedText(name, 253),
			declaration: boundedText(declaration, 100),
		};
	} catch {
		return null;
	}
}

export function isSameParent(left: ParentRecord | null, right: ParentRecord | null): boolean {
	if (left === null || right === null) return left === right;
	return printParent(left) === printParent(right);
}
