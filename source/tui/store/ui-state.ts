import type {ListName, PaneName, Place, ViewKind} from '../layout/places.ts';
import type {StyleName} from '../theme/styles.ts';
import type {ThemeName} from '../theme/themes.ts';
import type {Viewport} from './viewport.ts';

/** Something that was opened over the panes. Everything that is needed to draw it again after coming back to it. */
export interface View {
	readonly kind: ViewKind;
	/** One step of the breadcrumb: `diff checkout`. */
	readonly title: string;
	readonly application?: string;
	/** `Deployment/checkout` or an object's key, as the view's own code understands it. */
	readonly object?: string;
	readonly revision?: string;
	/** Anything else of the view's own. */
	readonly detail?: string;
}

/** A view with the name that its scroll position is kept under. */
export interface OpenView extends View {
	readonly list: ListName;
}

export interface Toast {
	readonly id: number;
	readonly text: string;
	readonly style: StyleName;
	/** Epoch milliseconds. */
	readonly until: number;
}

/** A line that a person is typing into. */
export type Prompt =
	| {readonly type: 'none'}
	| {readonly type: 'filter'; readonly list: ListName; readonly before: string}
	/** With what already stands there: a command that was chosen elsewhere and needs words. */
	| {readonly type: 'palette'; readonly text?: string}
	| {readonly type: 'help'};

/** What a person did to the screen, as opposed to what the worker says. */
export interface UiState {
	readonly columns: number;
	readonly rows: number;
	readonly theme: ThemeName;
	readonly focus: PaneName;
	/** Which of the panes 2 to 4 is shown where there is room for one of them. */
	readonly companion: PaneName;
	readonly isZoomed: boolean;
	/** The last one is on the screen. Empty: the panes are. */
	readonly views: readonly OpenView[];
	readonly viewports: Readonly<Record<ListName, Viewport>>;
	readonly prompt: Prompt;
	readonly toasts: readonly Toast[];
	/** Made with every repaint, so that nothing is drawn from memory. */
	readonly repaints: number;
}

export function initialUiState(options: Pick<UiState, 'columns' | 'rows' | 'theme'>): UiState {
	return {
		...options,
		focus: 'applications',
		companion: 'drift',
		isZoomed: false,
		views: [],
		viewports: {},
		prompt: {type: 'none'},
		toasts: [],
		repaints: 0,
	};
}

/** Where keys go now. */
export function placeOf({views, focus}: UiState): Place {
	return views.at(-1)?.kind ?? focus;
}

/** The list that movements go to now. */
export function listNameOf({views, focus}: UiState): ListName {
	return views.at(-1)?.list ?? focus;
}

/** Key of the selected row of a list; null when there is none, or when it is a text. */
export function selectedIn({viewports}: UiState, list: ListName): string | null {
	const viewport = viewports[list];
	return viewport?.kind === 'list' ? viewport.selected : null;
}
