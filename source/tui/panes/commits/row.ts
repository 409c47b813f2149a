import {shortRevision} from '../../../model/ages.ts';
import {type CommitMark, type LoggedCommit, markOf, type ObjectCounts} from '../../../model/commit.ts';
import {safeText} from '../../../model/text.ts';
import type {Appearance} from '../../present/appearance.ts';
import type {Frame} from '../../present/frame.ts';
import {formatAge} from '../../store/ages.ts';
import type {GlyphName} from '../../theme/glyphs.ts';
import type {LineText, StyleName} from '../../theme/styles.ts';
import {type Column, layOutRow, type PlacedColumn, placeColumns} from '../../widgets/fit/columns.ts';
import {widthOf} from '../../widgets/fit/width.ts';

const widestNote = 40;
const leastNote = 4;

const widestAuthor = 20;
const leastAuthor = 6;

/** Authors and notes take what the longest of them needs, most of the time `live`: the rest is the subject's. */
const columns = ({note, author}: {readonly note: number; readonly author: number}): readonly Column[] => [
	{id: 'commit', minimum: 9, priority: 10},
	{id: 'author', minimum: leastAuthor, maximum: Math.min(author, widestAuthor), grow: 4, priority: 6},
	{id: 'age', minimum: 4, priority: 7, align: 'right'},
	{id: 'subject', minimum: 14, grow: 6, priority: 9},
	{id: 'objects', minimum: 9, priority: 4, align: 'right'},
	{
		id: 'note',
		minimum: Math.max(leastNote, Math.min(note, 22)),
		maximum: Math.min(note, widestNote),
		grow: 1,
		priority: 3,
	},
];

const appearances: Readonly<Record<CommitMark, {readonly glyph: GlyphName | null; readonly style: StyleName}>> = {
	live: {glyph: 'live', style: 'good'},
	failed: {glyph: 'bad', style: 'bad'},
	reverted: {glyph: 'reverted', style: 'quiet'},
	revert: {glyph: 'revert', style: 'plain'},
	pending: {glyph: 'pending', style: 'busy'},
	past: {glyph: null, style: 'quiet'},
};

/** What the application is right now, so that the live commit can say whether it works. */
export interface LiveState {
	readonly appearance: Appearance;
	/** `Degraded`; empty while all is well. */
	readonly trouble: string;
}

export function commitColumns(
	width: number,
	commits: readonly LoggedCommit[],
	live: Pick<LiveState, 'trouble'>,
): readonly PlacedColumn[] {
	return placeColumns(columns(widestCells(commits, live)), width);
}

interface Widest {
	readonly trouble: string;
	readonly note: number;
	readonly author: number;
}

const known = new WeakMap<readonly LoggedCommit[], Widest>();

/** Measured once for what all rows of a log ask. */
function widestCells(commits: readonly LoggedCommit[], live: Pick<LiveState, 'trouble'>): Widest {
	const former = known.get(commits);
	if (former?.trouble === live.trouble) return former;
	const widest = {
		trouble: live.trouble,
		note: Math.max(leastNote, ...commits.map(commit => widthOf(noteOf(commit, live)))),
		author: Math.max(leastAuthor, ...commits.map(commit => widthOf(safeText(commit.author)))),
	};
	known.set(commits, widest);
	return widest;
}

/** `● 9f3c1a2  lena   12 m  raise memory   2 objects  live, Degraded`. */
export function commitRow(
	commit: LoggedCommit,
	live: LiveState,
	placed: readonly PlacedColumn[],
	{now, glyphs}: Pick<Frame, 'now' | 'glyphs'>,
): LineText {
	const mark = markOf(commit);
	const {glyph, style} = appearances[mark];
	const subject = safeText(commit.subject);
	const hasNote = placed.some(({id}) => id === 'note');
	const cells = {
		commit: {text: `${glyph ? glyphs.glyph[glyph] : ' '} ${shortRevision(commit.id)}`, style},
		author: safeText(commit.author),
		age: {text: formatAge(now - commit.time), style: 'quiet'},
		// A state is a word: where it has no column of its own it stands before the subject.
		subject: {
			text: hasNote ? subject : `${wordOf(mark, live)}${subject}`,
			style: mark === 'reverted' ? 'quiet' : 'plain',
		},
		objects: {text: objectsText(commit.objects), style: 'quiet'},
		note: {text: noteOf(commit, live), style: mark === 'live' && live.trouble !== '' ? 'bad' : style},
	} as const;
	return layOutRow(placed, cells, glyphs.glyph.ellipsis);
}

function wordOf(mark: CommitMark, {trouble}: LiveState): string {
	if (mark === 'past' || mark === 'revert') return '';
	return mark === 'live' && trouble !== '' ? `live, ${trouble}: ` : `${mark}: `;
}

/** `2 objects`; `?` where it is not known, which is not the same as none. */
export function objectsText(objects: ObjectCounts | null): string {
	if (objects === null) return '?';
	const count = objects.created + objects.changed + objects.deleted;
	return `${count} object${count === 1 ? '' : 's'}`;
}

function noteOf(commit: LoggedCommit, live: Pick<LiveState, 'trouble'>): string {
	switch (markOf(commit)) {
		case 'live':
			return live.trouble === '' ? 'live' : `live, ${live.trouble}`;
		case 'failed':
			return commit.failure ? `failed: ${safeText(commit.failure)}` : 'failed';
		case 'reverted':
			return `reverted by ${shortRevision(commit.revertedBy ?? null)}`;
		case 'pending':
			return commit.reverts ? `takes ${shortRevision(commit.reverts)} back, not synced yet` : 'not synced yet';
		case 'revert':
			return `takes ${shortRevision(commit.reverts ?? null)} back`;
		case 'past':
			return '';
	}
}
