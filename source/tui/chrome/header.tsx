import {useMemo} from 'react';
import {accessToAll} from '../acts/access.ts';
import {countApplications, countRecentDrifts} from '../data/counts.ts';
import type {Rectangle} from '../layout/rectangle.ts';
import {useMonitor} from '../monitor-context.ts';
import {freshnessOf} from '../present/freshness.ts';
import {headerLines} from '../present/header.ts';
import {summariseHealing} from '../present/healing.ts';
import {useLiveLines} from '../present/use-line.ts';
import {useStore} from '../store/use-store.ts';
import {Box} from '../widgets/ink.ts';
import {Line} from '../widgets/line/index.ts';

/** The first two lines: where am I, can I trust it, can I hurt it; and how things stand. */
export function Header({rectangle}: {readonly rectangle: Rectangle}) {
	const {shown, data, acts} = useMonitor();
	// Whether the worker answers is never frozen: it says how old everything else is.
	const link = useStore(data, state => state.link);
	const worker = useStore(data, state => state.worker);
	const applications = useStore(shown, state => state.applications);
	const journal = useStore(shown, state => state.journal);
	const absence = useStore(data, state => state.absence);
	const freeze = useStore(shown.status, state => state);
	const guard = useStore(acts.arming, state => state);
	const counted = useMemo(() => countApplications(applications.values()), [applications]);
	const gitSeenAt = useMemo(
		() => Math.max(0, ...[...applications.values()].map(({sourceSeenAt}) => sourceSeenAt ?? 0)) || null,
		[applications],
	);
	const {left, top, width, height} = rectangle;
	const lines = useLiveLines(width, frame => {
		const freshness = freshnessOf({link, worker}, frame.now);
		const contexts = worker?.connections.map(({context}) => context) ?? [];
		return headerLines(
			{
				contexts,
				isProduction: worker?.connections.some(connection => connection.isProduction) ?? false,
				freshness,
				healing: summariseHealing(worker, applications.values(), freshness.type === 'stale'),
				worker,
				access: accessToAll(guard, worker, frame.now),
				counts: {...counted, driftsLastHour: countRecentDrifts(journal, frame.now)},
				absence,
				freeze,
				gitSeenAt,
			},
			frame,
		);
	});
	return (
		<Box position="absolute" left={left} top={top} width={width} height={height} flexDirection="column">
			{lines.map((line, index) => (
				<Line key={index.toString()} line={line} width={width} />
			))}
		</Box>
	);
}
