import type {CommitView} from '../../model/commit.ts';
import {HoldfastError} from '../../model/errors.ts';
import {boundedText} from '../../model/text.ts';
import type {ApplicationContext} from '../application/context.ts';
import {showChanges} from './shown-changes.ts';

const historySearched = 2_000;

/** One commit whole. An abbreviated id is looked for along what the application tracks. */
export async function commitView(context: ApplicationContext, commit: string): Promise<CommitView> {
	const {repository} = context;
	const id = await completeId(context, commit.trim().toLowerCase());
	const {info, ...changes} = await repository.show(id);
	const [parent] = info.parents;
	const trees = {before: parent ? await repository.tree(parent) : null, after: await repository.tree(id)};
	const {body, ...rest} = info;
	return {info: rest, body, ...(await showChanges(changes, trees)), problems: []};
}

async function completeId({repository, state}: ApplicationContext, commit: string): Promise<string> {
	if (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) return commit;
	const isPrefix = /^[0-9a-f]{4,}$/.test(commit);
	const history =
		isPrefix && state.revision ? await repository.log({from: state.revision, paths: [''], limit: historySearched}) : [];
	const found = history.filter(({id}) => id.startsWith(commit));
	if (found.length === 1) return found[0]!.id;
	throw new HoldfastError(
		found.length > 1
			? {
					code: 'CommitAmbiguous',
					message: `${commit} may be any of ${found.length} commits`,
					hint: `Give more digits: ${found
						.slice(0, 5)
						.map(({id}) => id.slice(0, 16))
						.join(', ')}`,
				}
			: {
					code: 'CommitNotFound',
					message: `${boundedText(commit, 64)} is no commit of the branch that the application follows`,
					hint: 'Give its whole id',
				},
	);
}
