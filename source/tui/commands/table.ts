import {actCommands} from './act.ts';
import type {Command} from './command.ts';
import {demoCommands} from './demo.ts';
import {inspectCommands} from './inspect.ts';
import {lookCommands} from './look.ts';
import {movementCommands} from './movement.ts';
import {screenCommands} from './screen.ts';

/** Everything that can be done, in the order of the help. Verbs that act on the cluster or on Git stand between. */
export const commandTable: readonly Command[] = [
	...movementCommands,
	...actCommands,
	...inspectCommands,
	...demoCommands,
	...lookCommands,
	...screenCommands,
];
