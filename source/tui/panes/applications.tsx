import {memo, useMemo} from 'react';
import {safeText} from '../../model/text.ts';
import {useMonitor} from '../monitor-context.ts';
import {useStore} from '../store/use-store.ts';
import {useLook} from '../theme/look-context.ts';
import {layOutRow, placeColumns} from '../widgets/fit/columns.ts';
import {List, ListRow, positionOf, type RowProps, rowGutter, useList, useListOrder} from '../widgets/list/index.ts';
import {applicationCells, applicationColumns, applicationKeys, applicationSorts} from './application-rows.ts';
import type {PaneProps} from './pane.ts';
import {PaneFrame, paneRoom} from './pane-frame.tsx';

/** Pane 1: every application, worst first. */
export function ApplicationsPane(props: PaneProps) {
	const {shown} = useMonitor();
	const {width, height} = paneRoom(props);
	const applications = useStore(shown, data => data.applications);
	const order = useListOrder('applications');
	const {filter, sort, isReversed} = order;
	const keys = useMemo(
		() => applicationKeys(applications, {filter, sort, isReversed}),
		[applications, filter, sort, isReversed],
	);
	const state = useList({name: 'applications', keys, height, sorts: applicationSorts});
	const subtitle = `${applicationSorts[sort] ?? ''}${filter === '' ? '' : `  /${safeText(filter)}`}`;
	return (
		<PaneFrame {...props} subtitle={subtitle} position={positionOf(state)}>
			<List
				state={state}
				width={width}
				isFocused={props.isFocused}
				row={ApplicationRow}
				empty={
					filter === ''
						? [' No applications yet: the worker reads its configuration.']
						: [' Nothing fits the filter; esc takes it away.']
				}
			/>
		</PaneFrame>
	);
}

const ApplicationRow = memo(function ApplicationRow({id, width, ...row}: RowProps) {
	const {shown} = useMonitor();
	const {glyphs} = useLook();
	const application = useStore(shown, data => data.applications.get(id));
	if (!application) return null;
	const columns = placeColumns(applicationColumns, width - rowGutter);
	const line = layOutRow(columns, applicationCells(application, glyphs), glyphs.glyph.ellipsis);
	return <ListRow line={line} width={width} {...row} />;
});
