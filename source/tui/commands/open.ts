import {shortRevision} from '../../model/ages.ts';
import {nameOf} from '../../model/object.ts';
import {safeText} from '../../model/text.ts';
import type {Jump} from '../present/jump.ts';
import type {View} from '../store/ui-state.ts';
import type {CommandContext} from './command.ts';

/** Goes where a line leads: opens a view over what is there, or selects the application and goes to its pane. */
export function openJump({ui}: CommandContext, jump: Jump): void {
	if (jump.type === 'application' || jump.type === 'sync') {
		const name = jump.type === 'sync' ? jump.application : jump.name;
		ui.dispatch({type: 'close-views'});
		ui.dispatch({type: 'focus', pane: jump.type === 'sync' ? 'sync' : 'applications'});
		// A filter that hides it would make the jump go nowhere.
		ui.dispatch({type: 'viewport', list: 'applications', action: {type: 'filter', text: ''}});
		ui.dispatch({type: 'viewport', list: 'applications', action: {type: 'select', key: name}});
		return;
	}
	ui.dispatch({type: 'open', view: viewOf(jump)});
}

function viewOf(jump: Exclude<Jump, {type: 'application' | 'sync'}>): View {
	const {application} = jump;
	const of = safeText(application);
	switch (jump.type) {
		case 'object':
			return {kind: 'yaml', title: safeText(nameOf(jump.object)), application, detail: JSON.stringify(jump.object)};
		case 'commit':
			return {kind: 'commit', title: shortRevision(jump.commit), application, revision: jump.commit};
		case 'drift':
			return {kind: 'drift-detail', title: `drift of ${of}`, application, detail: jump.id};
		case 'diff':
			return {kind: 'diff', title: `diff ${of}`, application};
		case 'events':
			return {kind: 'events', title: `events of ${of}`, application};
		case 'worker-log':
			return {kind: 'log', title: `worker log of ${of}`, application};
		case 'timeline':
			return {kind: 'timeline', title: `timeline of ${of}`, application};
	}
}
