import type {CommandDefinition} from '../definition.ts';

/** Verbs that change something: in a cluster, in Git, or who may. */
export const actCommands: readonly CommandDefinition[] = [
	{
		name: 'sync',
		usage: 'APPLICATION…',
		summary: 'Bring the cluster to what Git says',
		description: [
			'Prints the plan first (cluster, namespace, every object, what is taken over from whom, what cannot be written) and asks; without a terminal it needs --yes. Objects no longer in Git are deleted as the application says; --prune and --prune=false decide it for this once.',
			'More deletions than the budget of the application allows need your word for exactly that list: the plan prints the command.',
			'What somebody holds is left alone. An application that is held as a whole is refused, with what a sync would overwrite; --override-hold does it all the same. With --wait the sync itself waits for its last wave to be healthy, too.',
			'--end ends a running sync after what it is applying, and says what it had done; nothing is taken back.',
		],
		danger: 'destructive',
		words: {minimum: 0, maximum: Number.POSITIVE_INFINITY},
		flags: ['all', 'dryRun', 'only', 'prune', 'confirmDeletions', 'overrideHold', 'ignoreWindow', 'yes', 'wait', 'end'],
		outputs: ['text', 'json'],
		bareValues: {wait: '5m'},
		exits:
			'0 synced, or nothing to do (with --wait: and Healthy; with --end: ended, or none was running), 1 something is left: it failed, was refused, is held, waits for a person, was not in time, or you said no, 2 an error',
		examples: [
			'holdfast sync checkout',
			'holdfast sync checkout basket --dry-run',
			'holdfast sync --all --yes --wait=10m',
			'holdfast sync checkout --only Deployment/checkout,ConfigMap/checkout-env',
			'holdfast sync checkout --end',
		],
		load: () => import('../sync.ts'),
	},
	{
		name: 'hold',
		usage: 'APPLICATION[/KIND/NAME[/FIELD]]…',
		summary: 'Pause healing for a while, with an owner, a reason and an end',
		description: [
			'Holds a whole application, one object of it, or one field and everything below it, in the spelling of drift events: quote brackets for the shell. Of two that are named alike, KIND/NAMESPACE/NAME says which. Drift is still seen, attributed and recorded while held. When the hold ends everything is as before, because nothing else was changed.',
			'The hold is kept in the cluster, so every operator and every worker sees it; it ends by itself, also when no worker ran meanwhile. A new hold of the same takes the place of the old one.',
			'With --sync automatic syncs of a whole application stop, too. --break-glass holds without an end and needs a reason. --all asks first.',
		],
		danger: 'reversible',
		words: {minimum: 0, maximum: Number.POSITIVE_INFINITY},
		flags: ['all', 'for', 'until', 'reason', 'sync', 'breakGlass', 'yes'],
		outputs: ['text', 'json'],
		exits: '0 held, 1 you said no, 2 an error, or something could not be held (the rest is)',
		examples: [
			'holdfast hold checkout --for 1h --reason INC-2231',
			'holdfast hold checkout/Deployment/checkout/spec.replicas --for 30m',
			'holdfast hold --all --sync --for 2h --reason maintenance --yes',
		],
		load: () => import('../hold.ts'),
	},
	{
		name: 'resume',
		usage: 'APPLICATION[/KIND/NAME[/FIELD]]…',
		summary: 'End holds before their time',
		description: [
			'An application named whole ends every hold of it; an object or a field only the hold of exactly that. What drifted meanwhile is healed as the application says, and is listed. --all asks first.',
		],
		danger: 'reversible',
		words: {minimum: 0, maximum: Number.POSITIVE_INFINITY},
		flags: ['all', 'id', 'yes'],
		outputs: ['text', 'json'],
		exits: '0 resumed, or nothing was held, 1 you said no, 2 an error, or something could not be resumed (the rest is)',
		examples: [
			'holdfast resume checkout',
			'holdfast resume checkout/Deployment/checkout/spec.replicas',
			'holdfast resume --id 3f9a1c',
		],
		load: () => import('../resume.ts'),
	},
	{
		name: 'revert',
		usage: 'APPLICATION COMMIT[..COMMIT]',
		summary: 'Undo commits in Git, with the effect on every application shown first',
		description: [
			'A real git revert, made by the worker and never in a checkout of yours. Before anything is pushed it shows the commit, its diff, and for every application that it touches what a sync will do and delete; then it asks. OLD..NEW reverts what came after OLD, up to NEW. A merge needs --mainline.',
			'It is pushed to the tracked branch, or to a branch of its own where that is refused or --branch asks for it; then the commands that bring it in are printed. While a revert is on its way the bad commit is not synced again.',
			'Afterwards it is followed to Synced and Healthy in every application it touches, for 5m or as long as --wait says; --wait=0 does not wait.',
		],
		danger: 'destructive',
		words: {minimum: 2, maximum: 2},
		flags: ['dryRun', 'branch', 'mainline', 'reason', 'yes', 'wait'],
		outputs: ['text', 'json'],
		bareValues: {wait: '5m'},
		exits:
			'0 pushed, and Synced and Healthy (with --branch: pushed there; with --dry-run: shown), 1 pushed but something is left: it is on a branch of its own, is not automated, failed, waits for a person, was not in time; or you said no, 2 an error, nothing was pushed',
		examples: [
			'holdfast revert checkout 9f3c1a2 --dry-run',
			'holdfast revert checkout 9f3c1a2 --reason INC-2231',
			'holdfast revert checkout 9f3c1a2 -m 1 --branch revert-memory --yes',
		],
		load: () => import('../revert.ts'),
	},
	{
		name: 'adopt',
		usage: 'APPLICATION/KIND/NAME',
		summary: 'Turn a live edit into a commit',
		description: [
			'Writes what drifted into the files of the repository: plain YAML keeps its comments and its order, Kustomize gets a patch; where a file cannot say it, as with Helm, it is refused with the reason. Shows the diff and the effect on every application, and asks; then the drift is what Git says, and is gone with the next pull.',
		],
		danger: 'reversible',
		words: {minimum: 1, maximum: 1},
		flags: ['field', 'branch', 'dryRun', 'yes'],
		outputs: ['text', 'json'],
		exits:
			'0 pushed (with --dry-run: shown), 1 pushed to a branch of its own because the tracked one was refused, or you said no, 2 an error, nothing was pushed',
		examples: [
			'holdfast adopt checkout/Deployment/checkout --dry-run',
			'holdfast adopt checkout/Deployment/checkout --field spec.replicas',
		],
		load: () => import('../adopt.ts'),
	},
];
