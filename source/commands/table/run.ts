import type {CommandDefinition} from '../definition.ts';

/** Verbs that run holdfast itself and check what it needs. */
export const runCommands: readonly CommandDefinition[] = [
	{
		name: 'worker',
		usage: '[stop]',
		summary: 'Hold the cluster: pull, sync and heal in this process until told to stop',
		description: [
			'Runs in the foreground, for systemd, a container or a pane of tmux; SIGTERM and ctrl-c end it after what it is applying, SIGUSR1 pulls at once. All other verbs then ask this worker.',
			'With --once it makes a single pass: pulls, syncs the automated applications that differ, prints what came of it, ends. `worker stop` ends a running one.',
		],
		danger: 'destructive',
		words: {minimum: 0, maximum: 1, choices: ['stop']},
		flags: ['mode', 'linger', 'verbose'],
		outputs: [],
		exits: '0 ended as told (with --once: all Synced), 1 with --once: not all Synced, 2 an error',
		examples: ['holdfast worker', 'holdfast worker --mode observe', 'holdfast worker --once', 'holdfast worker stop'],
		load: () => import('../worker.ts'),
	},
	{
		name: 'doctor',
		usage: '',
		summary: 'Check everything holdfast needs: kubeconfig, rights, git, helm, kustomize, clock',
		description: ['Nothing is written. Every check that fails says what to do next.'],
		danger: 'none',
		words: {minimum: 0, maximum: 0},
		flags: [],
		outputs: ['table', 'json'],
		exits: '0 nothing failed, 1 a check failed, 2 an error',
		examples: ['holdfast doctor', 'holdfast doctor --context eu-prod'],
		load: () => import('../doctor.ts'),
	},
	{
		name: 'demo',
		usage: '',
		summary: 'Play with a cluster and a repository that live as long as the demo',
		description: [
			'Starts an embedded control plane on loopback, a small shop in a Git repository, a worker and the monitor; prints how to reach them from a second terminal. The palette of the monitor starts, pauses and repeats an incident. Nothing outside its temporary folder is touched.',
			'Without a terminal it runs the incident once, tells what happens in lines, and ends.',
		],
		danger: 'none',
		words: {minimum: 0, maximum: 0},
		flags: [],
		outputs: [],
		exits:
			'0 left (without a terminal: everything converged), 1 without a terminal: something did not converge, 2 an error',
		examples: ['holdfast demo', 'holdfast demo | cat'],
		load: () => import('../demo.ts'),
	},
];
