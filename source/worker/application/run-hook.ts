import {pause} from '../../cluster/pause.ts';
import type {DesiredObject, HookPhase} from '../../engine/desired/types.ts';
import {guardProblem} from '../../engine/guards.ts';
import {generatedHookName} from '../../engine/hooks/generated-name.ts';
import {clearsItselfAway, type HookState, hookTimeLimit, isDeletedAfter, judgeHook} from '../../engine/hooks/judge.ts';
import type {SyncStep} from '../../engine/plan/types.ts';
import {HoldfastError, type Problem, toProblem} from '../../model/errors.ts';
import {parseJson} from '../../model/json.ts';
import {type KubernetesObject, nameOf, type ObjectRef, refOf} from '../../model/object.ts';
import type {PlanItem} from '../../model/plan.ts';
import type {ObjectResult} from '../../model/status.ts';
import type {ApplicationContext} from './context.ts';
import {makeRoom} from './hook-room.ts';
import {endedCodes, type SyncStop} from './sync-stop.ts';

const firstPauseMilliseconds = 200;
const longestPauseMilliseconds = 5_000;
const pauseGrowth = 1.5;

/** Who is told what became of each hook. */
export interface HookReport {
	add(item: PlanItem, result: ObjectResult['result'], message?: string): void;
	fail(item: PlanItem, problem: Problem): void;
}

interface EndedHook {
	readonly ref: ObjectRef;
	readonly uid: string;
	readonly state: HookState;
	readonly hook: DesiredObject;
}

/**
 * Runs the hooks of one sync: makes room as their deletion policies say, creates them, and waits until their health says
 * that they are done. They are in no inventory: what deletes them is their policy.
 */
export class HookRunner {
	readonly #context: ApplicationContext;
	readonly #report: HookReport;
	readonly #stop: SyncStop;
	readonly #revision: string;
	readonly #startedAt: number;
	readonly #names = new Set<string>();
	readonly #ended: EndedHook[] = [];

	constructor(options: {context: ApplicationContext; report: HookReport; stop: SyncStop; revision: string}) {
		this.#context = options.context;
		this.#report = options.report;
		this.#stop = options.stop;
		this.#revision = options.revision;
		this.#startedAt = options.context.services.clock();
	}

	/** Runs the hooks of a step together and waits for all of them. Rejects with the problem of the first that failed. */
	async run(step: SyncStep): Promise<void> {
		const phase = step.phase as HookPhase;
		const problems = await Promise.all(
			step.items.map((item, index) => this.#runItem(item, step.hooks[index] ?? '', phase)),
		);
		const problem = problems.find(found => found !== null);
		if (problem) throw new HoldfastError(problem);
	}

	async #runItem(item: PlanItem, id: string, phase: HookPhase): Promise<Problem | null> {
		const hook = this.#context.state.hooks.find(({desiredHash}) => desiredHash === id);
		let named = item;
		try {
			if (!hook) throw new HoldfastError({code: 'PlanChanged', message: `${nameOf(item.ref)} is not in Git any more`});
			const body = this.#bodyOf(hook, phase);
			named = {...item, ref: refOf(body)};
			await this.#runHook(hook, body, phase);
			this.#report.add(named, 'Succeeded');
			return null;
		} catch (error) {
			const problem = {...toProblem(error), object: nameOf(named.ref)};
			if (endedCodes.has(problem.code)) this.#report.add(named, 'Skipped', 'not waited for any more; it may still run');
			else this.#report.fail(named, problem);
			return problem;
		}
	}

	async #runHook(hook: DesiredObject, body: KubernetesObject, phase: HookPhase): Promise<void> {
		const {application, session, state} = this.#context;
		const ref = refOf(body);
		this.#stop.check();
		const forbidden = guardProblem(application, session.cluster, ref);
		if (forbidden) throw new HoldfastError(forbidden);
		const isThere = await makeRoom(this.#context, {hook, ref, phase, stop: this.#stop});
		this.#stop.check();
		const made = await session.cluster.apply(body, {manager: state.fieldManager, force: isThere});
		const ended = await this.#awaitHook(ref, made);
		this.#ended.push({ref, uid: made.metadata.uid ?? '', state: ended, hook});
		if (ended.type !== 'failed') return;
		throw new HoldfastError({
			code: 'HookFailed',
			message: `${phase} hook ${nameOf(ref)} failed: ${ended.message}`,
			hint: phase === 'SyncFail' ? 'look at its pods' : 'what comes after it was not applied',
		});
	}

	/** A hook with generateName is another object in each sync. */
	#bodyOf({text, ref}: DesiredObject, phase: HookPhase): KubernetesObject {
		const body = parseJson(text) as KubernetesObject;
		if (body.metadata.name) return body;
		const name = generatedHookName({
			prefix: ref.name,
			revision: this.#revision,
			phase,
			startedAt: this.#startedAt,
			taken: this.#names,
		});
		this.#names.add(name);
		const {generateName: _prefix, ...metadata} = body.metadata;
		return {...body, metadata: {...metadata, name}};
	}

	async #awaitHook(ref: ObjectRef, made: KubernetesObject): Promise<HookState> {
		const {services, session, log} = this.#context;
		const firstSeenAt = services.clock();
		const limit = hookTimeLimit(made);
		const deadline = performance.now() + limit;
		let live = made;
		for (let delay = firstPauseMilliseconds; ; delay = Math.min(delay * pauseGrowth, longestPauseMilliseconds)) {
			const state = judgeHook(live, {now: services.clock(), firstSeenAt});
			if (state.type !== 'running') return state;
			if (performance.now() > deadline) {
				const seconds = Math.round(limit / 1_000);
				return {type: 'failed', message: `it is not done after ${seconds} s: ${state.message}`};
			}
			await pause(delay, this.#stop.signal);
			this.#stop.check();
			if (this.#context.isStopped) throw new HoldfastError({code: 'Stopped', message: 'the worker was told to stop'});
			try {
				const found = await session.cluster.get(ref, 'object');
				if (found?.metadata.uid === made.metadata.uid && found) live = found;
				// A time to live clears away what has ended, however it ended: a failed Job fails its deadline before.
				else if (clearsItselfAway(made)) return {type: 'succeeded'};
				else return {type: 'failed', message: 'somebody deleted it before it was done'};
			} catch (error) {
				// The hook goes on whether or not the API server answers.
				log.debug({hook: nameOf(ref), problem: toProblem(error)}, 'hook could not be looked at');
			}
		}
	}

	/** Deletes what its policy wants gone, once nothing in the sync can need it any more. Never rejects. */
	async clearAway(): Promise<void> {
		const {session, log} = this.#context;
		await Promise.all(
			this.#ended
				.filter(({state, hook}) => isDeletedAfter(state, hook.options.hook?.deletePolicies ?? []))
				.map(async ({ref, uid}) => {
					try {
						await session.cluster.remove(ref, {uid, propagation: 'background'});
					} catch (error) {
						log.warn({hook: nameOf(ref), problem: toProblem(error)}, 'hook could not be deleted after it ran');
					}
				}),
		);
	}
}
