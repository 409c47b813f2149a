import type {JournalEntry} from '../model/journal.ts';
import {standingOf} from '../model/standing.ts';
import type {ApplicationStatus, WorkerStatus} from '../model/status.ts';
import {safeText} from '../model/text.ts';
import type {ProtocolClient} from '../protocol/client.ts';
import type {LogAnswer} from '../protocol/messages/history.ts';
import type {TreeNode} from '../protocol/messages/inspect.ts';
import {countApplications, countRecentDrifts} from './data/counts.ts';
import {innerSize} from './layout/inner.ts';
import {numberOfPane, type PaneName, paneTitles} from './layout/places.ts';
import {layOutScreen, type PlacedPane} from './layout/screen.ts';
import {applicationColumns, applicationRow} from './panes/applications/row.ts';
import {sortApplications} from './panes/applications/sort.ts';
import {commitColumns, commitRow} from './panes/commits/row.ts';
import {listDrifts} from './panes/drift/drifts.ts';
import {driftRow} from './panes/drift/row.ts';
import {syncHeadlines} from './panes/sync/headline.ts';
import {treeRows} from './panes/sync/tree.ts';
import {treeLine} from './panes/sync/tree-row.ts';
import {standingAppearance} from './present/appearance.ts';
import type {Frame} from './present/frame.ts';
import {freshnessOf} from './present/freshness.ts';
import {headerLines} from './present/header.ts';
import {summariseHealing} from './present/healing.ts';
import {type GlyphSet, glyphSets} from './theme/glyphs.ts';
import {plainText} from './theme/paint.ts';
import type {LineText} from './theme/styles.ts';
import {fitLine} from './widgets/fit/line.ts';
import {edgeLine} from './widgets/frame/title.ts';

export interface SnapshotInput {
	readonly worker: WorkerStatus;
	readonly applications: readonly ApplicationStatus[];
	/** Oldest first, as the worker answers. */
	readonly journal: readonly JournalEntry[];
	readonly client: Pick<ProtocolClient, 'tree' | 'log'>;
	readonly columns: number;
	readonly isUnicode: boolean;
	/** Epoch milliseconds. */
	readonly now: number;
}

interface Picture extends SnapshotInput {
	readonly worst: ApplicationStatus | undefined;
	readonly tree: readonly TreeNode[];
	readonly log: LogAnswer | null;
	readonly glyphs: GlyphSet;
}

const rows = {narrow: 24, wide: 40};

/** One frame of the monitor as text, the worst application selected: for a chat, a runbook, a bug report. */
export async function snapshotText(input: SnapshotInput): Promise<readonly string[]> {
	const [worst] = sortApplications(input.applications, 0, false);
	const [tree, log] = worst
		? await Promise.all([
				input.client.tree({application: worst.name}).catch(() => []),
				input.client.log({application: worst.name, limit: 30}).catch(() => null),
			])
		: [[], null];
	const glyphs = glyphSets[input.isUnicode ? 'unicode' : 'ascii'];
	const columns = Math.max(60, Math.min(400, input.columns));
	return drawFrame({...input, columns, worst, tree, log, glyphs});
}

function drawFrame(picture: Picture): string[] {
	const {columns} = picture;
	const screen = layOutScreen({
		columns,
		rows: columns < 100 ? rows.narrow : rows.wide,
		focus: 'applications',
		companion: 'drift',
		isZoomed: false,
		hasView: false,
	});
	if (screen.type !== 'screen') return [];
	const lines: string[] = drawHeader(picture);
	const canvas: {left: number; text: string}[][] = Array.from({length: screen.body.height}, () => []);
	for (const pane of screen.panes) {
		const {left, top} = pane.rectangle;
		drawPane(pane, picture).forEach((text, index) => {
			canvas[top - screen.body.top + index]?.push({left, text});
		});
	}
	for (const parts of canvas) {
		lines.push(
			parts
				.sort((one, other) => one.left - other.left)
				.map(({text}) => text)
				.join(''),
		);
	}
	return lines.map(line => line.trimEnd());
}

function drawHeader(picture: Picture): string[] {
	const {worker, applications, journal, now, columns: width, glyphs} = picture;
	const freshness = freshnessOf({link: {type: 'live', since: now}, worker}, now);
	const contexts = worker.connections.map(({context}) => context);
	const newest = Math.max(0, ...applications.map(({sourceSeenAt}) => sourceSeenAt ?? 0));
	return headerLines(
		{
			contexts,
			isProduction: worker?.connections.some(({isProduction}) => isProduction) ?? false,
			freshness,
			healing: summariseHealing(worker, applications, freshness.type === 'stale'),
			worker,
			access: {type: 'open'},
			counts: {...countApplications(applications), driftsLastHour: countRecentDrifts([...journal].reverse(), now)},
			absence: null,
			freeze: {type: 'running'},
			gitSeenAt: newest === 0 ? null : newest,
		},
		{width, now, glyphs},
	).map(plainText);
}

function drawPane(pane: PlacedPane, picture: Picture): string[] {
	const {rectangle, name, isFramed} = pane;
	const {glyphs} = picture;
	const {width, height} = innerSize(rectangle, isFramed);
	const ellipsis = glyphs.glyph.ellipsis;
	const content = paneLines[name](picture, {width: width - 1, now: picture.now, glyphs});
	const body = Array.from({length: height}, (_item, index) =>
		plainText([{text: ' '}, ...fitLine(content[index] ?? '', width - 1, ellipsis)]),
	);
	const title = `${numberOfPane(name)} ${paneTitles[name]}`;
	if (!isFramed) return [plainText(fitLine(title, width, ellipsis)), ...body];
	const frame = glyphs.frame.light;
	const hidden = content.length - height;
	const edge = (left: string, right: string, texts: {start?: LineText; end?: LineText}) =>
		plainText(edgeLine({left, right, frame, style: 'frame'}, texts, rectangle.width, glyphs));
	return [
		edge(frame.topLeft, frame.topRight, {start: `${title}${subtitleOf(name, picture)}`}),
		...body.map(line => `${frame.vertical}${line}${frame.vertical}`),
		edge(frame.bottomLeft, frame.bottomRight, hidden > 0 ? {end: `${hidden} more`} : {}),
	];
}

function subtitleOf(name: PaneName, {worst, glyphs}: Picture): string {
	const dash = glyphs.frame.light.horizontal.repeat(2);
	if (name === 'applications') return ` ${dash} worst first`;
	if (name === 'drift') return ` ${dash} newest first`;
	return worst ? ` ${dash} ${safeText(worst.name)}` : '';
}

const paneLines: Readonly<Record<PaneName, (picture: Picture, frame: Frame) => readonly LineText[]>> = {
	applications({applications}, frame) {
		const placed = applicationColumns(frame.width);
		const sorted = sortApplications(applications, 0, false);
		return sorted.length > 0
			? sorted.map(application => applicationRow(application, placed, frame))
			: ['No application is declared.'];
	},
	sync({worst, tree, log}, frame) {
		if (!worst) return [];
		return [...syncHeadlines(worst, log?.commits ?? [], frame), ...treeRows(tree).map(row => treeLine(row, frame))];
	},
	drift({journal, applications}, frame) {
		const drifts = listDrifts(journal, applications);
		return drifts.length > 0 ? drifts.flatMap(drift => driftRow(drift, false, frame)) : ['No drift was seen.'];
	},
	commits({worst, log}, frame) {
		if (!worst || !log) return [];
		const {status} = worst.health;
		const live = {appearance: standingAppearance[standingOf(worst)], trouble: status === 'Healthy' ? '' : status};
		const placed = commitColumns(frame.width, log.commits, live);
		return log.commits.map(commit => commitRow(commit, live, placed, frame));
	},
};
