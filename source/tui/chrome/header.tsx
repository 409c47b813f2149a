import type {Rectangle} from '../layout/rectangle.ts';
import {useMonitor} from '../monitor-context.ts';
import {useStore} from '../store/use-store.ts';
import {useLook} from '../theme/look-context.ts';
import {Box} from '../widgets/ink.ts';
import {Line} from '../widgets/line/index.ts';
import {countsLine, trustLine} from './header-lines.ts';

/** The first two lines: where am I, can I trust it, can I hurt it; and how things stand. */
export function Header({rectangle}: {readonly rectangle: Rectangle}) {
	const {shown, clock} = useMonitor();
	const {glyphs} = useLook();
	const data = useStore(shown, state => state);
	const freeze = useStore(shown.status, state => state);
	const now = useStore(clock, time => time);
	const {left, top, width, height} = rectangle;
	return (
		<Box position="absolute" left={left} top={top} width={width} height={height} flexDirection="column">
			<Line line={trustLine(data, {freeze, now, width, glyphs})} width={width} />
			<Line line={countsLine(data, {width})} width={width} />
		</Box>
	);
}
