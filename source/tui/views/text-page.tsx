import {safeText} from '../../model/text.ts';
import type {Fetched} from '../data/state.ts';
import {useMonitor} from '../monitor-context.ts';
import type {ViewProps} from '../panes/pane.ts';
import type {Frame} from '../present/frame.ts';
import {areSameLines} from '../present/same-line.ts';
import {formatAge} from '../store/ages.ts';
import {describePosition} from '../store/text-state.ts';
import {useStore} from '../store/use-store.ts';
import {useLook} from '../theme/look-context.ts';
import type {LineText} from '../theme/styles.ts';
import {TextView, useTextView} from '../widgets/text-view/index.ts';
import {ViewFrame, viewRoom} from './view-frame.tsx';

interface TextPageProps<Value> extends ViewProps {
	readonly answer: Fetched<Value>;
	/** What stands there while it is asked for. */
	readonly waiting: string;
	readonly present: (value: Value, frame: Frame) => readonly LineText[];
	/** What keys do here. */
	readonly note?: string;
	readonly isLog?: boolean;
}

/** A view of a text that the worker was asked for: what was answered, or why nothing was; and how old it is. */
export function TextPage<Value>({answer, waiting, present, note, isLog, ...props}: TextPageProps<Value>) {
	const {clock} = useMonitor();
	const {glyphs} = useLook();
	const {width, height} = viewRoom(props);
	const lines = useStore(clock, now => linesOf(answer, waiting, present, {width, now, glyphs}), areSameLines);
	const age = useStore(clock, now => (answer.at === null ? '' : `${formatAge(now - answer.at)} old`));
	const state = useTextView({name: props.view.list, lines, height, ...(isLog === undefined ? {} : {isLog})});
	const position = [age, describePosition(state)].filter(text => text !== '').join('  ');
	return (
		<ViewFrame {...props} position={position} {...(note === undefined ? {} : {note})}>
			<TextView state={state} lines={lines} width={width} />
		</ViewFrame>
	);
}

function linesOf<Value>(
	{value, problem, isLoading}: Fetched<Value>,
	waiting: string,
	present: TextPageProps<Value>['present'],
	frame: Frame,
): readonly LineText[] {
	const trouble: LineText[] = problem
		? [
				[{text: `${frame.glyphs.glyph.bad} ${safeText(problem.message)}`, style: 'bad'}],
				...(problem.hint ? [[{text: `  ${safeText(problem.hint)}`, style: 'quiet'} as const]] : []),
			]
		: [];
	if (value !== null) return [...trouble, ...present(value, frame)];
	return trouble.length > 0 ? trouble : [[{text: isLoading ? waiting : 'The worker does not answer.', style: 'quiet'}]];
}
