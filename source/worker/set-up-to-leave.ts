import {withoutCredentials} from '../engine/inventory/repository-url.ts';
import type {Application} from '../model/application.ts';
import type {Problem} from '../model/errors.ts';
import type {GitRepository} from '../model/ports/git/repository.ts';

/** Stands for a repository that could not be opened: whatever it is asked, it tries that again, and rejects with the reason. */
export function lateRepository(url: string, open: () => Promise<GitRepository>): GitRepository {
	return {
		url: withoutCredentials(url),
		counters: {lists: 0, fetches: 0, repairs: 0},
		pull: async (target, options) => (await open()).pull(target, options),
		resolve: async target => (await open()).resolve(target),
		tree: async commit => (await open()).tree(commit),
		commit: async id => (await open()).commit(id),
		log: async options => (await open()).log(options),
		show: async commit => (await open()).show(commit),
		isAncestor: async (ancestor, commit) => (await open()).isAncestor(ancestor, commit),
		prepareRevert: async request => (await open()).prepareRevert(request),
		prepareChange: async request => (await open()).prepareChange(request),
		// Whoever opens it closes it.
		close: async () => {},
	};
}

/** Why an application that is to leave stays, when its cluster cannot be reached to look for what it made. */
export function cannotLeave({name}: Application, {code, message, hint}: Problem): Problem {
	return {
		code,
		message: `${name} left Git, and cannot leave with what it made: ${message}`,
		hint: `${hint ? `${hint}; ` : ''}it is tried again by itself. To leave behind what it made, declare it again as one whose objects stay (no finalizer, no prune), and take that out of Git`,
	};
}
