import {parseDuration} from '../../model/durations.ts';
import {flagTable} from '../flag-table.ts';
import type {FlagDefinition, FlagName} from '../flags.ts';
import {nearest, usageError} from './usage-error.ts';

/** An argument list in which every flag is spelled `--long=value` and the words stand apart. */
export interface NormalArguments {
	readonly flags: readonly {readonly name: FlagName; readonly long: string; readonly value: string}[];
	readonly words: readonly string[];
}

/** What a flag that may stand without a value gets then; no value can be spelled like this. */
export const bareValue = '\u0000';

const switchValues: readonly string[] = ['true', 'false'];

/**
 * Reads an argument list strictly, before the parser sees it. A lenient parser reads `--dry-run=server` as false and
 * `--wait checkout` as a duration, and both would turn a question into a write. So: unknown flags, switches with another
 * value than true or false, missing values and values that are none are refused, with the nearest that would be right.
 * A value that is optional needs `=`, as with kubectl's `--dry-run`.
 */
export function normaliseArguments(argv: readonly string[]): NormalArguments {
	const flags: {name: FlagName; long: string; value: string}[] = [];
	const words: string[] = [];
	for (let index = 0; index < argv.length; index++) {
		const token = argv[index]!;
		if (token === '--') {
			words.push(...argv.slice(index + 1));
			break;
		}
		if (!token.startsWith('-') || token === '-') {
			words.push(token);
			continue;
		}
		const {flag, spelled, value} = splitToken(token);
		let given = value;
		if (given === undefined && flag.kind !== 'switch' && !flag.isValueOptional) {
			const next = argv[index + 1];
			if (next === undefined || (next.startsWith('-') && next !== '-')) throw missingValue(flag, spelled);
			given = next;
			index++;
		}
		const checked = checkValue(flag, spelled, given);
		const former = flags.find(other => other.name === flag.name);
		const isRepeatable = flag.kind === 'texts' || flag.kind === 'words';
		if (former && !isRepeatable && former.value !== checked) {
			throw usageError(`${spelled} is given twice, with different values`);
		}
		if (!former || isRepeatable) {
			flags.push({name: flag.name, long: flag.long, value: checked});
		}
	}
	return {flags, words};
}

/** `--long`, `--long=value`, `-s`, `-svalue` and `-s=value`, told apart by the flag's own kind. */
function splitToken(token: string): {flag: FlagDefinition; spelled: string; value: string | undefined} {
	if (token.startsWith('--')) {
		const equals = token.indexOf('=');
		const spelled = equals < 0 ? token : token.slice(0, equals);
		const flag = flagTable.find(candidate => `--${candidate.long}` === spelled);
		if (!flag) throw unknownFlag(spelled);
		return {flag, spelled, value: equals < 0 ? undefined : token.slice(equals + 1)};
	}
	const spelled = token.slice(0, 2);
	const flag = flagTable.find(candidate => candidate.short === spelled.slice(1));
	if (!flag) throw unknownFlag(token);
	const rest = token.slice(2);
	if (rest === '') return {flag, spelled, value: undefined};
	return {flag, spelled, value: rest.startsWith('=') ? rest.slice(1) : rest};
}

function unknownFlag(spelled: string): Error {
	const guess = nearest(
		spelled.replace(/^-+/, ''),
		flagTable.map(flag => flag.long),
	);
	return usageError(`there is no flag ${spelled}`, guess ? `Did you mean --${guess}?` : undefined);
}

function missingValue(flag: FlagDefinition, spelled: string): Error {
	return usageError(`${spelled} needs a value`, `Write ${spelled}=${flag.placeholder ?? 'VALUE'}.`);
}

function checkValue(flag: FlagDefinition, spelled: string, value: string | undefined): string {
	if (flag.kind === 'switch') {
		const given = value ?? 'true';
		if (switchValues.includes(given)) return given;
		throw usageError(`${spelled} is a switch and takes no value but true or false, not ${given}`);
	}
	if (value === undefined) return bareValue;
	if (value === '' || value.includes('\u0000')) throw missingValue(flag, spelled);
	switch (flag.kind) {
		case 'duration':
			if (parseDuration(value) === null) {
				const hint = /^\d+$/.test(value) ? `Did you mean ${spelled}=${value}s?` : 'Write it like 30s, 5m or 1h30m.';
				throw usageError(`${spelled}: ${value} is no duration`, hint);
			}
			return value;
		case 'count':
			if (!/^[1-9]\d{0,8}$/.test(value)) throw usageError(`${spelled}: ${value} is no whole number above zero`);
			return value;
		case 'choice':
			if (flag.choices) checkChoice(spelled, value, flag.choices);
			return value;
		case 'words':
			for (const word of value.split(',')) {
				if (flag.choices) checkChoice(spelled, word, flag.choices);
				else if (word.trim() === '') throw missingValue(flag, spelled);
			}
			return value;
		case 'text':
		case 'texts':
			return value;
	}
}

/** Refuses what is not one of the choices, naming the nearest. */
export function checkChoice(spelled: string, value: string, choices: readonly string[]): void {
	if (choices.includes(value)) return;
	const guess = nearest(value, choices);
	throw usageError(
		`${spelled}: ${value} is not one of ${choices.join(', ')}`,
		guess ? `Did you mean ${guess}?` : undefined,
	);
}
