import type {ListName} from '../layout/places.ts';
import type {Rectangle} from '../layout/rectangle.ts';
import {useMonitor} from '../monitor-context.ts';
import {useLook} from '../theme/look-context.ts';
import {Box} from '../widgets/ink.ts';
import {Line} from '../widgets/line/index.ts';
import {textFieldLine, textOf, useTextField, useTextFieldStore} from '../widgets/text-field/index.ts';

export interface FilterPromptProps {
	readonly list: ListName;
	/** What Escape brings back. */
	readonly before: string;
	readonly rectangle: Rectangle;
}

/** Filters while it is typed. Enter keeps the filter, Escape the one before; arrows already move in what is left. */
export function FilterPrompt({list, before, rectangle}: FilterPromptProps) {
	const {ui} = useMonitor();
	const {glyphs} = useLook();
	const store = useTextFieldStore(before);
	const filter = (text: string) => ui.dispatch({type: 'viewport', list, action: {type: 'filter', text}});
	const close = () => ui.dispatch({type: 'prompt', prompt: {type: 'none'}});
	const move = (by: number) => ui.dispatch({type: 'viewport', list, action: {type: 'move', by}});
	const state = useTextField({
		store,
		priority: 'dialog',
		isModal: true,
		onChange: next => filter(textOf(next)),
		onKey({chord}) {
			if (chord === 'enter') close();
			else if (chord === 'escape') {
				filter(before);
				close();
			} else if (chord === 'up') move(-1);
			else if (chord === 'down') move(1);
			else return false;
			return true;
		},
	});
	const {left, top, width, height} = rectangle;
	return (
		<Box position="absolute" left={left} top={top} width={width} height={height}>
			<Line line={[{text: '/', style: 'key'}, ...textFieldLine(state, width - 1, glyphs)]} width={width} />
		</Box>
	);
}
