import {HoldfastError, type Problem} from '../../model/errors.ts';
import type {PreparedCommit} from '../../model/ports/git/change.ts';
import type {ChangePreview} from '../../protocol/messages/change.ts';
import type {ApplicationContext} from '../application/context.ts';
import {sha256Base64Url} from '../hashing.ts';
import {type ChangeEffects, planEffects} from './effects.ts';
import {type ShownChanges, showChanges} from './shown-changes.ts';

/** A commit that was made but not pushed, and all that it would do. */
export interface PreviewedChange {
	readonly preview: ChangePreview;
	readonly effects: ChangeEffects;
}

/** Works out what a prepared commit would do; called again when it had to be made anew. */
export async function previewChange(
	prepared: PreparedCommit,
	followers: readonly ApplicationContext[],
	branch: string,
): Promise<PreviewedChange> {
	const [asked] = followers;
	if (!asked) throw new HoldfastError({code: 'ApplicationNotFound', message: 'no application follows this branch'});
	const before = await asked.repository.tree(prepared.parent);
	const after = await prepared.tree();
	const effects = await planEffects(followers, {before, after});
	const {info} = prepared.changes;
	const shown = await showChanges(prepared.changes, {before, after});
	const isRevert = prepared.reverted.length > 0;
	const what = isRevert ? [...prepared.reverted.map(({id}) => id), ...changesOf(shown)] : [info.subject, ...oidsOf()];
	return {
		effects,
		preview: {
			token: sha256Base64Url([branch, ...what, effects.signature].join('\n')).slice(0, 12),
			branch,
			author: `${info.author} <${info.email}>`,
			isSigned: prepared.isSigned,
			message: info.body === '' ? info.subject : `${info.subject}\n\n${info.body}`,
			...shown,
			effects: effects.effects,
			untouched: effects.untouched,
		},
	};

	/** The files as they will be: of a change there is nothing else that names it. */
	function oidsOf(): string[] {
		return prepared.changes.files.map(({path}) => `${path} ${after.hash(path) ?? ''}`);
	}
}

/**
 * What a revert changes in files, as it was shown, wherever in them it stands: what others changed beside it is not what
 * was approved.
 */
function changesOf({files, diff}: ShownChanges): string[] {
	const paths = files.map(({path, from = '', status, additions, deletions}) =>
		[status, path, from, additions, deletions].join(' '),
	);
	return [...paths, ...diff.split('\n').filter(line => !/^( |@@|index )/.test(line))];
}

/** Why a change is not made although everything is ready: nobody saw this plan. undefined: the token names it. */
export function whyNotApproved(token: string | undefined, preview: ChangePreview): Problem | undefined {
	if (token === preview.token) return undefined;
	return token === undefined
		? {
				code: 'PreviewRequired',
				message: 'nothing is pushed without the token of a preview',
				hint: 'ask with dryRun first, look at its plan, and send its token',
			}
		: {
				code: 'PlanChanged',
				message: 'what this would do is not what it was when you looked',
				hint: 'look at the new plan and approve that one',
			};
}
