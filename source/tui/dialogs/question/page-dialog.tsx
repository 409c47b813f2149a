import {useMemo} from 'react';
import {useKeys} from '../../input/use-keys.ts';
import {createStore} from '../../store/store.ts';
import {useStore} from '../../store/use-store.ts';
import {DialogBox} from '../box/dialog-box.tsx';
import {keyNote} from '../box/key-note.ts';
import {scrolledBy, scrollTo} from '../box/scroll.ts';
import {useContents, useSlots} from '../box/use-contents.ts';
import {readingLayer} from '../dialog-keys.ts';
import type {Page} from '../questions.ts';

export interface PageDialogProps {
	readonly page: Page;
	readonly close: () => void;
}

/** The keys of a pager. */
const aliases: Readonly<Record<string, string>> = {
	j: 'down',
	k: 'up',
	g: 'home',
	G: 'end',
	space: 'pagedown',
	'ctrl+f': 'pagedown',
	'ctrl+b': 'pageup',
};

/** Something to read, as long as it wants to be. */
export function PageDialog({page, close}: PageDialogProps) {
	const {frame, contents, height} = useContents(page.body);
	const store = useMemo(() => createStore(0), []);
	const top = useStore(store, value => value);
	const slots = useSlots(contents, frame.width, height);
	const scrolled = scrollTo(slots, top, height);
	useKeys(({chord}) => {
		if (['escape', 'enter', 'q'].includes(chord)) close();
		const current = scrollTo(slots, store.getState(), height).top;
		const next = scrolledBy(aliases[chord] ?? chord, current, height);
		if (next !== null) store.setState(Math.max(0, next));
		return true;
	}, readingLayer);
	return (
		<DialogBox title={page.title} width={frame.width} slots={scrolled.lines} note={note} position={scrolled.position} />
	);
}

const note = keyNote([
	['j k', 'scroll'],
	['esc', 'closes'],
]);
