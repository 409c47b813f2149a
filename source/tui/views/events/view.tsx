import {useEffect, useMemo} from 'react';
import {safeText} from '../../../model/text.ts';
import {useMonitor} from '../../monitor-context.ts';
import type {ViewProps} from '../../panes/pane.ts';
import {createFilter} from '../../store/filter.ts';
import {useStore} from '../../store/use-store.ts';
import {useLook} from '../../theme/look-context.ts';
import {rowGutter, useListOrder} from '../../widgets/list/index.ts';
import {ListPage} from '../list-page.tsx';
import {viewRoom} from '../view-frame.tsx';
import {eventKey, eventRow} from './row.ts';

/** The Kubernetes Events of an application's objects and of everything below them. */
export function EventsView(props: ViewProps) {
	const {shown, source, clock} = useMonitor();
	const {glyphs} = useLook();
	const {application} = props.view;
	const fetched = useStore(shown, ({details}) => (details?.application === application ? details?.events : undefined));
	const isThere = fetched !== undefined;
	useEffect(() => {
		if (isThere) source.details.fetch('events');
	}, [source, isThere]);
	const {filter} = useListOrder(props.view.list);
	const width = viewRoom(props).width - rowGutter;
	const now = useStore(clock, time => time);
	const rows = useMemo(() => {
		const fits = createFilter(filter);
		return (fetched?.value ?? [])
			.filter(event =>
				fits({
					text: `${event.object} ${event.reason} ${event.message}`,
					facets: {type: event.type, reason: event.reason, object: event.object},
				}),
			)
			.map(event => ({key: eventKey(event), line: eventRow(event, {width, now, glyphs})}));
	}, [fetched, filter, width, now, glyphs]);
	const empty = fetched?.problem
		? [`The Events could not be asked for: ${safeText(fetched.problem.message)}`]
		: fetched?.value
			? ['Kubernetes keeps Events for an hour or so; there are none about these objects.']
			: ['Asking the cluster for its Events …'];
	return <ListPage {...props} rows={rows} empty={empty} note="enter opens the object" />;
}
