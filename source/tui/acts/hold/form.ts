import {parseDuration, parseMoment} from '../../../model/durations.ts';
import type {HeldObject, HoldScope} from '../../../model/hold.ts';
import {printScope} from '../../../model/hold.ts';
import {formatUntil} from '../../../model/hold-text.ts';
import {safeText} from '../../../model/text.ts';
import {sentenceLines} from '../../dialogs/content/rows.ts';
import {type Field, type Form, type FormValues, isTicked} from '../../dialogs/form/form.ts';

/** How long a hold lasts; what people choose in an incident. */
const presets = [
	{value: '15m', label: '15 min'},
	{value: '1h', label: '1 h'},
	{value: '4h', label: '4 h'},
	{value: 'other', label: 'other'},
	{value: 'none', label: 'no end'},
] as const;

/** Who finds a hold without an end must know that somebody meant it. */
const breakGlassWord = 'break-glass';

export interface HoldQuestion {
	/** `checkout`, `3 applications`, `everything`. */
	readonly target: string;
	readonly where: string;
	readonly isProduction: boolean;
	/** Everything, and automatic syncs too. */
	readonly isRedButton: boolean;
	/** What is selected in it; null: only the whole can be held. */
	readonly object: HeldObject | null;
	/** Printed paths of drifted fields of the object. */
	readonly fields: readonly string[];
	/** What has to be typed because of production; empty: nothing. */
	readonly words: readonly string[];
	/** Epoch milliseconds. */
	readonly now: number;
}

/** What is held. The smallest thing that is selected stands last; the whole application is chosen at first. */
export function scopesOf({object, fields}: Pick<HoldQuestion, 'object' | 'fields'>): HoldScope[] {
	if (!object) return [{type: 'application'}];
	return [
		{type: 'application'},
		{type: 'object', ...object},
		...fields.map((path): HoldScope => ({type: 'field', ...object, path})),
	];
}

export function holdForm(question: HoldQuestion): Form {
	const {target, where, isRedButton, now} = question;
	const scopes = scopesOf(question);
	const title = isRedButton
		? `Hold EVERYTHING on ${where}: no automatic write anywhere`
		: `Hold ${target} on ${where}: healing stops, drift is still seen`;
	const fields: Field[] = [
		...(scopes.length > 1 ? [whatField(scopes)] : []),
		{type: 'radio', id: 'until', label: 'until', value: '1h', options: presets},
		{
			type: 'text',
			id: 'other',
			label: '',
			value: '',
			placeholder: '90m, 2h30m, or 2026-11-21T12:00:00Z',
			isShown: ({until}) => until === 'other',
		},
		...(isRedButton ? [] : [syncField]),
		{type: 'text', id: 'reason', label: 'reason', value: '', placeholder: 'INC-2231 scaling by hand while we look'},
		{
			type: 'text',
			id: 'word',
			label: 'type',
			value: '',
			placeholder: 'what stands below',
			isShown: values => wordOf(question, values) !== '',
		},
	];
	return {
		title: safeText(title),
		tone: isRedButton || question.isProduction ? 'danger' : 'plain',
		fields,
		focus: 'reason',
		verb: 'holds',
		notes: (values, frame) => [
			...sentenceLines(endText(values, now), 'quiet', frame),
			...(isRedButton ? sentenceLines('Healing and automatic syncs stop; drift is still seen.', 'warning', frame) : []),
			...wordNote(question, values).flatMap(text => sentenceLines(text, 'warning', frame)),
		],
		check: values => whyNot(question, values),
	};
}

const syncField: Field = {
	type: 'check',
	id: 'sync',
	label: 'also',
	text: 'stop automatic syncs of new commits',
	isOn: false,
	isShown: values => (values.what ?? '0') === '0',
};

function whatField(scopes: readonly HoldScope[]): Field {
	const options = scopes.map((scope, index) => ({
		value: String(index),
		label: safeText(scope.type === 'field' ? `${scope.path} of it` : printScope(scope)),
	}));
	return {type: 'radio', id: 'what', label: 'what', value: '0', options};
}

/** Milliseconds from now; null: no end; undefined: what was typed is neither a duration nor a moment to come. */
export function durationOf(values: FormValues, now: number): number | null | undefined {
	if (values.until === 'none') return null;
	const typed = (values.until === 'other' ? values.other : values.until) ?? '';
	const duration = parseDuration(typed.trim());
	if (duration !== null) return duration > 0 ? duration : undefined;
	const moment = parseMoment(typed.trim());
	return moment !== null && moment > now ? moment - now : undefined;
}

/** What was filled in, as the worker takes it; only after the form has been checked. */
export function wishOf(question: HoldQuestion, values: FormValues) {
	const durationMilliseconds = durationOf(values, question.now) ?? null;
	const scope = scopesOf(question)[Number(values.what ?? '0')] ?? {type: 'application'};
	return {
		scope,
		reason: (values.reason ?? '').trim(),
		durationMilliseconds,
		breakGlass: durationMilliseconds === null,
		includesSync: question.isRedButton || (scope.type === 'application' && isTicked(values, 'sync')),
	} as const;
}

function endText(values: FormValues, now: number): string {
	const duration = durationOf(values, now);
	if (duration === undefined) return 'ends: say when';
	if (duration === null) return 'has no end: it stays until somebody resumes it (break-glass)';
	return `ends ${formatUntil(now + duration, now)}, then everything is as before`;
}

function wordOf({words}: HoldQuestion, {until}: FormValues): string {
	return [...words, ...(until === 'none' ? [breakGlassWord] : [])].join(' ');
}

function wordNote(question: HoldQuestion, values: FormValues): string[] {
	const word = wordOf(question, values);
	return word === '' ? [] : [`Type ${word} to hold.`];
}

function whyNot(question: HoldQuestion, values: FormValues): string | null {
	if (durationOf(values, question.now) === undefined) return 'until when? 90m, 2h30m, or 2026-11-21T12:00:00Z';
	if (values.until === 'none' && (values.reason ?? '').trim() === '') {
		return 'a hold without an end needs a reason: who finds it must know why';
	}
	const word = wordOf(question, values);
	return word === '' || (values.word ?? '').trim() === word ? null : `type ${word} to hold`;
}
