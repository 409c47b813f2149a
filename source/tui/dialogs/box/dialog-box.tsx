import {useLook} from '../../theme/look-context.ts';
import type {LineText} from '../../theme/styles.ts';
import {Line} from '../../widgets/line/index.ts';
import {DialogFrame, useDialogRoom} from '../dialog-frame.tsx';
import type {Tone} from '../tone.ts';

/** A column of air on each side. */
const padding = 1;

export interface DialogSize {
	/** Columns for a line of text. */
	readonly width: number;
	/** Lines at most. */
	readonly height: number;
}

/** The room that a dialog has now for what it says. */
export function useDialogSize(): DialogSize {
	const {width, height} = useDialogRoom();
	return {width: width - 2 * padding, height: Math.max(1, height)};
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

/** A box as high as what stands in it. What can hurt says so by a glyph and not by colour alone. */
export function DialogBox({title, tone, size, lines, last, note, position}: DialogBoxProps) {
	const {glyphs} = useLook();
	const isDangerous = tone === 'danger';
	const all = [...lines, ...last];
	return (
		<DialogFrame
			title={isDangerous ? `${glyphs.glyph.warning} ${title}` : title}
			note={note}
			height={all.length}
			isDangerous={isDangerous}
			position={position}
		>
			{all.map((line, index) => (
				<Line
					key={`line-${index.toString()}`}
					line={[' '.repeat(padding), ...(typeof line === 'string' ? [line] : line)]}
					width={size.width + 2 * padding}
				/>
			))}
		</DialogFrame>
	);
}
