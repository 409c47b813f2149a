import type {ComponentType} from 'react';
import type {PaneName, ViewKind} from '../layout/places.ts';
import type {Rectangle} from '../layout/rectangle.ts';
import type {OpenView} from '../store/ui-state.ts';

/** What a pane is given. It draws its own frame, so that title and position can come from what it shows. */
export interface PaneProps {
	readonly name: PaneName;
	readonly rectangle: Rectangle;
	readonly isFocused: boolean;
	/** false on a small terminal: one line of title instead. */
	readonly isFramed: boolean;
	/** Panes that share its place, itself first. */
	readonly tabs: readonly PaneName[];
}

export interface ViewProps {
	readonly view: OpenView;
	/** `Applications › checkout › diff`. */
	readonly breadcrumb: readonly string[];
	readonly rectangle: Rectangle;
	readonly isFramed: boolean;
}

export type PaneComponents = Readonly<Record<PaneName, ComponentType<PaneProps>>>;
export type ViewComponents = Readonly<Partial<Record<ViewKind, ComponentType<ViewProps>>>>;
