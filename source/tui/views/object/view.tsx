import {useState} from 'react';
import type {HeldObject} from '../../../model/hold.ts';
import {useKeys} from '../../input/use-keys.ts';
import type {ViewProps} from '../../panes/pane.ts';
import {TextPage} from '../text-page.tsx';
import {useAnswer} from '../use-answer.ts';
import {type ObjectTab, objectLines, objectTabs} from './lines.ts';

/** One object: as it is, as Git wants it, the difference, and who owns which field; `tab` goes through them. */
export function ObjectView(props: ViewProps) {
	const [tab, setTab] = useState<ObjectTab>('live');
	const go = (by: number) => () => setTab(before => step(before, by));
	useKeys({tab: go(1), 'shift+tab': go(-1)}, {priority: 'pane'});
	const {application = '', detail = '{}'} = props.view;
	const answer = useAnswer(`${application} ${detail}`, (client, signal) =>
		client.object({application, object: JSON.parse(detail) as HeldObject}, {signal}),
	);
	const note = objectTabs.map(name => (name === tab ? `[${name}]` : name)).join('  ');
	return (
		<TextPage
			{...props}
			answer={answer}
			waiting="Asking the cluster for the object …"
			note={`tab: ${note}`}
			present={(value, frame) => objectLines(value, tab, frame)}
		/>
	);
}

function step(tab: ObjectTab, by: number): ObjectTab {
	const {length} = objectTabs;
	return objectTabs[(objectTabs.indexOf(tab) + by + length) % length] ?? tab;
}
