import {accessTo, accessToAll} from '../acts/access.ts';
import {adopt} from '../acts/change/adopt.ts';
import {revert} from '../acts/change/revert.ts';
import {copyMenu} from '../acts/copy/menu.ts';
import {type ActFacts, type Rule, rules} from '../acts/enabled.ts';
import {toggleEverything, toggleHold} from '../acts/hold/toggle.ts';
import type {Selection} from '../acts/ports.ts';
import {refresh} from '../acts/refresh.ts';
import {actSelection} from '../acts/selection.ts';
import {endSync} from '../acts/sync/end-sync.ts';
import {syncApplications} from '../acts/sync/sync.ts';
import {undo} from '../acts/undo.ts';
import {undoable} from '../acts/undoable.ts';
import {write} from '../acts/write.ts';
import {actLines} from '../dialogs/content/acts.ts';
import type {Command, CommandArgument, CommandContext, Enabled} from './command.ts';
import {selectionOf} from './selection.ts';

const base = {group: 'Act', where: 'everywhere'} as const;

function selection({ui, data}: CommandContext): Selection {
	const state = ui.getState();
	return actSelection(selectionOf(state, data.getState()), state, data.getState());
}

/** What is selected, or the application that was named in the palette. */
function selected(context: CommandContext, name: string | undefined): Selection {
	if (name === undefined) return selection(context);
	const application = context.data.getState().applications.get(name);
	return {
		application: application ?? null,
		marked: [],
		object: null,
		objects: [],
		drift: null,
		commit: null,
	};
}

function factsOf(context: CommandContext): ActFacts {
	const {acts, data, client, shown} = context;
	const chosen = selection(context);
	const {worker, applications} = data.getState();
	const guard = acts.arming.getState();
	const contexts = applicationsOf(context, chosen).map(application => application.context);
	return {
		isConnected: client() !== null,
		selection: chosen,
		access: accessTo(contexts, guard, worker, acts.now()),
		accessToAll: accessToAll(guard, worker, acts.now()),
		applications: applications.size,
		acts: acts.ledger.getState(),
		isFrozen: shown.status.getState().type === 'frozen',
	};
}

function when(rule: Rule): (context: CommandContext) => Enabled {
	return context => rule(factsOf(context));
}

/** Those that are marked, else the one that is selected. */
function applicationsOf({data}: CommandContext, {application, marked}: Selection) {
	const {applications} = data.getState();
	if (marked.length > 0) return marked.flatMap(name => applications.get(name) ?? []);
	return application ? [application] : [];
}

const applicationArgument: CommandArgument = {
	name: 'application',
	isRequired: false,
	complete: ({data}) => [...data.getState().applications.keys()].sort().map(value => ({value})),
};

/** What writes to the cluster or to Git, and what leads there. */
export const actCommands: readonly Command[] = [
	{
		...base,
		id: 'sync',
		title: 'Sync: show the plan, then ask',
		short: 'sync',
		keys: ['s'],
		danger: 'destructive',
		arguments: [applicationArgument],
		isEnabled: when(rules.sync),
		run(context, [name]) {
			const chosen = selected(context, name);
			const applications = applicationsOf(context, chosen);
			return syncApplications(context.acts, {applications, objects: chosen.objects});
		},
	},
	{
		...base,
		id: 'hold',
		title: 'Hold, or resume what is held',
		short: 'hold',
		keys: ['p'],
		danger: 'reversible',
		arguments: [applicationArgument],
		aliases: ['resume', 'pause'],
		isEnabled: when(rules.hold),
		run(context, [name]) {
			const chosen = selected(context, name);
			return toggleHold(context.acts, {
				applications: applicationsOf(context, chosen),
				object: chosen.object,
				fields: (chosen.drift?.fields ?? []).map(({path}) => path).filter(Boolean),
			});
		},
	},
	{
		...base,
		id: 'hold-everything',
		title: 'Hold everything: no automatic write anywhere',
		keys: ['P'],
		danger: 'reversible',
		aliases: ['red button', 'stop', 'resume everything'],
		isEnabled: when(rules.holdEverything),
		run: ({acts}) => toggleEverything(acts),
	},
	{
		...base,
		id: 'revert',
		title: 'Revert the selected commit: show what it would do, then ask',
		short: 'revert',
		keys: ['t'],
		danger: 'destructive',
		aliases: ['roll back', 'take back'],
		isEnabled: when(rules.revert),
		async run(context) {
			const {application, commit} = selection(context);
			if (application && commit) await revert(context.acts, application, commit);
		},
	},
	{
		...base,
		id: 'adopt',
		title: 'Adopt the selected drift into Git: show the commit, then ask',
		short: 'adopt',
		keys: ['a'],
		danger: 'destructive',
		aliases: ['keep', 'commit'],
		isEnabled: when(rules.adopt),
		async run(context) {
			const {application, drift} = selection(context);
			if (application && drift) await adopt(context.acts, application, drift);
		},
	},
	{
		...base,
		id: 'end-sync',
		title: 'End the running sync',
		keys: ['x'],
		danger: 'destructive',
		aliases: ['stop', 'terminate', 'abort'],
		isEnabled: when(rules.endSync),
		async run(context) {
			const {application} = selection(context);
			if (application) await endSync(context.acts, application);
		},
	},
	{
		...base,
		id: 'refresh',
		title: 'Pull and compare again; hard: every object by dry run',
		keys: ['r'],
		danger: 'none',
		arguments: [{name: 'hard', isRequired: false, complete: () => [{value: 'hard', hint: 'by dry run'}]}],
		isEnabled: when(rules.refresh),
		run(context, [word]) {
			const names = applicationsOf(context, selection(context)).map(({name}) => name);
			context.source.details.refresh();
			return refresh(context.acts, names, word === 'hard');
		},
	},
	{
		...base,
		id: 'undo',
		title: 'Undo the last act, where it can be undone',
		keys: ['u'],
		danger: 'reversible',
		isEnabled: when(rules.undo),
		run({acts, shown, clock, ui}) {
			const freeze = shown.status.getState();
			const act = undoable(acts.ledger.getState());
			if (freeze.type !== 'frozen' || (act && act.time > freeze.since)) return undo(acts);
			shown.thaw();
			clock.start();
			ui.toast('the screen goes on');
		},
	},
	{
		...base,
		id: 'write',
		title: 'Let this screen write for a while: 15m, 1h; 0 takes it back',
		keys: [],
		danger: 'none',
		aliases: ['arm', 'read-only'],
		arguments: [
			{
				name: 'duration',
				isRequired: false,
				complete: () => ['15m', '1h', '0'].map(value => ({value})),
			},
		],
		run: ({acts}, [duration]) => write(acts, duration),
	},
	{
		...base,
		id: 'acts',
		title: 'Show what was done from this screen',
		keys: [],
		danger: 'none',
		aliases: ['ledger', 'history of mine'],
		run: ({acts}) =>
			acts.questions.show({
				title: 'Done from this screen, newest first',
				body: frame => actLines(acts.ledger.getState(), frame),
			}),
	},
	{
		...base,
		id: 'copy',
		title: 'Copy a name, a commit or the command to the clipboard',
		keys: ['c'],
		danger: 'none',
		aliases: ['yank', 'clipboard'],
		isEnabled: when(rules.copy),
		run: context => copyMenu(context.acts, selection(context)),
	},
];
