import type {ReactNode} from 'react';
import type {Rectangle} from '../../layout/rectangle.ts';
import {useLook} from '../../theme/look-context.ts';
import {paint, paintLine} from '../../theme/paint.ts';
import type {LineText, StyleName} from '../../theme/styles.ts';
import {Box, Text} from '../ink.ts';
import {edgeLine} from './title.ts';

export interface FrameProps {
	readonly rectangle: Rectangle;
	/** In the upper edge. */
	readonly title?: LineText;
	/** In the lower edge, left: what keys do here, why it is stale. */
	readonly note?: LineText;
	/** In the lower edge, right: `1/42`. */
	readonly position?: LineText;
	readonly isFocused?: boolean;
	/** Default: that of a frame, with or without the focus. */
	readonly style?: StyleName;
	readonly children?: ReactNode;
}

/** A box with its title in the upper edge. Its children get the room inside and must not ask for more. */
export function Frame({rectangle, title, note, position, isFocused = false, style, children}: FrameProps) {
	const {theme, glyphs} = useLook();
	const {left, top, width, height} = rectangle;
	if (width < 4 || height < 2) return null;
	const frame = glyphs.frame[isFocused ? theme.focusedFrame : 'light'];
	const edgeStyle = style ?? (isFocused ? 'frameFocused' : 'frame');
	const upper = edgeLine(
		{left: frame.topLeft, right: frame.topRight, frame, style: edgeStyle},
		{start: title},
		width,
		glyphs,
	);
	const lower = edgeLine(
		{left: frame.bottomLeft, right: frame.bottomRight, frame, style: edgeStyle},
		{start: note, end: position},
		width,
		glyphs,
	);
	const side = Array.from({length: height - 2}, () => paint(theme, frame.vertical, edgeStyle)).join('\n');
	return (
		<Box position="absolute" left={left} top={top} width={width} height={height} overflow="hidden">
			<Box position="absolute" left={0} top={0} height={1} width={width}>
				<Text wrap="truncate">{paintLine(theme, upper)}</Text>
			</Box>
			<Box position="absolute" left={0} top={1} width={1} height={height - 2}>
				<Text>{side}</Text>
			</Box>
			<Box
				position="absolute"
				left={1}
				top={1}
				width={width - 2}
				height={height - 2}
				flexDirection="column"
				overflow="hidden"
			>
				{children}
			</Box>
			<Box position="absolute" left={width - 1} top={1} width={1} height={height - 2}>
				<Text>{side}</Text>
			</Box>
			<Box position="absolute" left={0} top={height - 1} height={1} width={width}>
				<Text wrap="truncate">{paintLine(theme, lower)}</Text>
			</Box>
		</Box>
	);
}
