import {safeText} from '../../../model/text.ts';
import {useMonitor} from '../../monitor-context.ts';
import type {ViewProps} from '../../panes/pane.ts';
import {useStore} from '../../store/use-store.ts';
import {TextPage} from '../text-page.tsx';
import {useAnswer} from '../use-answer.ts';
import {logLine} from './lines.ts';

const lines = 1_000;

/** What the worker wrote down about an application, the newest at the end. */
export function WorkerLogView(props: ViewProps) {
	const {data} = useMonitor();
	const {application = ''} = props.view;
	const file = useStore(data, ({worker}) => worker?.logFile ?? '');
	const answer = useAnswer(application, (client, signal) => client.workerLog({application, limit: lines}, {signal}));
	return (
		<TextPage
			{...props}
			answer={answer}
			waiting="Reading the log …"
			note={safeText(file)}
			isLog
			present={value => (value.length > 0 ? value.map(logLine) : ['The worker has written nothing about it.'])}
		/>
	);
}
