import {useRef} from 'react';
import {useKeys} from '../input/use-keys.ts';
import {useMonitor} from '../monitor-context.ts';
import {placeOf} from '../store/ui-state.ts';
import {runChord} from './run-command.ts';

const secondPressMilliseconds = 2_000;

/**
 * Runs the commands whose keys are pressed when no field and no dialog wants them; and ctrl-c, which always works: the
 * first press leaves whatever is open and says so, the second one the program.
 */
export function CommandKeys() {
	const monitor = useMonitor();
	const interruptedAt = useRef(Number.NEGATIVE_INFINITY);
	useKeys(key => runChord(monitor, key.chord, placeOf(monitor.ui.getState())), {
		priority: 'global',
		onPaste: () => monitor.ui.toast('A paste is never a command: nothing was done'),
	});
	useKeys(
		{
			'ctrl+c'() {
				const now = performance.now();
				if (now - interruptedAt.current < secondPressMilliseconds) {
					monitor.quit();
					return;
				}
				interruptedAt.current = now;
				monitor.dialogs.dismissAll();
				monitor.ui.dispatch({type: 'prompt', prompt: {type: 'none'}});
				monitor.ui.toast('ctrl-c again leaves; the worker stays as it is');
			},
		},
		{priority: 'critical'},
	);
	return null;
}
