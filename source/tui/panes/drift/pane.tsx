import {memo, useMemo} from 'react';
import {useMonitor} from '../../monitor-context.ts';
import {useLines} from '../../present/use-line.ts';
import {createFilter} from '../../store/filter.ts';
import {useStore} from '../../store/use-store.ts';
import {useFlash} from '../../widgets/flash/index.ts';
import {Box} from '../../widgets/ink.ts';
import {ListRow, type RowProps, rowGutter, useList, useListOrder} from '../../widgets/list/index.ts';
import {ListPane} from '../list-pane.tsx';
import type {PaneProps} from '../pane.ts';
import {paneRoom} from '../pane-frame.tsx';
import {useSameKeys} from '../use-same-keys.ts';
import {useStaleNote} from '../use-stale-note.ts';
import {driftsOf, type ShownDrift} from './drifts.ts';
import {driftRow, driftRowHeight} from './row.ts';

const nothingSeen = [
	'Every change that somebody else makes to an object from Git stands here,',
	'with who did it and what was done about it. None has been seen yet.',
];

/** Pane 3: every drift, newest first. New ones flash once and stay marked until somebody was there. */
export function DriftPane(props: PaneProps) {
	const {shown} = useMonitor();
	const {width, height} = paneRoom(props);
	const journal = useStore(shown, data => data.journal);
	const applications = useStore(shown, data => data.applications);
	const {filter} = useListOrder('drift');
	const keys = useMemo(
		() => driftKeys(driftsOf(journal, applications).values(), filter),
		[journal, applications, filter],
	);
	const state = useList({
		name: 'drift',
		keys: useSameKeys(keys),
		height: Math.floor(height / driftRowHeight(width - rowGutter)),
	});
	return (
		<ListPane
			pane={props}
			state={state}
			row={DriftRow}
			subtitle="newest first"
			filter={filter}
			note={useStaleNote()}
			empty={filter === '' ? nothingSeen : ['No drift fits the filter; esc takes it away.']}
		/>
	);
}

/** One line on a wide screen, else two. */
const DriftRow = memo(function DriftRow({id, width, ...row}: RowProps) {
	const {shown, seenDrift} = useMonitor();
	const drift = useStore(shown, data => driftsOf(data.journal, data.applications).get(id));
	const isNew = useStore(seenDrift, ({until, ids}) => (drift?.time ?? 0) > until && !ids.has(id));
	const lines = useLines(width - rowGutter, frame => (drift ? driftRow(drift, isNew, frame) : ['']));
	const isFlashing = useFlash(`${id} ${drift?.action}`, isNew && isRecent(drift));
	return (
		<Box flexDirection="column">
			{lines.map((line, index) => (
				<ListRow
					key={index.toString()}
					line={line}
					width={width}
					{...row}
					isSelected={row.isSelected}
					isFlashing={isFlashing}
				/>
			))}
		</Box>
	);
});

/** What comes in while somebody looks flashes; what is scrolled to does not. */
function isRecent(drift: ShownDrift | undefined): boolean {
	return drift !== undefined && Date.now() - drift.time < 3_000;
}

function driftKeys(drifts: Iterable<ShownDrift>, filter: string): readonly string[] {
	const all = [...drifts];
	if (filter.trim() === '') return all.map(({id}) => id);
	const fits = createFilter(filter);
	return all
		.filter(({application, object, fields, action, type}) =>
			fits({
				text: `${application} ${object} ${fields.map(({path, manager}) => `${path} ${manager}`).join(' ')} ${action}`,
				facets: {application, object, action, class: type, manager: fields[0]?.manager ?? ''},
			}),
		)
		.map(({id}) => id);
}
