import {useMemo} from 'react';
import {clamp} from '../store/movement.ts';
import {createStore} from '../store/store.ts';
import {useStore} from '../store/use-store.ts';
import type {LineText} from '../theme/styles.ts';
import {Line} from '../widgets/line/index.ts';

/** What a dialog says: lines, or what makes them for a width. */
export type DialogBody = readonly LineText[] | ((width: number) => readonly LineText[]);

const steps: Readonly<Record<string, number>> = {
	up: -1,
	down: 1,
	pageup: -10,
	pagedown: 10,
	'ctrl+b': -10,
	'ctrl+f': 10,
};

export interface ScrolledBody {
	/** Lines that are on the screen. */
	readonly lines: readonly LineText[];
	/** `1-12/40` when there are more than fit. */
	readonly position: string;
	/** Answers whether it was a key that scrolls. */
	scroll(chord: string): boolean;
}

/** The part of a body that fits, and the keys that scroll it: a plan can be longer than a screen. */
export function useBody(body: DialogBody, room: {readonly width: number; readonly height: number}): ScrolledBody {
	const store = useMemo(() => createStore(0), []);
	const top = useStore(store, value => value);
	const {width, height} = room;
	const lines = useMemo(() => (typeof body === 'function' ? body(width) : body), [body, width]);
	const shown = Math.max(1, height);
	const lowest = Math.max(0, lines.length - shown);
	const from = Math.min(top, lowest);
	return {
		lines: lines.slice(from, from + shown),
		position: lines.length > shown ? `${from + 1}-${from + shown}/${lines.length}` : '',
		scroll(chord) {
			const step = steps[chord];
			if (step === undefined) return false;
			store.setState(value => clamp(Math.min(value, lowest) + step, 0, lowest));
			return true;
		},
	};
}

export function BodyLines({lines, width}: {readonly lines: readonly LineText[]; readonly width: number}) {
	return lines.map((line, index) => (
		<Line key={`line-${index.toString()}`} line={[' ', ...spansOf(line)]} width={width} />
	));
}

function spansOf(line: LineText) {
	return typeof line === 'string' ? [line] : line;
}
