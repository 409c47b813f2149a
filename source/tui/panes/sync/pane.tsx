import {memo, useMemo} from 'react';
import {safeText} from '../../../model/text.ts';
import type {TreeNode} from '../../../protocol/messages/inspect.ts';
import type {ApplicationDetails} from '../../data/state.ts';
import {followLines} from '../../dialogs/content/follow.ts';
import {useMonitor} from '../../monitor-context.ts';
import {useLine, useLines} from '../../present/use-line.ts';
import {createFilter} from '../../store/filter.ts';
import {useStore} from '../../store/use-store.ts';
import type {LineText} from '../../theme/styles.ts';
import {toSpans} from '../../widgets/fit/line.ts';
import {Line} from '../../widgets/line/index.ts';
import {ListRow, type RowProps, rowGutter, useList, useListOrder} from '../../widgets/list/index.ts';
import {ListPane} from '../list-pane.tsx';
import type {PaneProps} from '../pane.ts';
import {paneRoom} from '../pane-frame.tsx';
import {useSelectedApplication} from '../use-details.ts';
import {useSameKeys} from '../use-same-keys.ts';
import {useStaleNote} from '../use-stale-note.ts';
import {syncHeadlines} from './headline.ts';
import {type TreeRow, treeRowKey, treeRows} from './tree.ts';
import {treeLine} from './tree-row.ts';

const nothingSelected = [
	'The objects of the selected application and its running sync stand here.',
	'Select one in 1.',
];
const noNodes: readonly TreeNode[] = [];
/** The tree keeps at least so many rows, however much there is to say above it. */
const treeRowsKept = 3;

/** Pane 2: how the selected application stands, its running sync, and its objects with all that hangs below them. */
export function SyncPane(props: PaneProps) {
	const {width, height} = paneRoom(props);
	const {application, details} = useSelectedApplication();
	const {acts} = useMonitor();
	const follow = useStore(acts.follows, follows => follows.get(application?.name ?? ''));
	const headlines = useLines(width - rowGutter, frame => [
		...(follow ? followLines(follow, frame) : []),
		...(application ? syncHeadlines(application, details?.log.value?.commits ?? [], frame) : []),
	]).slice(0, Math.max(1, height - treeRowsKept));
	const {filter} = useListOrder('sync');
	const nodes = details?.tree.value ?? noNodes;
	const keys = useMemo(() => treeKeys(nodes, filter), [nodes, filter]);
	const state = useList({name: 'sync', keys: useSameKeys(keys), height: Math.max(0, height - headlines.length)});
	const place = application ? `${safeText(application.namespace)}/${safeText(application.name)}` : '';
	const stale = useStaleNote(application ? {context: application.context} : {});
	return (
		<ListPane
			pane={props}
			state={state}
			row={TreeRowView}
			subtitle={place}
			filter={filter}
			note={stale}
			empty={emptyLines(application !== undefined, details, filter)}
		>
			{headlines.map((line, index) => (
				<Line key={`head-${index.toString()}`} line={[' '.repeat(rowGutter), ...toSpans(line)]} width={width} />
			))}
		</ListPane>
	);
}

const TreeRowView = memo(function TreeRowView({id, width, ...row}: RowProps) {
	const {shown} = useMonitor();
	const found = useStore(shown, data => rowsOf(data.details?.tree.value ?? noNodes).get(id));
	const line = useLine(width - rowGutter, frame => (found ? treeLine(found, frame) : ''));
	return <ListRow line={line} width={width} {...row} />;
});

function treeKeys(nodes: readonly TreeNode[], filter: string): readonly string[] {
	const fits = createFilter(filter);
	const rows = [...rowsOf(nodes)];
	if (filter.trim() === '') return rows.map(([key]) => key);
	return rows
		.filter(([, {node}]) =>
			fits({
				text: `${node.ref.kind} ${node.ref.name} ${node.detail}`,
				facets: {kind: node.ref.kind, health: node.health.status, sync: node.syncStatus ?? ''},
			}),
		)
		.map(([key]) => key);
}

/** Laid out once a tree, however many rows ask. */
const layouts = new WeakMap<readonly TreeNode[], ReadonlyMap<string, TreeRow>>();

function rowsOf(nodes: readonly TreeNode[]): ReadonlyMap<string, TreeRow> {
	const known = layouts.get(nodes);
	if (known) return known;
	const rows = new Map(treeRows(nodes).map(row => [treeRowKey(row), row]));
	layouts.set(nodes, rows);
	return rows;
}

function emptyLines(hasApplication: boolean, details: ApplicationDetails | null, filter: string): readonly LineText[] {
	if (!hasApplication || !details) return nothingSelected;
	if (filter !== '') return ['No object fits the filter; esc takes it away.'];
	const {tree} = details;
	if (tree.problem) return [`Its objects could not be asked for: ${safeText(tree.problem.message)}`];
	if (tree.value === null) return ['Asking the cluster for its objects …'];
	return ['Git names no object for it.'];
}
