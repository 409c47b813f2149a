import {useMonitor} from '../monitor-context.ts';
import {freshnessOf, staleMark} from '../present/freshness.ts';
import {useStore} from '../store/use-store.ts';
import type {LineText} from '../theme/styles.ts';

/** `stale 37 s, retrying` for the edge of a pane, while what it shows is not known to be current. */
export function useStaleNote(only: {readonly context?: string; readonly repoURL?: string} = {}): LineText | undefined {
	const {shown, clock} = useMonitor();
	const link = useStore(shown, data => data.link);
	const worker = useStore(shown, data => data.worker);
	const mark = useStore(clock.wall, now => staleMark(freshnessOf({link, worker}, now, only), now));
	return mark === '' ? undefined : [{text: mark, style: 'bad'}];
}
