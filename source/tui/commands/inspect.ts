import {nameOf} from '../../model/object.ts';
import {safeText} from '../../model/text.ts';
import {problemLines} from '../dialogs/content/problems.ts';
import {paneNames} from '../layout/places.ts';
import {listNameOf, selectedIn} from '../store/ui-state.ts';
import type {Command, CommandContext, Enabled} from './command.ts';
import {openJump} from './open.ts';
import {selectionOf} from './selection.ts';

const base = {group: 'Look', where: 'everywhere', danger: 'none'} as const;

const selected = ({ui, data}: CommandContext) => selectionOf(ui.getState(), data.getState());
const needsApplication = (context: CommandContext): Enabled =>
	selected(context).application !== null || 'no application is selected';
const needsWorker = (context: CommandContext): Enabled => context.client() !== null || 'the worker does not answer';
const needsBoth = (context: CommandContext): Enabled => {
	const hasApplication = needsApplication(context);
	return hasApplication === true ? needsWorker(context) : hasApplication;
};

/** Opens a view of the selected application. */
function lookAt(context: CommandContext, type: 'events' | 'worker-log' | 'timeline'): void {
	const {application} = selected(context);
	if (application) openJump(context, {type, application: application.name});
}

/** Views that explain, each one key from everywhere. Nothing here writes. */
export const inspectCommands: readonly Command[] = [
	{
		...base,
		id: 'diff',
		title: 'Show how the cluster differs from Git',
		short: 'diff',
		keys: ['d'],
		isEnabled: needsBoth,
		run(context) {
			const {application, object} = selected(context);
			if (!application) return;
			const title = object ? `diff ${safeText(nameOf(object))}` : `diff ${safeText(application.name)}`;
			const only = object ? {object: nameOf(object)} : {};
			context.ui.dispatch({type: 'open', view: {kind: 'diff', title, application: application.name, ...only}});
		},
	},
	{
		...base,
		id: 'why',
		title: 'Say why it is as it is, and what to do next',
		short: 'why',
		keys: ['i'],
		aliases: ['explain', 'describe'],
		isEnabled: needsApplication,
		run(context) {
			const {application} = selected(context);
			if (!application) return;
			const title = `why ${safeText(application.name)}`;
			context.ui.dispatch({type: 'open', view: {kind: 'why', title, application: application.name}});
		},
	},
	{
		...base,
		id: 'open',
		title: 'Open what is selected',
		short: 'open',
		keys: ['enter'],
		where: [...paneNames, 'events'],
		isEnabled: needsApplication,
		run: openSelected,
	},
	{
		...base,
		id: 'object',
		title: 'Show an object: live, in Git, and who owns which field',
		keys: ['y'],
		aliases: ['yaml', 'managers'],
		isEnabled: context => selected(context).object !== null || 'select an object in 2 or a drift in 3',
		run(context) {
			const {application, object} = selected(context);
			if (application && object) openJump(context, {type: 'object', application: application.name, object});
		},
	},
	{
		...base,
		id: 'events',
		title: 'Show the Kubernetes Events of an application',
		keys: ['e'],
		isEnabled: needsBoth,
		run: context => lookAt(context, 'events'),
	},
	{
		...base,
		id: 'worker-log',
		title: "Show the worker's log about an application",
		keys: ['l'],
		where: paneNames,
		aliases: ['logs'],
		isEnabled: needsBoth,
		run: context => lookAt(context, 'worker-log'),
	},
	{
		...base,
		id: 'timeline',
		title: 'Show what happened to an application: commit, sync, drift, hold, revert',
		keys: ['T'],
		aliases: ['history'],
		isEnabled: needsApplication,
		run: context => lookAt(context, 'timeline'),
	},
	{
		...base,
		id: 'problems',
		title: 'Show what is wrong with the worker itself: configuration, history',
		keys: ['!'],
		aliases: ['worker-problems', 'errors'],
		run: ({acts, data}) =>
			acts.questions.show({
				title: 'What is wrong with the worker itself',
				body: frame => problemLines(data.getState().worker?.problems ?? [], frame),
			}),
	},
	{
		...base,
		id: 'retry-worker',
		title: 'Try to reach the worker now',
		keys: [],
		isEnabled: context => context.client() === null || 'the worker answers',
		run: ({source}) => source.retry(),
	},
	{
		...base,
		id: 'read-absence',
		title: 'Take the sentence about your absence away',
		keys: [],
		aliases: ['dismiss'],
		isEnabled: ({data}) => data.getState().absence !== null || 'there is none',
		run: ({source}) => source.dismissAbsence(),
	},
];

function openSelected(context: CommandContext): void {
	const state = context.ui.getState();
	const {application, object, drift, commit} = selected(context);
	if (!application) return;
	const {name} = application;
	if (state.views.length > 0) {
		const row = selectedIn(state, listNameOf(state));
		const event = context.data.getState().details?.events.value?.find(({object}) => row?.startsWith(`${object} `));
		const [kind = '', objectName = ''] = event?.object.split('/') ?? [];
		if (event)
			openJump(context, {
				type: 'object',
				application: name,
				object: {kind, name: objectName, namespace: event.namespace},
			});
		return;
	}
	if (state.focus === 'drift' && drift)
		openJump(context, {type: 'drift', application: drift.application, id: drift.id});
	else if (state.focus === 'commits' && commit)
		openJump(context, {type: 'commit', application: name, commit: commit.id});
	else if (state.focus === 'sync' && object) openJump(context, {type: 'object', application: name, object});
	else context.ui.dispatch({type: 'focus', pane: 'sync'});
}
