import type {ComponentType, ReactNode} from 'react';
import {safeText} from '../../model/text.ts';
import type {ListState} from '../store/list-state.ts';
import type {LineText} from '../theme/styles.ts';
import {List, positionOf, type RowProps} from '../widgets/list/index.ts';
import type {PaneProps} from './pane.ts';
import {PaneFrame, paneRoom} from './pane-frame.tsx';

export interface ListPaneProps {
	/** What the pane was given. */
	readonly pane: PaneProps;
	readonly state: ListState;
	/** Draws one row; wrapped in memo. */
	readonly row: ComponentType<RowProps>;
	/** Behind the pane's own name; the filter follows it. */
	readonly subtitle: string;
	readonly filter: string;
	/** In the lower edge: why it is stale. */
	readonly note: LineText | undefined;
	/** Stands there while there are no rows. */
	readonly empty: readonly LineText[];
	/** Lines above the list. */
	readonly children?: ReactNode;
}

/** A pane that is a list: its name, what it is filtered by, where in the list one is, and the rows. */
export function ListPane({pane, state, row, subtitle, filter, note, empty, children}: ListPaneProps) {
	const {width} = paneRoom(pane);
	return (
		<PaneFrame
			{...pane}
			subtitle={`${subtitle}${filter === '' ? '' : `  /${safeText(filter)}`}`}
			note={note}
			position={positionOf(state)}
		>
			{children}
			<List state={state} width={width} isFocused={pane.isFocused} row={row} empty={empty} />
		</PaneFrame>
	);
}
