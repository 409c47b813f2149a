import type {ReactNode} from 'react';
import {innerSize} from '../layout/inner.ts';
import type {ViewProps} from '../panes/pane.ts';
import {useLook} from '../theme/look-context.ts';
import type {LineText, Span} from '../theme/styles.ts';
import {Frame, PlainArea} from '../widgets/frame/index.ts';

export interface ViewFrameProps extends ViewProps {
	readonly note?: LineText;
	readonly position?: LineText;
	readonly children?: ReactNode;
}

/** The frame of a view: the way that led here, step by step, in its title. */
export function ViewFrame({breadcrumb, note, position, rectangle, isFramed, children}: ViewFrameProps) {
	const {glyphs} = useLook();
	const title = breadcrumb.flatMap((step, index): Span[] => {
		const isLast = index === breadcrumb.length - 1;
		const label: Span = {text: step, style: isLast ? 'titleFocused' : 'quiet'};
		return index === 0 ? [label] : [{text: ` ${glyphs.glyph.arrow} `, style: 'frame'}, label];
	});
	return isFramed ? (
		<Frame rectangle={rectangle} title={title} note={note} position={position} isFocused>
			{children}
		</Frame>
	) : (
		<PlainArea rectangle={rectangle} title={title} position={position}>
			{children}
		</PlainArea>
	);
}

/** Room for a view's lines. */
export function viewRoom({rectangle, isFramed}: Pick<ViewProps, 'rectangle' | 'isFramed'>): {
	width: number;
	height: number;
} {
	return innerSize(rectangle, isFramed);
}
