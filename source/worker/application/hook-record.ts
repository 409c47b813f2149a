import {signatureOfHooks} from '../../engine/hooks/due.ts';
import {sha256Base64Url} from '../hashing.ts';
import type {ApplicationState} from './context.ts';

/** Names the set of hooks that Git has now, the same on every machine; null: there is none that a sync runs. */
export function hooksInGit({hooks}: Pick<ApplicationState, 'hooks'>): string | null {
	const signature = signatureOfHooks(hooks);
	return signature === '' ? null : sha256Base64Url(signature);
}

/** Whether the hooks in Git are other ones than those that ran in the last sync that went well. */
export function haveHooksChanged(state: Pick<ApplicationState, 'hooks' | 'inventory'>): boolean {
	const inGit = hooksInGit(state);
	return inGit !== null && inGit !== state.inventory.hooks;
}
