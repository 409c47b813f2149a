import type {CommandDefinition} from '../definition.ts';

const applicationsUsage = '[APPLICATION…]';

/** Verbs that show how things stand. */
export const lookCommands: readonly CommandDefinition[] = [
	{
		name: 'watch',
		usage: '',
		summary: 'Open the full-screen monitor; the same as holdfast alone',
		description: [
			'Attaches to the worker that holds the cluster; where none runs, one is started in the background. Leaving the monitor, or losing the terminal, leaves the worker as it is: one that the monitor started ends 15 minutes after the last screen.',
			'Without a terminal it prints a line for every change of state instead, until it is ended.',
		],
		danger: 'none',
		words: {minimum: 0, maximum: 0},
		flags: ['attach', 'readOnly', 'snapshot', 'mode'],
		outputs: [],
		examples: ['holdfast watch', 'holdfast watch --context eu-prod --read-only', 'holdfast watch --snapshot'],
		load: () => import('../watch.ts'),
	},
	{
		name: 'status',
		usage: applicationsUsage,
		summary: 'Show what is in sync, what is healthy, what drifted and why not',
		description: [
			'Worst first. Below the table stand the problems of each application in sentences, with file and line where a file is at fault, and how old the data is. Named alone, an application also lists its objects.',
			'Asks the worker that holds the cluster; where none is running, it looks once by itself and writes nothing.',
		],
		danger: 'none',
		words: {minimum: 0, maximum: Number.POSITIVE_INFINITY},
		flags: ['wait'],
		outputs: ['table', 'wide', 'json', 'yaml', 'name'],
		bareValues: {wait: '60s'},
		exits:
			'0 shown (with --wait: all Synced and Healthy), 1 with --wait: not in time, 2 an error, or an application shown could not be compared, or its cluster does not answer',
		examples: ['holdfast status', 'holdfast status checkout --wait=2m', 'holdfast status -o json'],
		load: () => import('../status.ts'),
	},
	{
		name: 'diff',
		usage: 'APPLICATION',
		summary: 'Show how the cluster differs from Git',
		description: [
			'A unified diff for each object, with the fields that differ and the manager that set each live value. Values of Secrets are never shown. Nothing is written; objects that are known to be unchanged cost no request.',
		],
		danger: 'none',
		words: {minimum: 1, maximum: 1},
		flags: [],
		outputs: ['text', 'json'],
		exits: '0 no difference, 1 differences, 2 an error, or something could not be compared',
		examples: ['holdfast diff checkout', 'holdfast diff checkout -o json'],
		load: () => import('../diff.ts'),
	},
	{
		name: 'log',
		usage: 'APPLICATION',
		summary: 'Show the commits that touch an application, and what became of each',
		description: [
			'Newest first, the newest 20 unless --limit says otherwise: which one is live, which failed and why, which is not synced yet, which was reverted by which, and how many objects each changed; ? where that is not known. The wide table shows whole ids and subjects.',
		],
		danger: 'none',
		words: {minimum: 1, maximum: 1},
		flags: ['limit'],
		outputs: ['table', 'wide', 'json'],
		examples: ['holdfast log checkout', 'holdfast log checkout --limit 100 -o json'],
		load: () => import('../log.ts'),
	},
	{
		name: 'holds',
		usage: applicationsUsage,
		summary: 'Show who holds what, why, and for how much longer',
		description: ['The hold that ends first stands first. Times of day are in UTC.'],
		danger: 'none',
		words: {minimum: 0, maximum: Number.POSITIVE_INFINITY},
		flags: [],
		outputs: ['table', 'json'],
		exits: '0 shown, 2 an error, or the cluster of an application does not answer',
		examples: ['holdfast holds', 'holdfast holds checkout -o json'],
		load: () => import('../holds.ts'),
	},
	{
		name: 'events',
		usage: '[APPLICATION]',
		summary: 'Show what happened: drift, heals, syncs, new commits, holds, reverts, errors',
		description: [
			'One line an event, oldest first: the newest 100, or all with --since; --limit says otherwise. A drift names the object, the field, what it was and is, who changed it, and what was done about it.',
		],
		danger: 'none',
		words: {minimum: 0, maximum: 1},
		flags: ['since', 'follow', 'limit', 'type'],
		outputs: ['text', 'wide', 'json'],
		examples: [
			'holdfast events --since 1h',
			'holdfast events checkout --type drift --follow',
			'holdfast events -o json | jq \'select(.type == "drift")\'',
		],
		load: () => import('../events.ts'),
	},
	{
		name: 'refresh',
		usage: applicationsUsage,
		summary: 'Pull Git and compare again, now',
		description: [
			'Answers when it is done, with the same table as status. A worker that reconciles then syncs what changed, as it would have at its next pull.',
		],
		danger: 'none',
		words: {minimum: 0, maximum: Number.POSITIVE_INFINITY},
		flags: ['hard'],
		outputs: ['table', 'wide', 'json', 'yaml', 'name'],
		examples: ['holdfast refresh', 'holdfast refresh checkout --hard'],
		load: () => import('../refresh.ts'),
	},
];
