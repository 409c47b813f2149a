import type {z} from 'zod';
import {type Findings, printPath, quoted} from '../findings.ts';
import type {Path} from '../yaml/source-document.ts';
import {describeIssue} from './describe-issue.ts';
import {childSchema, type JsonSchema, jsonSchemaOf, schemaAt} from './json-schema.ts';
import {suggestion} from './nearest.ts';
import {isOff} from './support.ts';

/** Whose document it is: our own keys must all be known; Argo CD and Flux may be newer than we are. */
export type Strictness = 'own' | 'foreign';

/** More than this from one document tells a person nothing new. */
const mostIssues = 200;

/**
 * Checks a document against a strict schema and reports everything that is wrong, unknown or not supported, all at once.
 * Returns the document's value, typed, or null when there is a problem. Schemas must not transform: the value is passed
 * through as it is, because zod keeps none of it when a key is unknown.
 */
export function checkShape<Schema extends z.ZodType>(
	schema: Schema,
	findings: Findings,
	strictness: Strictness,
): z.output<Schema> | null {
	const {document} = findings;
	const before = findings.problems.length;
	const json = jsonSchemaOf(schema);
	const parsed = schema.safeParse(document.value);
	for (const issue of parsed.error?.issues.slice(0, mostIssues) ?? []) {
		if (issue.code === 'unrecognized_keys') {
			for (const key of issue.keys.slice(0, mostIssues)) {
				reportUnknown([...(issue.path as Path), key], json, findings, strictness);
			}
		} else {
			const finding = describeIssue(issue, document);
			findings.problem(issue.path as Path, finding);
		}
	}
	reportSupport(document.value, json, [], findings);
	return findings.problems.length > before ? null : (document.value as z.output<Schema>);
}

function reportUnknown(path: Path, json: JsonSchema, findings: Findings, strictness: Strictness): void {
	const key = String(path.at(-1));
	const parent = path.slice(0, -1);
	const valid = Object.keys(schemaAt(json, parent)?.properties ?? {});
	const hint = suggestion(key, valid);
	const place = parent.length > 0 ? ` in ${printPath(parent)}` : '';
	if (strictness === 'own') {
		findings.problem(path, {code: 'UnknownKey', message: `unknown key ${quoted(key)}${place}`, hint, part: 'key'});
	} else {
		const message = `unknown field ${quoted(key)}${place} is ignored`;
		findings.notice(path, {code: 'UnknownField', message, hint, part: 'key'});
	}
}

/** Walks the value along the schema and reports every field that carries a mark and is not off. */
function reportSupport(value: unknown, json: JsonSchema, path: Path, findings: Findings): void {
	if (json.support) {
		if (isOff(value)) return;
		const message = `${printPath(path)} is not supported: ${json.meaning}`;
		if (json.support === 'ignored') findings.notice(path, {code: 'Unsupported', message, part: 'key'});
		else findings.problem(path, {code: 'UnsupportedField', message, part: 'key'});
		return;
	}
	if (typeof value !== 'object' || value === null) return;
	const entries: [string | number, unknown][] = Array.isArray(value)
		? value.map((item, index) => [index, item])
		: Object.entries(value);
	for (const [step, item] of entries) {
		const child = childSchema(json, step);
		if (child && Object.keys(child).length > 0) reportSupport(item, child, [...path, step], findings);
	}
}
