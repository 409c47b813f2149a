import {type ComponentType, useEffect} from 'react';
import {createStore} from '../../store/store.ts';
import {useStore} from '../../store/use-store.ts';
import {type InkTableProps, loadInkTable} from './ink-table.ts';

const table = createStore<ComponentType<InkTableProps> | null>(null);

/** Whether tables can be drawn by now; until then, and should it fail, whoever asks draws lines. */
export function useInkTable(): ComponentType<InkTableProps> | null {
	useEffect(() => {
		if (table.getState() === null) loadInkTable().then(loaded => table.setState(() => loaded), ignore);
	}, []);
	return useStore(table, value => value);
}

function ignore(): void {}
