import {type ListName, type PaneName, paneNames} from '../layout/places.ts';
import type {ThemeName} from '../theme/themes.ts';
import {listNameOf, type Prompt, type Toast, type UiState, type View} from './ui-state.ts';
import {reduceViewport, type Viewport, type ViewportAction} from './viewport.ts';

export type UiAction =
	| {readonly type: 'resize'; readonly columns: number; readonly rows: number}
	| {readonly type: 'focus'; readonly pane: PaneName}
	| {readonly type: 'cycle-focus'; readonly by: 1 | -1}
	| {readonly type: 'zoom'; readonly isZoomed?: boolean}
	| {readonly type: 'open'; readonly view: View}
	/** One step out: the prompt, the view, the zoom, the filter, the marks; at the root nothing. */
	| {readonly type: 'back'}
	| {readonly type: 'close-views'}
	/** Registers a list or a text under its name when it is new. */
	| {readonly type: 'mount'; readonly list: ListName; readonly viewport: Viewport}
	/** Without a list: the one that keys go to. */
	| {readonly type: 'viewport'; readonly list?: ListName; readonly action: ViewportAction}
	| {readonly type: 'prompt'; readonly prompt: Prompt}
	| {readonly type: 'toast'; readonly toast: Toast}
	| {readonly type: 'drop-toasts'; readonly now: number}
	| {readonly type: 'theme'; readonly theme: ThemeName}
	| {readonly type: 'repaint'};

const toastsShown = 3;

export function reduceUi(state: UiState, action: UiAction): UiState {
	switch (action.type) {
		case 'resize':
			if (action.columns === state.columns && action.rows === state.rows) return state;
			return {...state, columns: action.columns, rows: action.rows};
		case 'focus':
			return focus(state, action.pane);
		case 'cycle-focus': {
			const index = paneNames.indexOf(state.focus) + action.by;
			return focus(state, paneNames[(index + paneNames.length) % paneNames.length]!);
		}
		case 'zoom': {
			const isZoomed = action.isZoomed ?? !state.isZoomed;
			return isZoomed === state.isZoomed ? state : {...state, isZoomed};
		}
		case 'open':
			return open(state, action.view);
		case 'back':
			return back(state);
		case 'close-views':
			return state.views.length === 0 ? state : {...state, views: [], viewports: withoutViews(state, 0)};
		case 'mount':
			return action.list in state.viewports
				? state
				: {...state, viewports: {...state.viewports, [action.list]: action.viewport}};
		case 'viewport':
			return changeViewport(state, action.list ?? listNameOf(state), action.action);
		case 'prompt':
			return {...state, prompt: action.prompt};
		case 'toast':
			return {...state, toasts: [...state.toasts, action.toast].slice(-toastsShown)};
		case 'drop-toasts': {
			const toasts = state.toasts.filter(toast => toast.until > action.now);
			return toasts.length === state.toasts.length ? state : {...state, toasts};
		}
		case 'theme':
			return {...state, theme: action.theme};
		case 'repaint':
			return {...state, repaints: state.repaints + 1};
	}
}

/** To look at another pane is to leave the views that lie over it. */
function focus(state: UiState, pane: PaneName): UiState {
	if (pane === state.focus && state.views.length === 0) return state;
	return {
		...state,
		focus: pane,
		companion: pane === 'applications' ? state.companion : pane,
		views: [],
		viewports: withoutViews(state, 0),
	};
}

function open(state: UiState, view: View): UiState {
	const list = `view-${state.views.length + 1}-${view.kind}`;
	// A name that was used before at this depth starts anew.
	const {[list]: _old, ...viewports} = state.viewports;
	return {...state, views: [...state.views, {...view, list}], viewports, prompt: {type: 'none'}};
}

function back(state: UiState): UiState {
	if (state.prompt.type !== 'none') return {...state, prompt: {type: 'none'}};
	const viewport = state.viewports[listNameOf(state)];
	if (viewport && viewport.filter !== '') {
		return changeViewport(state, listNameOf(state), {type: 'filter', text: ''});
	}
	if (viewport?.kind === 'list' && viewport.marks.size > 0) {
		return changeViewport(state, listNameOf(state), {type: 'clear-marks'});
	}
	if (state.views.length > 0) {
		const depth = state.views.length - 1;
		return {...state, views: state.views.slice(0, depth), viewports: withoutViews(state, depth)};
	}
	return state.isZoomed ? {...state, isZoomed: false} : state;
}

/** Scroll positions of the views deeper than `depth` are forgotten with them; those of the panes stay. */
function withoutViews(state: UiState, depth: number): UiState['viewports'] {
	const closed = new Set(state.views.slice(depth).map(view => view.list));
	return Object.fromEntries(Object.entries(state.viewports).filter(([name]) => !closed.has(name)));
}

function changeViewport(state: UiState, list: ListName, action: ViewportAction): UiState {
	const viewport = state.viewports[list];
	if (!viewport) return state;
	const next = reduceViewport(viewport, action);
	return next === viewport ? state : {...state, viewports: {...state.viewports, [list]: next}};
}
