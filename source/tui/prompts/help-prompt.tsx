import {useMemo} from 'react';
import {type HelpEntry, helpEntries} from '../commands/help.ts';
import {runCommand} from '../commands/run-command.ts';
import {centred} from '../layout/inner.ts';
import type {Rectangle} from '../layout/rectangle.ts';
import {useMonitor} from '../monitor-context.ts';
import {placeOf} from '../store/ui-state.ts';
import {useLook} from '../theme/look-context.ts';
import type {Span} from '../theme/styles.ts';
import {Blank, Frame} from '../widgets/frame/index.ts';
import {Line} from '../widgets/line/index.ts';
import {List, ListRow, positionOf, type RowProps, useList} from '../widgets/list/index.ts';
import {textFieldLine, textOf, useTextField, useTextFieldStore} from '../widgets/text-field/index.ts';

const list = 'help';
const widest = 96;
const keyColumns = 20;
const prompt = ' find: ';

/** Everything that can be done, with its keys; typing finds, Enter runs, and what cannot run says why. */
export function HelpPrompt({body}: {readonly body: Rectangle}) {
	const monitor = useMonitor();
	const {ui} = monitor;
	const {glyphs} = useLook();
	const store = useTextFieldStore();
	const place = placeOf(ui.getState());
	const close = () => ui.dispatch({type: 'prompt', prompt: {type: 'none'}});
	const scroll = (action: (typeof moves)[string]) => ui.dispatch({type: 'viewport', list, action});
	const run = () => {
		const entries = helpEntries(monitor, place, textOf(store.getState()));
		const viewport = ui.getState().viewports[list];
		const selected = viewport?.kind === 'list' && !viewport.isFollowing ? viewport.selected : null;
		const entry = entries.find(({command}) => command.id === selected) ?? entries[0];
		if (!entry) return;
		close();
		if (entry.command.arguments?.some(({isRequired}) => isRequired)) {
			ui.dispatch({type: 'prompt', prompt: {type: 'palette', text: `${entry.command.id} `}});
		} else runCommand(monitor, entry.command, []);
	};
	const state = useTextField({
		store,
		priority: 'dialog',
		isModal: true,
		onChange: () => scroll({type: 'first'}),
		onKey({chord}) {
			const move = moves[chord];
			if (chord === 'escape') close();
			else if (chord === 'enter') run();
			else if (move) scroll(move);
			else return false;
			return true;
		},
	});
	const text = textOf(state);
	const entries = useMemo(() => helpEntries(monitor, place, text), [monitor, place, text]);
	const keys = useMemo(() => entries.map(({command}) => command.id), [entries]);
	const frame = centred(body, {width: widest, height: entries.length + 3});
	const listState = useList({name: list, keys, height: frame.height - 3});
	const Row = useMemo(() => createRow(entries), [entries]);
	const field: Span[] = [
		{text: prompt, style: 'quiet'},
		...textFieldLine(state, frame.width - 2 - prompt.length, glyphs),
	];
	return (
		<>
			<Blank {...frame} />
			<Frame
				rectangle={frame}
				title={[{text: 'What can be done here', style: 'titleFocused'}]}
				note="enter runs, esc leaves"
				position={positionOf(listState)}
				isFocused
			>
				<Line line={field} width={frame.width - 2} />
				<List state={listState} width={frame.width - 2} isFocused row={Row} empty={[' Nothing is called that']} />
			</Frame>
		</>
	);
}

const moves: Readonly<Record<string, {type: 'move'; by: number} | {type: 'page'; by: 1 | -1} | {type: 'first'}>> = {
	up: {type: 'move', by: -1},
	down: {type: 'move', by: 1},
	'ctrl+p': {type: 'move', by: -1},
	'ctrl+n': {type: 'move', by: 1},
	pageup: {type: 'page', by: -1},
	pagedown: {type: 'page', by: 1},
};

function createRow(entries: readonly HelpEntry[]) {
	const byId = new Map(entries.map(entry => [entry.command.id, entry]));
	return function HelpRow({id, ...row}: RowProps) {
		const entry = byId.get(id);
		if (!entry) return null;
		const {command, enabled, isHere} = entry;
		const where = isHere || command.where === 'everywhere' ? '' : ` (in ${command.where.join(', ')})`;
		const why = enabled === true ? '' : `  not now: ${enabled}`;
		const line: Span[] = [
			{text: entry.keys.padEnd(keyColumns), style: enabled === true ? 'key' : 'keyOff'},
			{text: command.title, style: enabled === true ? 'plain' : 'quiet'},
			{text: `${where}${why}`, style: 'quiet'},
		];
		return <ListRow line={line} {...row} />;
	};
}
