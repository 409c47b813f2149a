import {useLook} from '../../theme/look-context.ts';
import type {LineText} from '../../theme/styles.ts';
import {Box} from '../../widgets/ink.ts';
import {Line} from '../../widgets/line/index.ts';
import {StaticTable} from '../../widgets/table/index.ts';
import {DialogFrame, useDialogRoom} from '../dialog-frame.tsx';
import type {Tone} from '../tone.ts';
import {type Part, partsOf, type Slot} from './slots.ts';

/** A column of air on each side. */
const padding = 1;

export interface DialogSize {
	/** Columns for a line of text. */
	readonly width: number;
	/** Columns that there are for tables. */
	readonly widest: number;
	/** Lines at most. */
	readonly height: number;
}

/** The room that a dialog has now for what it says. */
export function useDialogSize(): DialogSize {
	const {width, widest, height} = useDialogRoom();
	return {width: width - 2 * padding, widest: widest - 2 * padding, height: Math.max(1, height)};
}

export interface DialogBoxProps {
	readonly title: string;
	/** Absent: plain. */
	readonly tone?: Tone;
	/** Columns for a line of text. */
	readonly width: number;
	/** What is on the screen of the text. */
	readonly slots: readonly Slot[];
	/** Below it, the lines that never scroll away. */
	readonly last?: readonly LineText[];
	/** In the lower edge: what keys do. */
	readonly note: LineText;
	/** Absent: there is nothing to scroll. */
	readonly position?: string;
}

/** A box as high as what stands in it. What can hurt says so by a glyph and not by colour alone. */
export function DialogBox({title, tone = 'plain', width, slots, last = [], note, position = ''}: DialogBoxProps) {
	const {glyphs} = useLook();
	const isDangerous = tone === 'danger';
	const parts = [...partsOf(slots), ...last.map((line): Part => ({type: 'line', line}))];
	return (
		<DialogFrame
			title={isDangerous ? `${glyphs.glyph.warning} ${title}` : title}
			note={note}
			width={width + 2 * padding}
			height={slots.length + last.length}
			isDangerous={isDangerous}
			position={position}
		>
			{parts.map((part, index) => (
				<DialogPart key={`part-${index.toString()}`} part={part} width={width} />
			))}
		</DialogFrame>
	);
}

function DialogPart({part, width}: {readonly part: Part; readonly width: number}) {
	if (part.type === 'line') {
		const {line} = part;
		return (
			<Line line={[' '.repeat(padding), ...(typeof line === 'string' ? [line] : line)]} width={width + 2 * padding} />
		);
	}
	return (
		<Box paddingLeft={padding} flexShrink={0}>
			<StaticTable table={part.table} from={part.from} to={part.to} />
		</Box>
	);
}
