import {useMonitor} from '../../monitor-context.ts';
import type {ViewProps} from '../../panes/pane.ts';
import {useStore} from '../../store/use-store.ts';
import {TextPage} from '../text-page.tsx';
import {useAnswer} from '../use-answer.ts';
import {commitLines} from './lines.ts';

/** One commit: what it says, what it did to the application, its files and its diff. */
export function CommitPage(props: ViewProps) {
	const {shown} = useMonitor();
	const {application = '', revision: commit = ''} = props.view;
	const logged = useStore(shown, ({details}) =>
		details?.application === application ? details.log.value?.commits.find(({id}) => id === commit) : undefined,
	);
	const answer = useAnswer(`${application} ${commit}`, (client, signal) =>
		client.commit({application, commit}, {signal}),
	);
	return (
		<TextPage
			{...props}
			answer={answer}
			waiting="Reading the commit …"
			present={(value, frame) => commitLines(value, logged, frame)}
		/>
	);
}
