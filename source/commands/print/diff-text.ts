import {structuredPatch} from 'diff';
import {shortRevision} from '../../model/ages.ts';
import {formatValue} from '../../model/change-text.ts';
import {formatProblem} from '../../model/errors.ts';
import {safeBlock, safeText} from '../../model/text.ts';
import type {DiffAnswer, FieldDiff, ObjectDiff} from '../../protocol/messages/diff.ts';
import type {Surface, Tone} from '../terminal/surface.ts';

const contextLines = 3;

/**
 * A diff as `diff -u` writes it, object by object: the header names the object, comment lines list the fields with who
 * set the live value, then the hunks of its YAML. The comment lines begin with `#`, so that `patch` and highlighters
 * take them for what they are.
 */
export function diffText(answer: Pick<DiffAnswer, 'objects' | 'revision'>, surface: Surface): string[] {
	return answer.objects.flatMap(object => objectLines(object, answer.revision, surface));
}

function objectLines(object: ObjectDiff, revision: string, surface: Surface): string[] {
	const name = objectName(object);
	const tone = object.action === 'delete' ? 'bad' : object.action === 'create' ? 'good' : 'warning';
	const title = `# ${object.action} ${name}`;
	const fields = object.action === 'change' ? object.fields.map(field => fieldLine(field, surface)) : [];
	return [surface.paint(title, tone), ...fields, ...hunkLines(object, name, revision, surface), ''];
}

function objectName(object: ObjectDiff): string {
	const group = object.group ? `${object.group}/${object.version}` : object.version;
	const place = object.namespace ? ` in ${object.namespace}` : '';
	return safeText(`${object.object} (${group})${place}`);
}

function fieldLine(field: FieldDiff, surface: Surface): string {
	const change = `${formatValue(field.live)} ${surface.glyph('arrow')} ${formatValue(field.desired)}`;
	const manager = field.manager ? `   # set by ${safeText(field.manager)}` : '';
	return `#   ${safeText(field.path)}: ${change}${surface.paint(manager, 'warning')}`;
}

function hunkLines(object: ObjectDiff, name: string, revision: string, surface: Surface): string[] {
	const live = normalise(object.live);
	const desired = normalise(object.desired);
	const patch = structuredPatch(name, name, live, desired, undefined, undefined, {context: contextLines});
	if (patch.hunks.length === 0) return [];
	return [
		surface.paint(`--- ${object.live === undefined ? '/dev/null' : `live ${name}`}`, 'strong'),
		surface.paint(
			`+++ ${object.desired === undefined ? '/dev/null' : `Git ${shortRevision(revision)} ${name}`}`,
			'strong',
		),
		...patch.hunks.flatMap(hunk => [
			surface.paint(`@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`, 'busy'),
			...hunk.lines.map(line => surface.paint(line, toneOf(line))),
		]),
	];
}

/** An empty side begins at line 0 (POSIX diff -u). */
function range(start: number, lines: number): string {
	return `${lines === 0 ? start - 1 : start},${lines}`;
}

function normalise(yaml: string | undefined): string {
	if (yaml === undefined || yaml === '') return '';
	const text = safeBlock(yaml);
	return text.endsWith('\n') ? text : `${text}\n`;
}

function toneOf(line: string): Tone {
	return line.startsWith('+') ? 'good' : line.startsWith('-') ? 'bad' : 'plain';
}

/** The last line of a diff: what it comes to, and what it cost the API server. */
export function diffSummary(answer: DiffAnswer): string {
	const count = (action: ObjectDiff['action']) => answer.objects.filter(object => object.action === action).length;
	const cost = answer.dryRuns > 0 ? ` (${answer.dryRuns} dry run${answer.dryRuns === 1 ? '' : 's'})` : '';
	const where = `${answer.application} against Git ${shortRevision(answer.revision)}`;
	if (answer.objects.length === 0) {
		const reservation = answer.problems.length > 0 ? ' in what could be compared' : '';
		return safeText(`${where}: no difference${reservation}${cost}`);
	}
	const parts = [`${count('create')} to create`, `${count('change')} to change`, `${count('delete')} to delete`];
	return safeText(`${where}: ${parts.join(', ')}${cost}`);
}

export function diffProblems(answer: DiffAnswer, surface: Surface): string[] {
	return answer.problems.map(
		problem => `${surface.paint(surface.glyph('bad'), 'bad')} ${safeText(formatProblem(problem))}`,
	);
}

/** `diff -o json`: documented in the README. Equal to what the worker answers; already redacted. */
export function diffJson(answer: DiffAnswer): object {
	return {
		application: answer.application,
		revision: answer.revision,
		counts: {
			create: answer.objects.filter(object => object.action === 'create').length,
			change: answer.objects.filter(object => object.action === 'change').length,
			delete: answer.objects.filter(object => object.action === 'delete').length,
		},
		objects: answer.objects.map(objectDiffJson),
		problems: answer.problems.map(problem => ({...problem})),
		dryRuns: answer.dryRuns,
	};
}

export function objectDiffJson(object: ObjectDiff): object {
	return {
		object: object.object,
		group: object.group,
		version: object.version,
		namespace: object.namespace,
		action: object.action,
		fields: object.fields.map(field => ({...field})),
		live: object.live ?? null,
		desired: object.desired ?? null,
	};
}
