import {useLayoutEffect, useMemo} from 'react';
import type {ListName} from '../../layout/places.ts';
import {useMonitor} from '../../monitor-context.ts';
import {emptyList, type ListState, reduceList} from '../../store/list-state.ts';
import type {UiState} from '../../store/ui-state.ts';
import {useStore} from '../../store/use-store.ts';

export interface UseListOptions {
	readonly name: ListName;
	/** Keys of the rows after filter and sort, in order. Keep the array while they are the same. */
	readonly keys: readonly string[];
	/** Rows that fit. */
	readonly height: number;
	/** Names of the orders that the rows can be in; a constant. */
	readonly sorts?: readonly string[];
}

/**
 * The state of a list that lives in the store under its name: it survives zoom, views and resizes. What comes back already
 * knows the rows of this very render; the store hears of them afterwards.
 */
export function useList({name, keys, height, sorts}: UseListOptions): ListState {
	const {ui} = useMonitor();
	const stored = useStore(ui, state => listIn(state, name));
	const state = useMemo(() => withRows(stored, keys, height), [stored, keys, height]);
	useLayoutEffect(() => {
		ui.dispatch({type: 'mount', list: name, viewport: emptyList});
		ui.dispatch({type: 'viewport', list: name, action: {type: 'height', height}});
		ui.dispatch({type: 'viewport', list: name, action: {type: 'rows', keys}});
	}, [ui, name, keys, height]);
	useLayoutEffect(() => {
		if (sorts) ui.dispatch({type: 'viewport', list: name, action: {type: 'sorts', names: sorts}});
	}, [ui, name, sorts]);
	return state;
}

/** Filter and order of a list, for what makes its rows: read before {@link useList} is given them. */
export function useListOrder(name: ListName): Pick<ListState, 'filter' | 'sort' | 'isReversed'> {
	const {ui} = useMonitor();
	const filter = useStore(ui, state => listIn(state, name).filter);
	const sort = useStore(ui, state => listIn(state, name).sort);
	const isReversed = useStore(ui, state => listIn(state, name).isReversed);
	return {filter, sort, isReversed};
}

function listIn({viewports}: UiState, name: ListName): ListState {
	const viewport = viewports[name];
	return viewport?.kind === 'list' ? viewport : emptyList;
}

function withRows(state: ListState, keys: readonly string[], height: number): ListState {
	return reduceList(reduceList(state, {type: 'height', height}), {type: 'rows', keys});
}
