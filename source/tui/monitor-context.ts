import {createContext, useContext} from 'react';
import type {CommandContext} from './commands/command.ts';

export const MonitorContext = createContext<CommandContext | null>(null);

/** Stores, dialogs and commands of the screen that a component is part of. */
export function useMonitor(): CommandContext {
	const monitor = useContext(MonitorContext);
	if (!monitor) throw new Error('A component of the monitor stands outside of it');
	return monitor;
}
