import type {CommandDefinition} from '../definition.ts';
import {nearest, usageError} from './usage-error.ts';

/** Words that other tools use for what holdfast calls differently. */
const otherTools = new Map(
	Object.entries({
		tui: 'watch',
		monitor: 'watch',
		attach: 'watch --attach',
		get: 'status',
		list: 'status',
		ls: 'status',
		apply: 'sync',
		reconcile: 'sync',
		logs: 'events',
		history: 'events',
		drift: 'events',
		pull: 'refresh',
		fetch: 'refresh',
		start: 'worker',
		stop: 'worker stop',
		terminate: 'sync --end',
		pause: 'hold',
		suspend: 'hold',
		freeze: 'hold',
		unpause: 'resume',
		continue: 'resume',
		release: 'resume',
		rollback: 'revert',
		undo: 'revert',
		commits: 'log',
		check: 'doctor',
		plan: 'sync --dry-run',
	}),
);

/** Finds the verb of a command line; without any word it is the monitor. */
export function findCommand(words: readonly string[], table: readonly CommandDefinition[]): CommandDefinition {
	const name = words[0] ?? 'watch';
	const command = table.find(candidate => candidate.name === name);
	if (command) return command;
	const names = table.map(candidate => candidate.name);
	const guess = otherTools.get(name) ?? nearest(name, names);
	throw usageError(`there is no command ${name}`, guess ? `Did you mean holdfast ${guess}?` : 'See holdfast help.');
}
