import {centred} from '../../layout/inner.ts';
import {useMonitor} from '../../monitor-context.ts';
import {hasSameFields, useStore} from '../../store/use-store.ts';
import {useLook} from '../../theme/look-context.ts';
import type {LineText} from '../../theme/styles.ts';
import {Blank, Frame} from '../../widgets/frame/index.ts';
import {Box} from '../../widgets/ink.ts';
import {Line} from '../../widgets/line/index.ts';
import type {Tone} from '../tone.ts';

/** Milliseconds in which a dialog that has just opened hears nothing: what was typed blind confirms nothing. */
export const deafMilliseconds = 150;

const widest = 104;
const headerRows = 2;
const footerRows = 1;
/** The frame and a column of air on each side. */
const edgeColumns = 4;

export interface DialogSize {
	/** Columns for a line of text. */
	readonly width: number;
	/** Lines at most, without the edges. */
	readonly height: number;
}

/** The room that a dialog has now. */
export function useDialogSize(): DialogSize {
	const {ui} = useMonitor();
	const {columns, rows} = useStore(ui, state => ({columns: state.columns, rows: state.rows}), hasSameFields);
	return {width: Math.min(columns, widest) - edgeColumns, height: Math.max(1, rows - headerRows - footerRows - 2)};
}

export interface DialogBoxProps {
	readonly title: string;
	readonly tone: Tone;
	readonly size: DialogSize;
	/** Lines of the text, and below them those that never scroll away. */
	readonly lines: readonly LineText[];
	readonly last: readonly LineText[];
	/** In the lower edge: what keys do. */
	readonly note: LineText;
	readonly position: string;
}

/** A box in the middle of the screen, as high as what stands in it and never higher than there is room. */
export function DialogBox({title, tone, size, lines, last, note, position}: DialogBoxProps) {
	const {ui} = useMonitor();
	const {glyphs} = useLook();
	const {columns, rows} = useStore(ui, state => ({columns: state.columns, rows: state.rows}), hasSameFields);
	const all = [...lines, ...last];
	const body = {left: 0, top: headerRows, width: columns, height: rows - headerRows - footerRows};
	const rectangle = centred(body, {width: size.width + edgeColumns, height: all.length + 2});
	const isDanger = tone === 'danger';
	return (
		<>
			<Blank {...rectangle} />
			<Frame
				rectangle={rectangle}
				title={[
					{text: isDanger ? `${glyphs.glyph.warning} ${title}` : title, style: isDanger ? 'bad' : 'titleFocused'},
				]}
				note={note}
				{...(position !== '' && {position})}
				isFocused
				{...(isDanger && {style: 'frameDanger' as const})}
			>
				<Box flexDirection="column" paddingLeft={1}>
					{all.map((line, index) => (
						<Line key={`line-${index.toString()}`} line={line} width={size.width} />
					))}
				</Box>
			</Frame>
		</>
	);
}
