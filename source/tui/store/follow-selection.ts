import type {CommandContext} from '../commands/command.ts';
import {selectionOf} from '../commands/selection.ts';
import {selectedIn} from './ui-state.ts';

/** What was missed is read in this time; then the next step takes the sentence away, and the counts have their place again. */
const readMilliseconds = 5_000;

/** Somebody who holds a key runs past a hundred applications: only the one they stop at is asked about. */
const restMilliseconds = 120;

/**
 * Asks for the details of whatever application is selected, shortly after it was; and notes which drifts were looked at.
 * Returns what ends it.
 */
export function followSelection({ui, data, source, seenDrift}: CommandContext): () => void {
	let timer: NodeJS.Timeout | undefined;
	let wanted: string | null = null;
	let wasInDrift = false;
	let absentSince: number | null = null;
	let place = '';

	const ask = (): void => {
		timer = undefined;
		source.details.select(wanted);
		if (wanted === null) return;
		source.details.fetch('tree');
		source.details.fetch('log');
	};

	const look = (): void => {
		const state = ui.getState();
		const {application} = selectionOf(state, data.getState());
		const name = application?.name ?? null;
		if (name !== wanted) {
			wanted = name;
			clearTimeout(timer);
			// The first one is asked about at once: somebody waits for a full screen.
			timer = setTimeout(ask, data.getState().details === null ? 0 : restMilliseconds);
		}
		const isInDrift = state.focus === 'drift';
		const id = isInDrift ? selectedIn(state, 'drift') : null;
		if (id !== null && wasInDrift && !seenDrift.getState().ids.has(id)) {
			seenDrift.setState(seen => ({...seen, ids: new Set([...seen.ids, id])}));
		}
		if (wasInDrift && !isInDrift) seenDrift.setState({until: Date.now(), ids: new Set()});
		wasInDrift = isInDrift;
		readAbsence(`${state.focus} ${state.views.length} ${name}`);
	};

	const readAbsence = (here: string): void => {
		const hasMoved = here !== place;
		place = here;
		if (data.getState().absence === null) {
			absentSince = null;
			return;
		}
		absentSince ??= Date.now();
		if (hasMoved && Date.now() - absentSince > readMilliseconds) source.dismissAbsence();
	};

	const ends = [ui.subscribe(look), data.subscribe(look)];
	return () => {
		clearTimeout(timer);
		for (const end of ends) end();
	};
}
