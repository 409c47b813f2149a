import {type ListAction, type ListState, reduceList} from './list-state.ts';
import {reduceText, type TextAction, type TextState} from './text-state.ts';

/** What is scrolled in one place: rows with one selected, or the lines of a text. */
export type Viewport = ListState | TextState;

/** Movements are the same for both; what only the other one understands changes nothing. */
export type ViewportAction = ListAction | TextAction;

export function reduceViewport(state: Viewport, action: ViewportAction): Viewport {
	return state.kind === 'list' ? reduceList(state, action as ListAction) : reduceText(state, action as TextAction);
}
