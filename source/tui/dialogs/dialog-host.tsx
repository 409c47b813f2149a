import {Fragment} from 'react';
import {useMonitor} from '../monitor-context.ts';
import {useStore} from '../store/use-store.ts';

/** Draws the question that is to be answered now; the others wait. */
export function DialogHost() {
	const {dialogs} = useMonitor();
	const dialog = useStore(dialogs.queue, queue => queue[0]);
	return dialog ? <Fragment key={dialog.id}>{dialog.render()}</Fragment> : null;
}
