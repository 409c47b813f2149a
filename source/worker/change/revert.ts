import {isSameRevert, type RevertInFlight} from '../../engine/history/in-flight.ts';
import {HoldfastError, toProblem} from '../../model/errors.ts';
import type {PreparedCommit} from '../../model/ports/git/change.ts';
import {boundedText} from '../../model/text.ts';
import type {RevertAnswer, RevertParameters} from '../../protocol/messages/revert.ts';
import type {ApplicationContext} from '../application/context.ts';
import type {Worker} from '../worker.ts';
import {noteInFlight, recordRevert} from './in-flight.ts';
import {type PreviewedChange, previewChange, whyNotApproved} from './preview.ts';
import {oneByOne, publish} from './publish.ts';
import {followersOf, settledSoon, trackedBranch} from './tracked-branch.ts';

const reasonLimit = 500;

/**
 * Takes commits back in Git. A dry run makes the commit, and answers with everything that it would do; the real run makes
 * it again, checks that it would still do just that, and pushes it. Nothing is left behind by either. Rejects with the codes
 * of prepareRevert, TargetNotBranch, CommitNotInApplication, and those of a push.
 */
export async function revert(worker: Worker, parameters: RevertParameters): Promise<RevertAnswer> {
	const {context} = worker.controller(parameters.application);
	const branch = await trackedBranch(context);
	const followers = await followersOf(worker, context, branch);
	await settledSoon(worker, followers);
	const carryOut = async (): Promise<RevertAnswer> => {
		const prepared = await context.repository.prepareRevert({
			branch,
			commits: parameters.commits,
			...(parameters.mainline === undefined ? {} : {mainline: parameters.mainline}),
			trailers: trailersOf(parameters),
			author: {fallback: parameters.initiatedBy},
		});
		try {
			return await finish(worker, parameters, {prepared, followers, branch});
		} finally {
			await prepared.discard();
		}
	};
	return parameters.dryRun ? carryOut() : oneByOne(carryOut);
}

function trailersOf({application, reason}: RevertParameters): string[] {
	const why = boundedText(reason.replace(/\s+/g, ' ').trim(), reasonLimit);
	return [`Holdfast-Application: ${application}`, ...(why ? [`Holdfast-Reason: ${why}`] : [])];
}

interface Attempt {
	readonly prepared: PreparedCommit;
	readonly followers: readonly ApplicationContext[];
	readonly branch: string;
}

async function finish(worker: Worker, parameters: RevertParameters, attempt: Attempt): Promise<RevertAnswer> {
	const {prepared, followers, branch} = attempt;
	const look = (): Promise<PreviewedChange> => previewChange(prepared, followers, branch);
	const {preview, effects} = await look();
	const answer = {preview, reverted: prepared.reverted};
	refuseUntouched(parameters, answer);
	if (parameters.dryRun) return answer;
	const problem = whyNotApproved(parameters.token, preview);
	if (problem) return {...answer, problem};
	// Those that go with their declaration are let go by whoever declared them.
	const names = effects.effects.map(({application}) => application).filter(name => !effects.leaving.has(name));
	const touched = followers.filter(({application}) => names.includes(application.name));
	const result = await push(parameters, attempt, touched, async () => {
		const changed = whyNotApproved(parameters.token, (await look()).preview);
		if (changed) throw new HoldfastError(changed);
	});
	void worker.refresh(names, false).catch(error => {
		for (const {log} of touched) log.warn({problem: toProblem(error)}, 'the revert could not be pulled at once');
	});
	return {...answer, result};
}

/** A commit that does nothing to the application is most likely a mistake in its id; another application may be meant. */
function refuseUntouched({application}: RevertParameters, {preview, reverted}: RevertAnswer): void {
	if (preview.effects.some(effect => effect.application === application)) return;
	const others = preview.effects.map(effect => effect.application);
	const [first] = reverted;
	const what = `commit ${(first?.id ?? '').slice(0, 12)} "${first?.subject ?? ''}"`;
	throw new HoldfastError({
		code: 'CommitNotInApplication',
		message: `taking ${what} back changes nothing of ${application}`,
		hint:
			others.length > 0
				? `It changes ${others.join(', ')}: name one of these to revert it`
				: 'It changes no application that this worker holds; `holdfast log` lists the commits that do',
	});
}

/** From here on the commit is not synced again, until its revert is there or nothing came of it. */
async function push(
	{initiatedBy, reason, branch: wished}: RevertParameters,
	{prepared, followers, branch: tracked}: Attempt,
	touched: readonly ApplicationContext[],
	approve: () => Promise<void>,
) {
	const {services, repository} = followers[0]!;
	const begun: RevertInFlight = {
		commits: prepared.reverted.map(({id}) => id),
		revertCommit: null,
		base: prepared.parent,
		branch: wished ?? tracked,
		isOffered: false,
		by: initiatedBy,
		at: services.clock(),
	};
	const note = async (phase: Parameters<typeof recordRevert>[1], revert: RevertInFlight, message: string) => {
		await Promise.all(touched.map(context => noteInFlight(context, known => follow(known, phase, revert, begun))));
		for (const context of touched) recordRevert(context, phase, revert, {reason, message});
	};
	await note('prepared', begun, prepared.changes.info.subject);
	try {
		const result = await publish(prepared, {
			tracked,
			...(wished === undefined ? {} : {wished}),
			ownName: `holdfast-revert-${(prepared.reverted[0]?.id ?? prepared.commit).slice(0, 7)}`,
			url: repository.url,
			approve,
		});
		const isOffered = result.type === 'offered';
		const pushed = {...begun, revertCommit: result.commit, base: prepared.parent, branch: result.branch, isOffered};
		const {subject} = prepared.changes.info;
		await note(
			isOffered ? 'offered' : 'pushed',
			pushed,
			`${subject} as ${result.commit.slice(0, 7)} on ${result.branch}`,
		);
		return result;
	} catch (error) {
		await note('failed', begun, toProblem(error).message);
		throw error;
	}
}

/** An attempt stands beside the earlier ones until it was pushed: one that comes to nothing takes nothing else along. */
function follow(
	known: readonly RevertInFlight[],
	phase: Parameters<typeof recordRevert>[1],
	revert: RevertInFlight,
	begun: RevertInFlight,
): readonly RevertInFlight[] {
	if (phase === 'prepared') return [...known, begun];
	const others = known.filter(other => other.at !== begun.at || other.by !== begun.by || !isSameRevert(other, begun));
	if (phase === 'failed') return others;
	return [...others.filter(other => !isSameRevert(other, begun)), revert];
}
