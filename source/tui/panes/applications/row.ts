import {shortRevision} from '../../../model/ages.ts';
import type {Hold} from '../../../model/hold.ts';
import {standingOf} from '../../../model/standing.ts';
import type {ApplicationStatus} from '../../../model/status.ts';
import {safeText} from '../../../model/text.ts';
import {healthStyle, standingAppearance, syncStyle} from '../../present/appearance.ts';
import type {Frame} from '../../present/frame.ts';
import {formatCalmAge, formatLeft} from '../../store/ages.ts';
import type {LineText} from '../../theme/styles.ts';
import {type CellText, type Column, layOutRow, type PlacedColumn, placeColumns} from '../../widgets/fit/columns.ts';
import {widthOf} from '../../widgets/fit/width.ts';

/** From the left; the lowest priority goes first where there is no room. The state never goes. */
const columns: readonly Column[] = [
	{id: 'name', minimum: 14, maximum: 44, grow: 2, priority: 10, cut: 'middle'},
	{id: 'sync', minimum: 9, priority: 9},
	{id: 'health', minimum: 11, priority: 8},
	{id: 'drift', minimum: 3, priority: 6},
	{id: 'note', minimum: 9, maximum: 24, grow: 2, priority: 5},
	{id: 'age', minimum: 5, priority: 3, align: 'right'},
];

export function applicationColumns(width: number): readonly PlacedColumn[] {
	return placeColumns(columns, width);
}

/** One line about one application: its state in glyph and words, what drifted, what is live or who holds it. */
export function applicationRow(
	application: ApplicationStatus,
	placed: readonly PlacedColumn[],
	{now, glyphs}: Pick<Frame, 'now' | 'glyphs'>,
): LineText {
	const {glyph} = glyphs;
	const {counts, health, syncStatus, syncedAt} = application;
	const {glyph: mark, style} = standingAppearance[standingOf(application)];
	const drifted = counts.drifted > 0 ? `${glyph.drift}${counts.drifted}` : '';
	const cells: Record<string, CellText> = {
		name: {text: `${glyph[mark]} ${safeText(application.name)}`, style},
		sync: {text: syncStatus, style: syncStyle[syncStatus]},
		health: {text: health.status, style: healthStyle[health.status]},
		drift: {text: drifted, style: 'drift'},
		note: noteOf(application, now, placed.find(({id}) => id === 'note')?.width ?? 0),
		age: {text: syncedAt === null ? 'never' : formatCalmAge(now - syncedAt), style: 'quiet'},
	};
	return layOutRow(placed, cells, glyph.ellipsis);
}

/** What matters most beyond the state: a sync that runs or waits, who holds it, else the commit. */
function noteOf({operation, holds, revision, syncStatus}: ApplicationStatus, now: number, width: number): CellText {
	if (operation?.phase === 'Running') return {text: `syncing ${operation.done}/${operation.total}`, style: 'busy'};
	if (holds.length > 0) {
		const full = describeHolds(holds, now);
		// Until when matters more than by whom, where there is room for only one of them.
		return {text: widthOf(full) <= width ? full : full.replace(/ by .*$/, ''), style: 'held'};
	}
	if (syncStatus !== 'Synced' && operation?.phase === 'AwaitingConfirmation') {
		return {text: 'waits for you', style: 'warning'};
	}
	if (syncStatus !== 'Synced' && operation?.phase === 'Failed') {
		const retry = operation.retryAt === undefined ? '' : `, again in ${formatLeft(operation.retryAt - now)}`;
		return {text: `sync failed${retry}`, style: 'bad'};
	}
	return {text: shortRevision(revision), style: 'quiet'};
}

/** `held 42 m by lena`, `2 parts held 5 m`. */
export function describeHolds(holds: readonly Hold[], now: number): string {
	const whole = holds.find(({scope}) => scope.type === 'application');
	const hold = whole ?? holds[0];
	if (!hold) return '';
	const left = hold.until === null ? '' : ` ${formatLeft(hold.until - now)}`;
	const [owner = ''] = safeText(hold.owner).split('@');
	if (whole) return `held${left} by ${owner}`;
	return holds.length === 1 ? `part held${left} by ${owner}` : `${holds.length} parts held${left}`;
}
