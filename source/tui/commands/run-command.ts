import {toProblem} from '../../model/errors.ts';
import {safeText} from '../../model/text.ts';
import type {Place} from '../layout/places.ts';
import {listNameOf} from '../store/ui-state.ts';
import type {CommandContext} from './command.ts';
import {type Command, enabledIn} from './command.ts';

/** Runs what a chord means at a place. Answers whether it means anything. */
export function runChord(context: CommandContext, chord: string, place: Place): boolean {
	const command = context.registry.find(chord, place);
	if (!command) return false;
	runCommand(context, command, []);
	return true;
}

/**
 * Runs a command, or says why it cannot run. Nothing is thrown: what goes wrong stands at the foot of the screen, and the
 * screen goes on.
 */
export function runCommand(context: CommandContext, command: Command, words: readonly string[]): void {
	const enabled = enabledIn(command, context);
	if (enabled !== true) {
		context.ui.toast(`${command.title}: ${enabled}`);
		return;
	}
	// Whatever it acts on is what was selected when the key was pressed.
	if (command.group !== 'Move') {
		context.ui.dispatch({type: 'viewport', list: listNameOf(context.ui.getState()), action: {type: 'pin'}});
	}
	try {
		const work = command.run(context, words);
		work?.catch(error => tellFailure(context, command, error));
	} catch (error) {
		tellFailure(context, command, error);
	}
}

function tellFailure({ui}: CommandContext, command: Command, error: unknown): void {
	const {message, hint} = toProblem(error);
	ui.toast(safeText(`${command.title}: ${message}${hint ? ` (${hint})` : ''}`), 'toastBad');
}
