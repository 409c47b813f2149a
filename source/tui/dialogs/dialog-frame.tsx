import type {ReactNode} from 'react';
import {centred} from '../layout/inner.ts';
import type {Rectangle} from '../layout/rectangle.ts';
import {useMonitor} from '../monitor-context.ts';
import {useStore} from '../store/use-store.ts';
import type {LineText} from '../theme/styles.ts';
import {Blank, Frame} from '../widgets/frame/index.ts';

/** The widest dialog: longer lines are hard to read. A table may take more. */
const widest = {lines: 100, table: 140};

export interface DialogFrameProps {
	readonly title: string;
	/** In the lower edge: what the keys do. */
	readonly note: LineText;
	/** Columns inside. Default: as many as lines may take. */
	readonly width?: number;
	/** Rows inside. */
	readonly height: number;
	/** Drawn in the colour of danger. */
	readonly isDangerous?: boolean;
	readonly position?: LineText;
	readonly children: ReactNode;
}

/** A frame over everything. */
export function DialogFrame({title, note, width, height, isDangerous = false, position, children}: DialogFrameProps) {
	const rectangle = useDialogRectangle(height, width === undefined ? widest.lines : width + 2);
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

/** Room that a dialog has for its lines, and the columns that it has for tables, frame excluded. */
export function useDialogRoom(): {readonly width: number; readonly widest: number; readonly height: number} {
	const {width, height} = useDialogArea();
	return {width: Math.min(width, widest.lines) - 2, widest: Math.min(width, widest.table) - 2, height: height - 2};
}

function useDialogRectangle(height: number, width: number): Rectangle {
	return centred(useDialogArea(), {width, height: height + 2});
}

/** Between the header, which says where one is, and the footer. */
function useDialogArea(): Rectangle {
	const {ui} = useMonitor();
	const columns = useStore(ui, state => state.columns);
	const rows = useStore(ui, state => state.rows);
	return {left: 0, top: 2, width: columns, height: Math.max(3, rows - 3)};
}
