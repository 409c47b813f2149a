import {footerLine} from '../commands/footer.ts';
import type {Rectangle} from '../layout/rectangle.ts';
import {useMonitor} from '../monitor-context.ts';
import {placeOf} from '../store/ui-state.ts';
import {useStore} from '../store/use-store.ts';
import {Box} from '../widgets/ink.ts';
import {Line} from '../widgets/line/index.ts';

/** The last line: what a person was just told, or the keys that work here; dim while a question comes first. */
export function Footer({rectangle}: {readonly rectangle: Rectangle}) {
	const monitor = useMonitor();
	const {left, top, width, height} = rectangle;
	const toast = useStore(monitor.ui, state => state.toasts.at(-1));
	// Whether a command can run depends on all of it.
	const place = useStore(monitor.ui, placeOf);
	useStore(monitor.ui, state => state);
	useStore(monitor.data, state => state);
	const isAsking = useStore(monitor.dialogs.queue, queue => queue.length > 0);
	return (
		<Box position="absolute" left={left} top={top} width={width} height={height}>
			{toast ? (
				<Line line={` ${toast.text}`} width={width} base={toast.style} />
			) : (
				<Line line={footerLine(monitor, place, width)} width={width} base={isAsking ? 'quiet' : undefined} />
			)}
		</Box>
	);
}
