import {formatAge} from '../../model/ages.ts';
import {formatChange, formatManager} from '../../model/change-text.ts';
import {formatProblem} from '../../model/errors.ts';
import {compareText, resourceStandingOf} from '../../model/standing.ts';
import type {ApplicationStatus, Condition, ObjectResult, ResourceStatus} from '../../model/status.ts';
import {safeText} from '../../model/text.ts';
import {type Cell, layOut} from '../terminal/columns.ts';
import type {Surface} from '../terminal/surface.ts';
import {holdLines} from './hold-text.ts';
import {appearanceOf} from './standing.ts';

export interface DetailOptions {
	readonly surface: Surface;
	/** Epoch milliseconds. */
	readonly now: number;
	/** Lines a single application may take; the rest is counted. */
	readonly limit: number;
	/** Flags for the commands that are printed; see Line.where. */
	readonly where: string;
}

/** What is wrong with one application, each in a sentence: conditions, the failed sync, the drift that stands. */
export function applicationDetails(application: ApplicationStatus, options: DetailOptions): string[] {
	const {surface, now, limit, where} = options;
	const lines = [
		...holdLines(application.holds, {surface, now}),
		...application.conditions.map(condition => conditionLine(condition, options)),
		...operationLines(application, options),
		...application.drift.flatMap(drift =>
			drift.fields.map(field => {
				const who = `set by ${formatManager(field)}`;
				const change = `${safeText(drift.object)} ${formatChange(field, surface.glyph('arrow'))}`;
				const mark = surface.paint(surface.glyph('drift'), 'warning');
				return `${mark} ${change}, ${who} ${formatAge(now - drift.since)} ago: ${drift.action}`;
			}),
		),
	];
	if (lines.length === 0) return [];
	const rest = lines.length - limit;
	const more =
		rest > 0 ? [`${surface.glyph('ellipsis')} and ${rest} more: holdfast status ${application.name}${where}`] : [];
	const shown = [...lines.slice(0, limit), ...more].map(line => `  ${line}`);
	return ['', surface.paint(safeText(application.name), 'strong') + safeText(kinshipOf(application)), ...shown];
}

/** ` (declared by platform, after network)`: where it comes from and what it waits for, where that is not the file. */
function kinshipOf({parent, dependsOn}: ApplicationStatus): string {
	const parts = [
		...(parent === null ? [] : [`declared by ${parent}`]),
		...(dependsOn.length > 0 ? [`after ${dependsOn.join(', ')}`] : []),
	];
	return parts.length > 0 ? ` (${parts.join('; ')})` : '';
}

/** What is no error but a wait, in words; the rest is named by its type. */
const waits: Partial<Record<Condition['type'], string>> = {
	SyncWindow: 'automatic syncs wait for their window',
	DependencyNotReady: 'waits for what it depends on',
	RevertInFlight: 'waits for a revert on its way',
};

function conditionLine(condition: Condition, {surface, now}: DetailOptions): string {
	const isNotice = condition.type === 'ConfigurationNotice' || condition.type === 'Suspended';
	const wait = waits[condition.type];
	const glyph = wait ? 'paused' : isNotice ? 'warning' : 'bad';
	const mark = surface.paint(surface.glyph(glyph), glyph === 'bad' ? 'bad' : 'warning');
	const age = `(since ${formatAge(now - condition.since)})`;
	return `${mark} ${wait ?? condition.type}: ${safeText(formatProblem(condition.problem))} ${surface.paint(age, 'quiet')}`;
}

function operationLines(
	{name, operation, syncStatus}: ApplicationStatus,
	{surface, now, where}: DetailOptions,
): string[] {
	if (!operation || (syncStatus === 'Synced' && operation.phase === 'Succeeded')) return [];
	const failed = operation.results.filter(result => result.result === 'Failed');
	const lines = failed.map(result => resultLine(result, surface));
	if (operation.phase === 'Failed' && operation.retryAt !== undefined) {
		const wait = Math.max(0, operation.retryAt - now);
		lines.push(`${surface.glyph('busy')} attempt ${operation.attempt} failed, next in ${formatAge(wait)}`);
	}
	if (operation.confirmation)
		lines.push(...confirmationLines({application: name, ...operation.confirmation, where}, surface));
	return lines;
}

export function resultLine(result: ObjectResult, surface: Surface): string {
	const mark = result.result === 'Failed' ? 'bad' : result.result === 'Skipped' ? 'paused' : 'good';
	const tone = mark === 'paused' ? 'quiet' : mark;
	const message = result.message ? `: ${safeText(result.message)}` : '';
	return `${surface.paint(surface.glyph(mark), tone)} ${result.action} ${safeText(result.object)}${message}`;
}

/** A list of deletions that only a person may approve. */
export interface WaitingDeletions {
	readonly application: string;
	readonly token: string;
	readonly deletions: readonly string[];
	readonly where: string;
}

/** The list that a person has to approve, and the exact command that approves it. */
export function confirmationLines(waiting: WaitingDeletions, surface: Surface): string[] {
	return [
		`${surface.paint(surface.glyph('bad'), 'bad')} ${waiting.deletions.length} deletions wait for a person:`,
		...waiting.deletions.map(object => `    delete ${safeText(object)}`),
		`  To delete exactly these: ${confirmationCommand(waiting)}`,
	];
}

export function confirmationCommand({application, token, where}: Omit<WaitingDeletions, 'deletions'>): string {
	// With `=`, because a token may begin with a dash.
	return safeText(`holdfast sync ${application} --prune --confirm-deletions=${token}${where}`);
}

/** The objects of one application, those that need a look first. */
export function resourceTable(resources: readonly ResourceStatus[], surface: Surface): string[] {
	const order = ['failed', 'degraded', 'missing', 'out-of-sync', 'unknown', 'progressing', 'suspended', 'good'];
	const rank = (resource: ResourceStatus) => order.indexOf(resourceStandingOf(resource));
	const sorted = [...resources].sort(
		(a, b) => rank(a) - rank(b) || compareText(a.kind, b.kind) || compareText(a.name, b.name),
	);
	const titles = ['', 'KIND', 'NAMESPACE', 'NAME', 'SYNC', 'HEALTH', 'MESSAGE'];
	const rows = sorted.map(resource => {
		const {glyph, tone} = appearanceOf(resourceStandingOf(resource));
		const role = resource.isHook ? 'hook' : resource.requiresPruning ? 'not in Git any more' : '';
		const message = resource.problem
			? formatProblem({...resource.problem, object: undefined})
			: (resource.health.message ?? role);
		return [
			{text: surface.glyph(glyph), tone},
			resource.kind,
			resource.namespace || '-',
			resource.name,
			resource.syncStatus,
			resource.health.status,
			{text: message},
		] satisfies (Cell | string)[];
	});
	return layOut([titles.map(text => ({text, tone: 'quiet'}) satisfies Cell), ...rows], surface);
}
