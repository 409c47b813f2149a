import type {ReactNode} from 'react';
import {innerSize} from '../layout/inner.ts';
import {numberOfPane, paneTitles} from '../layout/places.ts';
import {useLook} from '../theme/look-context.ts';
import type {LineText, Span} from '../theme/styles.ts';
import {toSpans} from '../widgets/fit/line.ts';
import {Frame, PlainArea} from '../widgets/frame/index.ts';
import {tabsLine} from '../widgets/tabs/index.ts';
import type {PaneProps} from './pane.ts';

export interface PaneFrameProps extends PaneProps {
	/** Behind the pane's own name: `shop/checkout`, `worst first`. */
	readonly subtitle?: LineText;
	/** In the lower edge: why it is stale. */
	readonly note?: LineText;
	readonly position?: LineText;
	readonly children?: ReactNode;
}

/** The frame of a pane: its number and name, the panes behind it, and what it shows just now. */
export function PaneFrame({tabs, subtitle, note, position, isFocused, isFramed, rectangle, children}: PaneFrameProps) {
	const {glyphs} = useLook();
	const dash = glyphs.frame.light.horizontal;
	const names = tabs.map(name => ({number: numberOfPane(name), title: paneTitles[name]}));
	const [own, ...others] = tabsLine(names, {isFocused, dash});
	const title: Span[] = [
		...(own ? [own] : []),
		...(subtitle ? [{text: ` ${dash}${dash} `, style: 'frame' as const}, ...toSpans(subtitle)] : []),
		...others,
	];
	return isFramed ? (
		<Frame rectangle={rectangle} title={title} note={note} position={position} isFocused={isFocused}>
			{children}
		</Frame>
	) : (
		<PlainArea rectangle={rectangle} title={title} position={position}>
			{children}
		</PlainArea>
	);
}

/** Room for a pane's rows. */
export function paneRoom({rectangle, isFramed}: Pick<PaneProps, 'rectangle' | 'isFramed'>): {
	width: number;
	height: number;
} {
	return innerSize(rectangle, isFramed);
}
