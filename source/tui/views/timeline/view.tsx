import {useMemo} from 'react';
import {openJump} from '../../commands/open.ts';
import {useKeys} from '../../input/use-keys.ts';
import {useMonitor} from '../../monitor-context.ts';
import type {ViewProps} from '../../panes/pane.ts';
import {createFilter} from '../../store/filter.ts';
import {selectedIn} from '../../store/ui-state.ts';
import {useStore} from '../../store/use-store.ts';
import {useLook} from '../../theme/look-context.ts';
import {plainText} from '../../theme/paint.ts';
import {rowGutter, useListOrder} from '../../widgets/list/index.ts';
import {ListPage} from '../list-page.tsx';
import {viewRoom} from '../view-frame.tsx';
import {timelineRows} from './rows.ts';

const nothing = ['Commits, syncs, drifts, holds and reverts stand here as they happen. Nothing has happened yet.'];

/** What happened to an application, newest first; enter goes to what a line is about. */
export function TimelineView(props: ViewProps) {
	const monitor = useMonitor();
	const {glyphs} = useLook();
	const {application = null, list} = props.view;
	const journal = useStore(monitor.shown, data => data.journal);
	const now = useStore(monitor.clock, time => time);
	const {filter} = useListOrder(list);
	const width = viewRoom(props).width - rowGutter;
	const rows = useMemo(() => {
		const fits = createFilter(filter);
		return timelineRows(journal, application, {width, now, glyphs}).filter(({line}) => fits({text: plainText(line)}));
	}, [journal, application, width, now, glyphs, filter]);
	useKeys(
		{
			enter() {
				const selected = selectedIn(monitor.ui.getState(), list);
				const jump = rows.find(({key}) => key === selected)?.jump;
				if (jump) openJump(monitor, jump);
			},
		},
		{priority: 'pane'},
	);
	return <ListPage {...props} rows={rows} empty={nothing} note="enter goes there" />;
}
