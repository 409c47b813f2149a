import type {ReactNode} from 'react';
import type {Rectangle} from '../../layout/rectangle.ts';
import {useLook} from '../../theme/look-context.ts';
import type {LineText} from '../../theme/styles.ts';
import {spread} from '../fit/line.ts';
import {Box} from '../ink.ts';
import {Line} from '../line/index.ts';

export interface PlainAreaProps {
	readonly rectangle: Rectangle;
	readonly title: LineText;
	readonly position?: LineText;
	readonly children?: ReactNode;
}

/** A pane on a small terminal: one line of title instead of a frame. */
export function PlainArea({rectangle, title, position = '', children}: PlainAreaProps) {
	const {glyphs} = useLook();
	const {left, top, width, height} = rectangle;
	return (
		<Box
			position="absolute"
			left={left}
			top={top}
			width={width}
			height={height}
			flexDirection="column"
			overflow="hidden"
		>
			<Line line={spread(title, position, width, glyphs.glyph.ellipsis)} width={width} />
			{children}
		</Box>
	);
}
