import {createContext, memo, useContext, useMemo} from 'react';
import type {ViewProps} from '../panes/pane.ts';
import type {LineText} from '../theme/styles.ts';
import {List, ListRow, positionOf, type RowProps, useList} from '../widgets/list/index.ts';
import {ViewFrame, viewRoom} from './view-frame.tsx';

/** A row of a view: a line with a name. */
export interface PageRow {
	readonly key: string;
	readonly line: LineText;
}

interface ListPageProps extends ViewProps {
	readonly rows: readonly PageRow[];
	readonly empty: readonly LineText[];
	readonly note?: LineText;
}

/** A view of rows of which one is selected, windowed as every list. */
export function ListPage({rows, empty, note, ...props}: ListPageProps) {
	const {width, height} = viewRoom(props);
	const keys = useStableKeys(rows);
	const byKey = useMemo(() => new Map(rows.map(({key, line}) => [key, line])), [rows]);
	const state = useList({name: props.view.list, keys, height});
	return (
		<ViewFrame {...props} position={positionOf(state)} {...(note === undefined ? {} : {note})}>
			<Lines value={byKey}>
				<List state={state} width={width} isFocused row={PageRowView} empty={empty} />
			</Lines>
		</ViewFrame>
	);
}

/** The same array while the names are the same: the list's state need not look at them again. */
function useStableKeys(rows: readonly PageRow[]): readonly string[] {
	const joined = rows.map(({key}) => key).join('\n');
	return useMemo(() => (joined === '' ? [] : joined.split('\n')), [joined]);
}

const Lines = createContext<ReadonlyMap<string, LineText>>(new Map());

const PageRowView = memo(function PageRowView({id, ...row}: RowProps) {
	return <ListRow line={useContext(Lines).get(id) ?? ''} {...row} />;
});
