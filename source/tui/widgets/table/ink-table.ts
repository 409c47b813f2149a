import {createRequire} from 'node:module';
import * as ink from 'ink';
import type {ComponentType} from 'react';

/** What ink-table takes: rows of plain values, drawn under their keys. */
export interface InkTableProps {
	readonly data: readonly Readonly<Record<string, string>>[];
	readonly columns?: readonly string[];
	readonly padding?: number;
}

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
	const loaded = await import('ink-table');
	const table = loaded.default as unknown as ComponentType<InkTableProps> & {default?: ComponentType<InkTableProps>};
	return table.default ?? table;
}
