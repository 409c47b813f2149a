import {useLayoutEffect, useMemo} from 'react';
import type {ListName} from '../../layout/places.ts';
import {useMonitor} from '../../monitor-context.ts';
import {emptyLog, emptyText, reduceText, type TextState} from '../../store/text-state.ts';
import type {UiState} from '../../store/ui-state.ts';
import {useStore} from '../../store/use-store.ts';
import {plainText} from '../../theme/paint.ts';
import type {LineText} from '../../theme/styles.ts';

export interface UseTextViewOptions {
	readonly name: ListName;
	/** Keep the array while the text is the same. */
	readonly lines: readonly LineText[];
	/** Lines that fit. */
	readonly height: number;
	/** A log opens at its end and follows it. */
	readonly isLog?: boolean;
}

/** The scroll position of a text, kept in the store under its name, with the lines that have what is searched for. */
export function useTextView({name, lines, height, isLog = false}: UseTextViewOptions): TextState {
	const {ui} = useMonitor();
	const initial = isLog ? emptyLog : emptyText;
	const stored = useStore(ui, state => textIn(state, name, initial));
	const matches = useMemo(() => findMatches(lines, stored.filter), [lines, stored.filter]);
	const state = useMemo(
		() => reduceText(reduceText(stored, {type: 'height', height}), {type: 'lines', length: lines.length, matches}),
		[stored, height, lines, matches],
	);
	useLayoutEffect(() => {
		ui.dispatch({type: 'mount', list: name, viewport: initial});
		ui.dispatch({type: 'viewport', list: name, action: {type: 'height', height}});
		ui.dispatch({type: 'viewport', list: name, action: {type: 'lines', length: lines.length, matches}});
	}, [ui, name, initial, height, lines, matches]);
	return state;
}

/** Indexes of the lines that contain a text in any case. */
export function findMatches(lines: readonly LineText[], wanted: string): readonly number[] {
	if (wanted === '') return [];
	const lower = wanted.toLowerCase();
	return lines.flatMap((line, index) => (plainText(line).toLowerCase().includes(lower) ? [index] : []));
}

function textIn({viewports}: UiState, name: ListName, initial: TextState): TextState {
	const viewport = viewports[name];
	return viewport?.kind === 'text' ? viewport : initial;
}
