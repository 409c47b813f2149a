import type {CommitView, FileChange, LoggedCommit} from '../../../model/commit.ts';
import {markOf} from '../../../model/commit.ts';
import {formatProblem} from '../../../model/errors.ts';
import {safeBlock, safeText} from '../../../model/text.ts';
import type {Frame} from '../../present/frame.ts';
import {foreignPatchLines} from '../../present/patch-lines.ts';
import {formatAge} from '../../store/ages.ts';
import type {LineText, StyleName} from '../../theme/styles.ts';

const fileMarks: Readonly<Record<FileChange['status'], {readonly mark: string; readonly style: StyleName}>> = {
	added: {mark: 'A', style: 'added'},
	modified: {mark: 'M', style: 'changed'},
	deleted: {mark: 'D', style: 'removed'},
	renamed: {mark: 'R', style: 'changed'},
};

/** One commit: who, when, what it says, what it did to the application, its files and its diff. */
export function commitLines(view: CommitView, logged: LoggedCommit | undefined, {now, glyphs}: Frame): LineText[] {
	const {info, body, files, diff, isTruncated, problems} = view;
	const state = logged ? stateLine(logged) : null;
	return [
		[{text: info.id, style: 'strong'}],
		[{text: `${safeText(info.author)} <${safeText(info.email)}>, ${formatAge(now - info.time)} ago`, style: 'quiet'}],
		...(state ? [state] : []),
		'',
		[{text: safeText(info.subject), style: 'strong'}],
		...(body.trim() === '' ? [] : ['', ...safeBlock(body.trim()).split('\n')]),
		'',
		...files.map(fileLine),
		...problems.map<LineText>(problem => [
			{text: `${glyphs.glyph.bad} ${safeText(formatProblem(problem))}`, style: 'bad'},
		]),
		'',
		...(diff === '' ? [] : foreignPatchLines(diff)),
		...(isTruncated ? [[{text: 'cut here: the diff is longer than what is shown', style: 'warning'} as const]] : []),
	];
}

function stateLine(commit: LoggedCommit): LineText {
	const {objects, failure} = commit;
	const changes = objects
		? `${objects.created} created, ${objects.changed} changed, ${objects.deleted} deleted`
		: 'what it changes in the cluster is not known';
	return [
		{text: `${markOf(commit)}: `, style: failure ? 'bad' : 'strong'},
		{text: failure ? `${safeText(failure)}; ` : '', style: 'bad'},
		{text: changes},
	];
}

function fileLine({path, status, additions, deletions, isBinary}: FileChange): LineText {
	const {mark, style} = fileMarks[status];
	return [
		{text: `${mark} `, style},
		{text: safeText(path)},
		...(isBinary
			? [{text: '  binary', style: 'quiet'} as const]
			: [{text: `  +${additions}`, style: 'added'} as const, {text: ` -${deletions}`, style: 'removed'} as const]),
	];
}
