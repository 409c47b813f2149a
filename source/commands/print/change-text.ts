import {formatAge, shortRevision} from '../../model/ages.ts';
import type {CommitInfo, FileChange} from '../../model/commit.ts';
import {formatProblem, type Problem} from '../../model/errors.ts';
import {isEmptyPlan} from '../../model/plan-text.ts';
import type {ApplicationStatus} from '../../model/status.ts';
import {safeBlock, safeText} from '../../model/text.ts';
import type {ApplicationEffect, ChangePreview, PushedChange} from '../../protocol/messages/change.ts';
import type {Surface, Tone} from '../terminal/surface.ts';
import {diffText} from './diff-text.ts';
import {nothingToDo, type PlanOptions, planText} from './plan-text.ts';

export interface ChangeOptions extends PlanOptions {
	/** What this client knows of an application; its holds are named in the plan. */
	readonly find: (application: string) => ApplicationStatus | undefined;
	/** `--branch`: where to push instead of the tracked branch. */
	readonly branch: string | undefined;
}

/** `9f3c1a2 "raise memory" by lena, 3h ago`. */
export function describeCommit({id, subject, author, time}: CommitInfo, now: number): string {
	const quoted = JSON.stringify(safeText(subject));
	return `${shortRevision(id)} ${quoted} by ${safeText(author)}, ${formatAge(now - time)} ago`;
}

/**
 * What a change in Git would do, before it is pushed: whose commit it will be and where it goes, its files and its diff,
 * and then, for every application it touches, what changes in the cluster.
 */
export function changeText(preview: ChangePreview, options: ChangeOptions): string[] {
	const {surface, branch} = options;
	const signed = preview.isSigned ? ', signed' : '';
	const to =
		branch === undefined
			? `to ${preview.branch}; where that is refused, to a branch of its own`
			: `to the branch ${branch}, to be merged into ${preview.branch}`;
	const [subject = ''] = preview.message.split('\n');
	return [
		`  message    ${safeText(subject)}`,
		`  author     ${safeText(preview.author)}${signed}`,
		`  push       ${safeText(to)}`,
		...fileLines(preview.files, surface),
		'',
		...patchLines(preview, surface),
		...preview.effects.flatMap(effect => ['', ...effectLines(effect, options)]),
		...(preview.effects.length === 0 ? ['', 'No application changes in the cluster.'] : []),
		...(preview.untouched.length > 0 ? ['', `not touched: ${safeText(preview.untouched.join(', '))}`] : []),
		'',
	];
}

const fileMarks: Readonly<Record<FileChange['status'], {readonly mark: string; readonly tone: Tone}>> = {
	added: {mark: 'A', tone: 'good'},
	modified: {mark: 'M', tone: 'warning'},
	deleted: {mark: 'D', tone: 'bad'},
	renamed: {mark: 'R', tone: 'warning'},
};

/** The list that `git diff --stat` shows, all of it: a file not named is a file not seen. */
export function fileLines(files: readonly FileChange[], surface: Surface): string[] {
	const total = (key: 'additions' | 'deletions') => files.reduce((sum, file) => sum + file[key], 0);
	const count = `${files.length} file${files.length === 1 ? '' : 's'}`;
	return [
		`  files      ${count}, +${total('additions')} -${total('deletions')}`,
		...files.map(({path, status, additions, deletions, isBinary}) => {
			const {mark, tone} = fileMarks[status];
			const size = isBinary ? 'binary' : `+${additions} -${deletions}`;
			return `    ${surface.paint(mark, tone)} ${safeText(path)}  ${size}`;
		}),
	];
}

function patchLines({diff, isTruncated}: ChangePreview, surface: Surface): string[] {
	const lines = safeBlock(diff).replace(/\n$/, '').split('\n');
	const painted = lines.map(line => surface.paint(line, patchTone(line)));
	return isTruncated ? [...painted, `${surface.glyph('ellipsis')} the diff is longer; it is cut here`] : painted;
}

function patchTone(line: string): Tone {
	if (line.startsWith('+++') || line.startsWith('---') || line.startsWith('diff ')) return 'strong';
	if (line.startsWith('@@')) return 'busy';
	return line.startsWith('+') ? 'good' : line.startsWith('-') ? 'bad' : 'plain';
}

function effectLines(effect: ApplicationEffect, options: ChangeOptions): string[] {
	const {surface} = options;
	const {plan, context, namespace} = effect;
	const place = {context, namespace, holds: options.find(effect.application)?.holds ?? []};
	const lines = isEmptyPlan(plan) ? nothingToDo(plan, place, options) : planText(plan, place, options);
	const objects = diffText({objects: effect.objects, revision: plan.revision}, surface).map(line =>
		line === '' ? '' : `    ${line}`,
	);
	// The worker says it with a problem of its own, where it does.
	const isSaid = effect.isAutomated || effect.problems.some(({code}) => code === 'NotAutomated');
	const name = safeText(effect.application);
	const manual = isSaid ? [] : [`  not automated: it stays as it is until holdfast sync ${name}`];
	return [
		...lines,
		...(objects.length > 0 ? ['', ...trimEnd(objects)] : []),
		...effect.problems.map(
			problem => `  ${surface.paint(surface.glyph('warning'), 'warning')} ${problemText(problem)}`,
		),
		...manual,
	];
}

function trimEnd(lines: readonly string[]): readonly string[] {
	return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function problemText(problem: Problem): string {
	return safeText(formatProblem(problem));
}

/** Where the change went, and what is left to do where it did not go to the tracked branch. */
export function pushedText(
	name: string,
	{branch: tracked}: ChangePreview,
	result: PushedChange,
	surface: Surface,
): string[] {
	const commit = shortRevision(result.commit);
	const remote = result.remoteMessage.trim();
	const said =
		remote === ''
			? []
			: safeBlock(remote)
					.split('\n')
					.map(line => `  remote: ${line}`);
	if (result.type === 'tracked') {
		const mark = surface.paint(surface.glyph('good'), 'good');
		return [`${mark} ${safeText(`${name}: pushed ${commit} to ${result.branch}`)}`, ...said];
	}
	const mark = surface.paint(surface.glyph('differs'), 'warning');
	const why = result.refusedBecause ? `: ${result.refusedBecause}` : '';
	return [
		`${mark} ${safeText(`${name}: pushed ${commit} to ${result.branch}, not to ${tracked}${why}`)}`,
		...said,
		...(result.nextSteps.length > 0
			? ['  To bring it in:', ...result.nextSteps.map(step => `    ${safeText(step)}`)]
			: []),
	];
}
