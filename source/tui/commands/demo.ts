import {demoSocketVariable, type IncidentCommand, tellDemo} from '../../protocol/demo-control.ts';
import type {Command, CommandContext, Enabled} from './command.ts';

const {env} = process;
const base = {group: 'Act', keys: [], where: 'everywhere', danger: 'none'} as const;

function needsDemo(): Enabled {
	return env[demoSocketVariable] !== undefined || 'this is no demo: holdfast demo starts one';
}

async function tell({ui}: CommandContext, command: IncidentCommand): Promise<void> {
	const {state, step, done, total} = await tellDemo(env[demoSocketVariable] ?? '', command);
	ui.toast(`The incident is ${state}, ${done} of ${total}${step ? `: ${step}` : ''}`);
}

/** The scripted incident of `holdfast demo`; elsewhere they say why they cannot work. */
export const demoCommands: readonly Command[] = (
	[
		['start', 'Start the incident of the demo, or go on with it'],
		['pause', 'Pause the incident of the demo'],
		['repeat', 'Play the incident of the demo from the beginning'],
		['status', 'Say how far the incident of the demo is'],
	] as const
).map(([command, title]) => ({
	...base,
	id: `incident-${command}`,
	title,
	isEnabled: needsDemo,
	run: (context: CommandContext) => tell(context, command),
}));
