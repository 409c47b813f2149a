import {memo, useMemo} from 'react';
import {useMonitor} from '../../monitor-context.ts';
import {useLine} from '../../present/use-line.ts';
import {useStore} from '../../store/use-store.ts';
import {ListRow, type RowProps, rowGutter, useList, useListOrder} from '../../widgets/list/index.ts';
import {ListPane} from '../list-pane.tsx';
import type {PaneProps} from '../pane.ts';
import {paneRoom} from '../pane-frame.tsx';
import {useSameKeys} from '../use-same-keys.ts';
import {useStaleNote} from '../use-stale-note.ts';
import {filterApplications} from './filter.ts';
import {applicationColumns, applicationRow} from './row.ts';
import {applicationSorts, sortApplications} from './sort.ts';

const nothingDeclared = [
	'Every application that the worker holds stands here, worst first.',
	'They are declared in the configuration: holdfast help worker.',
];
const nothingFits = ['No application fits the filter; esc takes it away.'];

/** Pane 1: every application, worst first. */
export function ApplicationsPane(props: PaneProps) {
	const {shown} = useMonitor();
	const {height} = paneRoom(props);
	const applications = useStore(shown, data => data.applications);
	const {filter, sort, isReversed} = useListOrder('applications');
	const keys = useMemo(
		() => filterApplications(sortApplications(applications.values(), sort, isReversed), filter).map(({name}) => name),
		[applications, filter, sort, isReversed],
	);
	const state = useList({name: 'applications', keys: useSameKeys(keys), height, sorts: applicationSorts});
	const order = `${applicationSorts[sort] ?? ''}${isReversed ? ', reversed' : ''}`;
	return (
		<ListPane
			pane={props}
			state={state}
			row={ApplicationRow}
			subtitle={order}
			filter={filter}
			note={useStaleNote()}
			empty={filter === '' ? nothingDeclared : nothingFits}
		/>
	);
}

const ApplicationRow = memo(function ApplicationRow({id, width, ...row}: RowProps) {
	const {shown} = useMonitor();
	const application = useStore(shown, data => data.applications.get(id));
	const placed = useMemo(() => applicationColumns(width - rowGutter), [width]);
	const line = useLine(width, frame => (application ? applicationRow(application, placed, frame) : ''));
	return <ListRow line={line} width={width} {...row} />;
});
