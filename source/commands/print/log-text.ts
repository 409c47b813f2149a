import {formatAge, formatTime, shortRevision} from '../../model/ages.ts';
import {type CommitMark, type LoggedCommit, markOf, type ObjectCounts} from '../../model/commit.ts';
import {safeText} from '../../model/text.ts';
import type {LogAnswer} from '../../protocol/messages/history.ts';
import {type Cell, cut, layOut} from '../terminal/columns.ts';
import type {Glyph, Surface, Tone} from '../terminal/surface.ts';
import {commitJson} from './change-json.ts';

const appearance: Readonly<Record<CommitMark, {readonly glyph: Glyph | null; readonly tone: Tone}>> = {
	live: {glyph: 'live', tone: 'good'},
	failed: {glyph: 'bad', tone: 'bad'},
	reverted: {glyph: 'reverted', tone: 'quiet'},
	revert: {glyph: 'revert', tone: 'plain'},
	pending: {glyph: 'pending', tone: 'busy'},
	past: {glyph: null, tone: 'plain'},
};

/** Columns a subject may take in the table that is not wide; subjects are meant to fit in fifty (git-commit). */
const subjectColumns = 50;

/** The table of `log`, newest first as given. `now` is epoch milliseconds. The wide one cuts no subject and no id. */
export function logTable(
	commits: readonly LoggedCommit[],
	{surface, now, isWide}: {readonly surface: Surface; readonly now: number; readonly isWide: boolean},
): string[] {
	const titles = ['', 'COMMIT', 'STATE', 'AUTHOR', isWide ? 'TIME' : 'AGE', 'SUBJECT', 'OBJECTS', 'NOTE'];
	const rows = commits.map(commit => {
		const mark = markOf(commit);
		const {glyph, tone} = appearance[mark];
		const subject = safeText(commit.subject);
		return [
			{text: glyph ? surface.glyph(glyph) : ' ', tone},
			isWide ? commit.id : shortRevision(commit.id),
			{text: mark === 'past' ? '-' : mark, tone},
			isWide ? `${commit.author} <${commit.email}>` : commit.author,
			isWide ? formatTime(commit.time) : formatAge(now - commit.time),
			isWide ? subject : cut(subject, subjectColumns, surface),
			isWide ? countsText(commit.objects) : objectsText(commit.objects),
			noteOf(commit),
		] satisfies (Cell | string)[];
	});
	return layOut([titles.map(text => ({text, tone: 'quiet'}) satisfies Cell), ...rows], surface, '', [3, 5]);
}

/** `2 objects`; `?` where it is not known, which is not the same as none. */
function objectsText(objects: ObjectCounts | null): string {
	if (objects === null) return '?';
	const count = objects.created + objects.changed + objects.deleted;
	return `${count} object${count === 1 ? '' : 's'}`;
}

function countsText(objects: ObjectCounts | null): string {
	if (objects === null) return '?';
	return `${objects.created} created, ${objects.changed} changed, ${objects.deleted} deleted`;
}

function noteOf({reverts, revertedBy, failure}: LoggedCommit): string {
	return [
		...(revertedBy === undefined ? [] : [`reverted by ${shortRevision(revertedBy)}`]),
		...(reverts === undefined ? [] : [`reverts ${shortRevision(reverts)}`]),
		...(failure === undefined ? [] : [failure]),
	].join('; ');
}

/** `log -o json`: documented in the README; keys are added, never renamed or removed. */
export function logJson(application: string, {branch, commits}: LogAnswer): object {
	return {
		application,
		branch,
		commits: commits.map(commit => ({
			...commitJson(commit),
			state: commit.state,
			failure: commit.failure ?? null,
			reverts: commit.reverts ?? null,
			revertedBy: commit.revertedBy ?? null,
			objects: commit.objects ? {...commit.objects} : null,
		})),
	};
}
