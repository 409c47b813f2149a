import {type ComponentType, memo} from 'react';
import {type ListState, windowOf} from '../../store/list-state.ts';
import type {LineText} from '../../theme/styles.ts';
import {toSpans} from '../fit/line.ts';
import {Line} from '../line/index.ts';
import {rowGutter} from './row.tsx';

export interface RowProps {
	/** The row's key, as given to useList. */
	readonly id: string;
	readonly width: number;
	readonly isSelected: boolean;
	readonly isFocused: boolean;
	readonly isMarked: boolean;
}

export interface ListProps {
	readonly state: ListState;
	readonly width: number;
	/** Whether keys go to this list. */
	readonly isFocused: boolean;
	/** Draws one row, one line high. Reads what it shows from a store, so that only changed rows are drawn again. */
	readonly row: ComponentType<RowProps>;
	/** Stands there while there are no rows: what it would show, and how to get it. */
	readonly empty: readonly LineText[];
}

/** The rows that are on the screen and no others. Wrap the row component in memo. */
export const List = memo(function List({state, width, isFocused, row: Row, empty}: ListProps) {
	const {from, to} = windowOf(state);
	if (state.keys.length === 0) {
		return empty
			.slice(0, state.height)
			.map((line, index) => (
				<Line
					key={`empty-${index.toString()}`}
					line={[' '.repeat(rowGutter), ...toSpans(line)]}
					width={width}
					base="quiet"
				/>
			));
	}
	return state.keys
		.slice(from, to)
		.map((key, index) => (
			<Row
				key={key}
				id={key}
				width={width}
				isSelected={from + index === state.index}
				isFocused={isFocused}
				isMarked={state.marks.has(key)}
			/>
		));
});

/** `3/42`; with marks `3/42, 2 marked`. */
export function positionOf({index, keys, marks}: ListState): string {
	if (keys.length === 0) return '';
	return `${index + 1}/${keys.length}${marks.size > 0 ? `, ${marks.size} marked` : ''}`;
}
