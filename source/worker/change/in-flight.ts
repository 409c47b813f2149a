import {
	endOfFlight,
	isFlightOver,
	parseInFlight,
	printInFlight,
	type RevertInFlight,
	revertKey,
} from '../../engine/history/in-flight.ts';
import {isSameCommit, revertedIds} from '../../engine/history/reverts.ts';
import {type Problem, toProblem} from '../../model/errors.ts';
import type {RevertEntry} from '../../model/journal.ts';
import {announce} from '../application/announce.ts';
import {type ApplicationContext, setCondition} from '../application/context.ts';
import {saveInventory} from '../application/inventory-keeper.ts';

/** How far back a merged or rebased revert is looked for by its words. */
const commitsSearched = 200;

/** Oldest first. */
export function revertsInFlight({state}: ApplicationContext): readonly RevertInFlight[] {
	return parseInFlight(state.inventory.extraData[revertKey]);
}

/**
 * Changes the reverts under way on the inventory; `change` gets those that are there, other people's among them. Where that
 * cannot be written this worker alone knows.
 */
export async function noteInFlight(
	context: ApplicationContext,
	change: (reverts: readonly RevertInFlight[]) => readonly RevertInFlight[],
): Promise<void> {
	const withReverts = <Holder extends {readonly extraData: Readonly<Record<string, string>>}>(
		record: Holder,
	): Holder => {
		const {[revertKey]: former, ...others} = record.extraData;
		const reverts = change(parseInFlight(former));
		return {...record, extraData: reverts.length > 0 ? {...others, [revertKey]: printInFlight(reverts)} : others};
	};
	try {
		// An application that leaves takes its inventory along: nothing may bring that back.
		if (context.state.leaving !== 'no' || context.isStopped) return;
		await saveInventory(context, withReverts);
	} catch (error) {
		context.state.inventory = withReverts(context.state.inventory);
		context.log.warn({problem: toProblem(error)}, 'a revert under way could not be noted on the inventory');
	}
}

/** Writes down how far a revert is, and tells those who look at the cluster. */
export function recordRevert(
	context: ApplicationContext,
	phase: RevertEntry['phase'],
	revert: RevertInFlight,
	words: {reason: string; message: string},
): void {
	const {services, application} = context;
	const {commits, revertCommit, branch, by} = revert;
	services.record({
		type: 'revert',
		id: services.newId(),
		time: services.clock(),
		application: application.name,
		phase,
		commits,
		revertCommit,
		branch,
		by,
		...words,
	});
	const reason = eventReasons[phase];
	if (reason) announce(context, {type: 'Normal', reason, message: `${words.message}, by ${by}`});
}

/** An attempt that did not come to a push is nobody's news. */
const eventReasons: Readonly<Partial<Record<RevertEntry['phase'], string>>> = {
	pushed: 'RevertPushed',
	offered: 'RevertOffered',
	landed: 'RevertLanded',
};

/**
 * Why what Git says now is not synced by itself: a commit in it is being taken back. Also notices when the revert landed,
 * or was given up, and then takes it off the inventory. null: nothing is held back. Costs nothing when no revert is under
 * way.
 */
export async function checkInFlight(context: ApplicationContext): Promise<Problem | null> {
	const problems: Problem[] = [];
	for (const revert of revertsInFlight(context)) {
		const problem = await judge(context, revert);
		if (problem) problems.push(problem);
	}
	setCondition(context, 'RevertInFlight', problems);
	return problems[0] ?? null;
}

async function judge(context: ApplicationContext, revert: RevertInFlight): Promise<Problem | null> {
	const {state, services, application} = context;
	const revision = state.revision;
	if (revision === null) return null;
	const {commits, revertCommit, isOffered, branch, by} = revert;
	if (await hasLanded(context, revert, revision)) {
		const message = `${shortIds(commits)} is taken back on what ${application.name} follows`;
		if (await end(context, revert)) recordRevert(context, 'landed', revert, {reason: '', message});
		return null;
	}
	const bad = await Promise.all(commits.map(commit => context.repository.isAncestor(commit, revision)));
	if (isFlightOver(revert, services.clock()) || !bad.includes(true)) {
		await end(context, revert);
		return null;
	}
	const where =
		revertCommit === null ? 'is not pushed yet' : isOffered ? `waits on ${branch} to be merged` : 'was pushed';
	return {
		code: 'RevertInFlight',
		message: `${shortIds(commits)} is not synced again: its revert by ${by} ${where}`,
		hint: isOffered
			? `Merge ${branch}; without that, syncs go on by themselves at ${new Date(endOfFlight(revert)).toISOString()}`
			: 'A sync by hand goes all the same',
	};
}

/** An observer leaves writing to whoever may. */
async function end(context: ApplicationContext, revert: RevertInFlight): Promise<boolean> {
	if (context.services.mode !== 'reconcile') return false;
	const ended = printInFlight([revert]);
	await noteInFlight(context, reverts => reverts.filter(other => printInFlight([other]) !== ended));
	return true;
}

/** Merged as it was; or squashed or rebased on its way in, and then known by git's own sentence. */
async function hasLanded(
	{repository}: ApplicationContext,
	{revertCommit, commits, base}: RevertInFlight,
	revision: string,
): Promise<boolean> {
	if (revertCommit === null) return false;
	if (await repository.isAncestor(revertCommit, revision)) return true;
	const recent = await repository.log({from: revision, paths: [''], limit: commitsSearched});
	const end = recent.findIndex(({id}) => id === base);
	const written = (end < 0 ? recent : recent.slice(0, end)).flatMap(({body}) => revertedIds(body));
	return commits.every(commit => written.some(id => isSameCommit(id, commit)));
}

function shortIds(commits: readonly string[]): string {
	const [first = ''] = commits;
	return commits.length > 1 ? `${first.slice(0, 7)} and ${commits.length - 1} more` : first.slice(0, 7);
}
