import type {ReactNode} from 'react';
import {centred} from '../layout/inner.ts';
import type {Rectangle} from '../layout/rectangle.ts';
import {useMonitor} from '../monitor-context.ts';
import {useStore} from '../store/use-store.ts';
import type {LineText} from '../theme/styles.ts';
import {Blank, Frame} from '../widgets/frame/index.ts';

/** The widest dialog: longer lines are hard to read. */
const widest = 100;

export interface DialogFrameProps {
	readonly title: string;
	/** In the lower edge: what the keys do. */
	readonly note: LineText;
	/** Rows inside. */
	readonly height: number;
	/** Drawn in the colour of danger. */
	readonly isDangerous?: boolean;
	readonly position?: LineText;
	readonly children: ReactNode;
}

/** A frame over everything. */
export function DialogFrame({title, note, height, isDangerous = false, position, children}: DialogFrameProps) {
	const rectangle = useDialogRectangle(height);
	return (
		<>
			<Blank {...rectangle} />
			<Frame
				rectangle={rectangle}
				title={[{text: title, style: isDangerous ? 'bad' : 'titleFocused'}]}
				note={note}
				position={position}
				isFocused
				style={isDangerous ? 'frameDanger' : undefined}
			>
				{children}
			</Frame>
		</>
	);
}

/** Room that a dialog has for its lines, frame excluded. */
export function useDialogRoom(): {readonly width: number; readonly height: number} {
	const {width, height} = useDialogArea();
	return {width: Math.min(width, widest) - 2, height: height - 2};
}

function useDialogRectangle(height: number): Rectangle {
	return centred(useDialogArea(), {width: widest, height: height + 2});
}

/** Between the header, which says where one is, and the footer. */
function useDialogArea(): Rectangle {
	const {ui} = useMonitor();
	const columns = useStore(ui, state => state.columns);
	const rows = useStore(ui, state => state.rows);
	return {left: 0, top: 2, width: columns, height: Math.max(3, rows - 3)};
}
