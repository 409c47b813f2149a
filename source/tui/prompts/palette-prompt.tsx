import {useMemo} from 'react';
import {type PaletteEntry, paletteEntries} from '../commands/palette.ts';
import {runCommand} from '../commands/run-command.ts';
import type {Rectangle} from '../layout/rectangle.ts';
import {useMonitor} from '../monitor-context.ts';
import {useLook} from '../theme/look-context.ts';
import type {Span} from '../theme/styles.ts';
import {Blank, Frame} from '../widgets/frame/index.ts';
import {Box} from '../widgets/ink.ts';
import {Line} from '../widgets/line/index.ts';
import {List, ListRow, type RowProps, useList} from '../widgets/list/index.ts';
import {textFieldLine, textOf, useTextField, useTextFieldStore} from '../widgets/text-field/index.ts';

const list = 'palette';
const mostEntries = 10;
const labelColumns = 30;

export interface PalettePromptProps {
	/** Default: nothing yet. */
	readonly text?: string;
	readonly line: Rectangle;
	readonly body: Rectangle;
}

/** `:` and what is typed behind it, with what could be meant above. Tab completes, Enter runs. */
export function PalettePrompt({text: initial = '', line, body}: PalettePromptProps) {
	const monitor = useMonitor();
	const {ui} = monitor;
	const {glyphs} = useLook();
	const store = useTextFieldStore(initial);
	const close = () => ui.dispatch({type: 'prompt', prompt: {type: 'none'}});
	const chosen = (): PaletteEntry | undefined => {
		const entries = paletteEntries(monitor, textOf(store.getState()));
		const viewport = ui.getState().viewports[list];
		const key = viewport?.kind === 'list' && !viewport.isFollowing ? viewport.selected : entries[0]?.key;
		return entries.find(entry => entry.key === key) ?? entries[0];
	};
	const complete = (entry: PaletteEntry | undefined) => {
		if (!entry) return;
		store.setState({characters: [...entry.completed], cursor: entry.completed.length});
		ui.dispatch({type: 'viewport', list, action: {type: 'first'}});
	};
	const state = useTextField({
		store,
		priority: 'dialog',
		isModal: true,
		onChange: () => ui.dispatch({type: 'viewport', list, action: {type: 'first'}}),
		onKey({chord}) {
			const move = moves[chord];
			if (chord === 'escape' || (chord === 'backspace' && textOf(store.getState()) === '')) close();
			else if (move) ui.dispatch({type: 'viewport', list, action: {type: 'move', by: move}});
			else if (chord === 'tab') complete(chosen());
			else if (chord === 'enter') {
				const entry = chosen();
				if (!entry?.words) complete(entry);
				else {
					close();
					runCommand(monitor, entry.command, entry.words);
				}
			} else return false;
			return true;
		},
	});
	const text = textOf(state);
	const entries = useMemo(() => paletteEntries(monitor, text), [monitor, text]);
	const keys = useMemo(() => entries.map(entry => entry.key), [entries]);
	const height = Math.min(mostEntries, body.height - 2, Math.max(1, entries.length));
	const listState = useList({name: list, keys, height});
	const frame: Rectangle = {
		left: body.left,
		top: body.top + body.height - height - 2,
		width: body.width,
		height: height + 2,
	};
	const Row = useMemo(() => createRow(entries), [entries]);
	return (
		<>
			<Blank {...frame} />
			<Frame rectangle={frame} title="Commands" isFocused note="tab completes, enter runs, esc leaves">
				<List state={listState} width={frame.width - 2} isFocused row={Row} empty={['No command is called that']} />
			</Frame>
			<Box position="absolute" left={line.left} top={line.top} width={line.width} height={line.height}>
				<Line line={[{text: ':', style: 'key'}, ...textFieldLine(state, line.width - 1, glyphs)]} width={line.width} />
			</Box>
		</>
	);
}

const moves: Readonly<Record<string, number>> = {up: -1, down: 1, 'ctrl+p': -1, 'ctrl+n': 1};

function createRow(entries: readonly PaletteEntry[]) {
	const byKey = new Map(entries.map(entry => [entry.key, entry]));
	return function PaletteRow({id, ...row}: RowProps) {
		const entry = byKey.get(id);
		const label = entry?.label ?? '';
		const line: Span[] = [
			{text: label.padEnd(labelColumns), style: 'strong'},
			{text: ' '},
			{text: entry?.hint ?? '', style: 'quiet'},
		];
		return <ListRow line={line} {...row} />;
	};
}
