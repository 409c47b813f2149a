import type {z} from 'zod';
import {boundedText} from '../../model/text.ts';
import type {Finding} from '../findings.ts';
import {printPath, quoted} from '../findings.ts';
import type {ConfigurationCode} from '../problem-codes.ts';
import {looseBoolean} from '../yaml/scalar.ts';
import type {Path, SourceDocument} from '../yaml/source-document.ts';
import {below} from '../yaml/source-document.ts';
import {nearest} from './nearest.ts';

type Issue = z.core.$ZodIssue;

const typeNames: Readonly<Record<string, string>> = {
	string: 'a string',
	boolean: 'true or false',
	number: 'a number',
	int: 'a whole number',
	object: 'a map',
	record: 'a map',
	array: 'a list',
};

/** What is wrong with a value, what was expected and what is there, in one sentence. */
export function describeIssue(issue: Issue, document: SourceDocument): Finding {
	const path = issue.path as Path;
	const name = printPath(path);
	const {value} = below(document, path);
	if (value === undefined && issue.code !== 'custom') {
		return {code: 'MissingKey', message: `${name} is required`};
	}
	const expected = expectation(issue);
	switch (issue.code) {
		case 'invalid_type':
		case 'invalid_union':
			return wrongType(path, expected ?? 'something else', document);
		case 'invalid_value': {
			const near = typeof value === 'string' ? nearest(value, issue.values.map(String)) : undefined;
			const hint = near ? `Did you mean ${quoted(near)}?` : undefined;
			if (typeof value !== 'string') return wrongType(path, expected ?? 'another value', document);
			return {code: 'InvalidValue', message: `${name} must be ${expected}, found ${found(path, document)}`, hint};
		}
		case 'too_small':
		case 'too_big':
			return {code: 'InvalidValue', message: `${name} must ${expected}, found ${found(path, document)}`};
		case 'custom': {
			// Refinements of ours say what is wrong in their own words; see text.ts.
			const {hint, code = 'InvalidValue'} = (issue.params ?? {}) as {hint?: string; code?: ConfigurationCode};
			return {code, message: `${name} ${issue.message}`, hint};
		}
		case 'invalid_format':
			return {code: 'InvalidValue', message: `${name} ${issue.message}`};
		case 'not_multiple_of':
		case 'unrecognized_keys':
		case 'invalid_key':
		case 'invalid_element':
			return {code: 'InvalidValue', message: `${name} cannot be used: ${issue.message}`};
		default:
			return {code: 'InvalidValue', message: `${name} cannot be used`};
	}
}

function expectation(issue: Issue): string | undefined {
	switch (issue.code) {
		case 'invalid_type':
			return typeNames[issue.expected] ?? issue.expected;
		case 'invalid_union': {
			const options = issue.errors.map(errors => errors[0] && expectation(errors[0]));
			return options.filter(option => option !== undefined).join(' or ') || undefined;
		}
		case 'invalid_value':
			return issue.values
				.map(value => quoted(String(value)))
				.join(', ')
				.replace(/, ([^,]*)$/, ' or $1');
		case 'too_small': {
			const unit = issue.origin === 'string' || issue.origin === 'array' ? 'not be empty' : undefined;
			return unit ?? `be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
		}
		case 'too_big': {
			const unit = issue.origin === 'string' ? ' characters long' : issue.origin === 'array' ? ' items long' : '';
			return `be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${unit}`;
		}
		default:
			return undefined;
	}
}

function wrongType(path: Path, expected: string, document: SourceDocument): Finding {
	const message = `${printPath(path)} must be ${expected}, found ${found(path, document)}`;
	return {code: 'WrongType', message, hint: typeHint(path, expected, document)};
}

const durations: ReadonlySet<unknown> = new Set(['interval', 'duration', 'maxDuration', 'retryInterval']);

function typeHint(path: Path, expected: string, document: SourceDocument): string | undefined {
	const {value} = below(document, path);
	const written = document.writtenAs(path);
	if (expected === 'true or false' && typeof value === 'string') {
		const meant = looseBoolean(value);
		if (meant !== undefined) return `YAML readers disagree about ${quoted(value)}: write ${meant}`;
		if (value === 'true' || value === 'false') return `Write ${value} without quotes`;
	}
	const isScalar = typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
	if (expected.includes('a string') && isScalar) {
		if (durations.has(path.at(-1))) return 'Put it in quotes, with a unit: "90s", "5m" or "1h30m"';
		return written && isShown(path) ? `Put it in quotes: "${written.slice(0, 80)}"` : 'Put it in quotes';
	}
	if ((expected === 'a number' || expected === 'a whole number') && typeof value === 'string' && /^\d+$/.test(value)) {
		return `Write ${value.slice(0, 40)} without quotes`;
	}
	return undefined;
}

/** The value that stands there, as far as it may be shown. */
function found(path: Path, document: SourceDocument): string {
	const {value} = below(document, path);
	if (value === null || value === undefined) return 'nothing (null)';
	if (Array.isArray(value)) return 'a list';
	switch (typeof value) {
		case 'object':
			return 'a map';
		case 'string':
			return isShown(path) ? `the string "${boundedText(value, 60)}"` : 'a string';
		case 'boolean':
			return document.writtenAs(path) ?? String(value);
		default:
			return isShown(path) ? `the number ${(document.writtenAs(path) ?? String(value)).slice(0, 60)}` : 'a number';
	}
}

/** Chart parameters and values may hold passwords: these are never quoted back. */
function isShown(path: Path): boolean {
	return !path.some(step => step === 'parameters' || step === 'values' || step === 'valuesObject');
}
