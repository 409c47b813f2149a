import {createRequire} from 'node:module';
import * as ink from 'ink';
import type {ComponentType, ReactNode} from 'react';
import type {TableRow} from './table.ts';

/** A cell, a head, or a piece of a rule. Corners and crossings belong to no column. */
export interface PieceProps {
	readonly children: string;
	readonly column?: number;
}

/** What ink-table takes: rows of plain values, drawn under their keys, and what draws its pieces. */
export interface InkTableProps {
	readonly data: readonly TableRow[];
	readonly columns: readonly string[];
	readonly header: ComponentType<PieceProps>;
	readonly cell: ComponentType<PieceProps>;
	readonly skeleton: ComponentType<PieceProps>;
}

type DrawRow = (row: {readonly key: string}) => ReactNode;

/** Of ink-table's class, what is used here. */
type InkTable = new (props: InkTableProps) => React.Component<InkTableProps> & {separator: DrawRow};

/**
 * ink-table 3 is CommonJS and requires Ink, which loads with a top-level await: Node refuses (ink-table issue 258). Put
 * into the module cache first, it is found there. In the bundle nothing is left to resolve.
 */
function offerInk(): void {
	const require = createRequire(import.meta.url);
	try {
		const file = require.resolve('ink');
		require.cache[file] ??= {id: file, filename: file, loaded: true, exports: ink, children: [], paths: []} as never;
	} catch {
		// Bundled.
	}
}

/** Loads the table component. Later, not at the start: few dialogs need it. */
export async function loadInkTable(): Promise<ComponentType<InkTableProps>> {
	offerInk();
	const loaded = (await import('ink-table')).default as unknown as InkTable & {default?: InkTable};
	return withoutRules(loaded.default ?? loaded);
}

/** It draws a rule above every row, which halves what a screen holds. Only the one below the heads stays. */
function withoutRules(Table: InkTable): ComponentType<InkTableProps> {
	return class extends Table {
		constructor(props: InkTableProps) {
			super(props);
			const rule = this.separator;
			// Its key ends with the number of the row.
			this.separator = row => (row.key.endsWith('-0') ? rule(row) : null);
		}
	};
}
