import type {ViewProps} from '../../panes/pane.ts';
import {TextPage} from '../text-page.tsx';
import {useAnswer} from '../use-answer.ts';
import {diffLines} from './lines.ts';

/** What a sync would change, of a whole application or of one object. */
export function DiffView(props: ViewProps) {
	const {application = '', object} = props.view;
	const answer = useAnswer(application, (client, signal) => client.diff({application}, {signal}));
	return (
		<TextPage
			{...props}
			answer={answer}
			waiting="Comparing the cluster with Git …"
			present={(value, frame) => diffLines(value, frame, object)}
		/>
	);
}
