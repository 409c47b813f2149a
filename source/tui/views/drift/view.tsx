import {nothingFetched} from '../../data/state.ts';
import {useMonitor} from '../../monitor-context.ts';
import {driftsOf} from '../../panes/drift/drifts.ts';
import type {ViewProps} from '../../panes/pane.ts';
import {useStore} from '../../store/use-store.ts';
import {TextPage} from '../text-page.tsx';
import {driftLines} from './lines.ts';

/** One drift whole, with how sure everything about it is. */
export function DriftDetailView(props: ViewProps) {
	const {shown} = useMonitor();
	const {detail = ''} = props.view;
	const drift = useStore(shown, data => driftsOf(data.journal, data.applications).get(detail) ?? null);
	return (
		<TextPage
			{...props}
			answer={{...nothingFetched, value: drift}}
			waiting="This drift is no longer in the history that is kept here."
			note="d diff  y object"
			present={(value, frame) => driftLines(value, frame)}
		/>
	);
}
