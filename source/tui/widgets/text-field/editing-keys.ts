import type {KeyPress} from '../../input/key.ts';
import type {TextFieldAction} from './text-field-state.ts';

/** Readline's keys. */
const editing: Readonly<Record<string, TextFieldAction>> = {
	backspace: {type: 'backspace'},
	delete: {type: 'delete'},
	'ctrl+d': {type: 'delete'},
	left: {type: 'move', by: -1},
	right: {type: 'move', by: 1},
	'ctrl+b': {type: 'move', by: -1},
	'ctrl+f': {type: 'move', by: 1},
	home: {type: 'home'},
	end: {type: 'end'},
	'ctrl+a': {type: 'home'},
	'ctrl+e': {type: 'end'},
	'ctrl+w': {type: 'delete-word'},
	'alt+backspace': {type: 'delete-word'},
	'ctrl+u': {type: 'delete-before'},
	'ctrl+k': {type: 'delete-after'},
};

/** What a key does to a text; null for keys that are none of its business. */
export function editOf({chord, text}: KeyPress): TextFieldAction | null {
	return editing[chord] ?? (text === '' ? null : {type: 'insert', text});
}
