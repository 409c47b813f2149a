import {shortRevision} from '../../../model/ages.ts';
import {nameOf} from '../../../model/object.ts';
import {quote} from '../../../model/quote.ts';
import {safeText} from '../../../model/text.ts';
import type {Option} from '../../dialogs/questions.ts';
import type {ActPorts, Selection} from '../ports.ts';

/** Something that can be copied. */
export interface Copyable {
	readonly key: string;
	readonly label: string;
	readonly text: string;
}

/** What is worth copying of what is selected, the commands that do the same on the command line included. */
export function copyables({application, object, drift, commit}: Selection): Copyable[] {
	if (!application) return [];
	const {name, revision, repoURL} = application;
	const command = (...words: readonly string[]) => ['holdfast', ...words.map(quote)].join(' ');
	const part = object ? `${name}/${object.kind}/${object.name}` : null;
	const path = drift?.fields.find(field => field.path !== '')?.path;
	return [
		{key: 'n', label: 'name', text: name},
		...(object ? [{key: 'b', label: 'object', text: nameOf(object)}] : []),
		...(path === undefined ? [] : [{key: 'f', label: 'field', text: path}]),
		...(commit
			? [{key: 's', label: 'commit', text: commit.id}]
			: revision
				? [{key: 's', label: 'revision', text: revision}]
				: []),
		{key: 'u', label: 'repository', text: repoURL},
		{key: 'y', label: 'sync', text: command('sync', name)},
		{key: 'd', label: 'diff', text: command('diff', name)},
		{key: 'h', label: 'hold', text: command('hold', part ?? name, '--for', '1h')},
		...(commit ? [{key: 't', label: 'revert', text: command('revert', name, shortRevision(commit.id))}] : []),
		...(drift && part ? [{key: 'a', label: 'adopt', text: command('adopt', part)}] : []),
	];
}

/** `c`: what to copy, then it is on the clipboard of the terminal, through SSH and tmux. */
export async function copyMenu({questions, copy, toast}: ActPorts, selection: Selection): Promise<void> {
	const all = copyables(selection);
	const options = all.map(
		({key, label, text}): Option => ({id: key, key, label: `${label.padEnd(11)}${safeText(text)}`}),
	);
	const answer = await questions.choose({title: 'Copy', options});
	const chosen = all.find(({key}) => key === answer);
	if (!chosen) return;
	if (copy(chosen.text)) toast(safeText(`copied ${chosen.text}`));
	else toast('too long for the clipboard of a terminal', 'toastBad');
}
