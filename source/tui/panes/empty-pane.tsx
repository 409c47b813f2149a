import type {PaneName} from '../layout/places.ts';
import {List, useList} from '../widgets/list/index.ts';
import type {PaneProps} from './pane.ts';
import {PaneFrame, paneRoom} from './pane-frame.tsx';

/** A pane that has nothing says what it would show, and how to get it. */
const explanations: Readonly<Record<PaneName, readonly string[]>> = {
	applications: [' Every application that the worker holds, worst first.', ' They come from the configuration.'],
	sync: [' The objects of the selected application and its running sync.', ' Select one in 1.'],
	drift: [' Every change that somebody else makes to an object from Git.', ' None has been seen yet.'],
	commits: [' The commits that touch the selected application.', ' Select one in 1.'],
};

const noKeys: readonly string[] = [];

export function EmptyPane(props: PaneProps) {
	const {width, height} = paneRoom(props);
	const state = useList({name: props.name, keys: noKeys, height});
	return (
		<PaneFrame {...props}>
			<List state={state} width={width} isFocused={props.isFocused} row={NoRow} empty={explanations[props.name]} />
		</PaneFrame>
	);
}

function NoRow() {
	return null;
}
