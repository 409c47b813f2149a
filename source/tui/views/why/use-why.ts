import {useEffect, useMemo} from 'react';
import {useMonitor} from '../../monitor-context.ts';
import {useStore} from '../../store/use-store.ts';
import type {Why} from './types.ts';
import {why} from './why.ts';

/** The answer for an application from what the screen knows; what it has not asked for yet, it asks for. */
export function useWhy(name: string): Why | null {
	const {shown, source, clock} = useMonitor();
	const application = useStore(shown, data => data.applications.get(name));
	const applications = useStore(shown, data => data.applications);
	const details = useStore(shown, data => (data.details?.application === name ? data.details : null));
	const journal = useStore(shown, data => data.journal);
	const worker = useStore(shown, data => data.worker);
	const link = useStore(shown, data => data.link);
	const now = useStore(clock, time => time);
	const isThere = details !== null;
	useEffect(() => {
		if (!isThere) return;
		source.details.fetch('events');
		source.details.fetch('tree');
	}, [source, isThere]);
	return useMemo(() => {
		if (!application) return null;
		return why({
			application,
			applications,
			tree: details?.tree.value ?? [],
			commits: details?.log.value?.commits ?? [],
			events: details?.events.value ?? [],
			journal,
			worker,
			link,
			now,
		});
	}, [application, applications, details, journal, worker, link, now]);
}
