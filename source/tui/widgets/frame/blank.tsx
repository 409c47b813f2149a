import type {Rectangle} from '../../layout/rectangle.ts';
import {Box, Text} from '../ink.ts';

/** Wipes what lies below: a dialog stands over panes, and terminals have no layers. */
export function Blank({left, top, width, height}: Rectangle) {
	const lines = Array.from({length: height}, () => ' '.repeat(width)).join('\n');
	return (
		<Box position="absolute" left={left} top={top} width={width} height={height}>
			<Text>{lines}</Text>
		</Box>
	);
}
