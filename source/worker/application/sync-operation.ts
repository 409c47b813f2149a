import {healBody} from '../../engine/heal/body.ts';
import {hasIgnoreRules, pathsToLeave} from '../../engine/heal/leave.ts';
import {strategyRemedy} from '../../engine/heal/strategy-remedy.ts';
import {planTakeOver} from '../../engine/ownership/take-over.ts';
import type {SyncPlan, SyncStep} from '../../engine/plan/types.ts';
import {formatProblem, HoldfastError, type Problem, toProblem} from '../../model/errors.ts';
import {type KubernetesObject, keyOf, nameOf} from '../../model/object.ts';
import type {InventoryEntry, PlanItem} from '../../model/plan.ts';
import type {ObjectResult, OperationState} from '../../model/status.ts';
import {awaitGone, awaitReady} from './await-ready.ts';
import {type ApplicationContext, setCondition} from './context.ts';
import {saveInventory, writeAhead} from './inventory-keeper.ts';
import {checkOwner, noteFailure} from './knowledge.ts';
import type {TrackedObject} from './tracked-object.ts';
import {applyTracked, desiredBody, exclusively, forget} from './writer.ts';

/** How long a wave may take to become healthy before the sync gives up on what comes after it. */
const waveMilliseconds = 5 * 60_000;
const goneMilliseconds = 2 * 60_000;
/** Results kept with an operation and in the journal: failures first, then changes. */
const maximumResults = 200;

export interface SyncRequest {
	/** `automated`, `retry` or `user@host`. */
	readonly initiatedBy: string;
	readonly attempt: number;
}

/** Executes a plan: names into the inventory first, then step by step, then the inventory as it is now. */
export async function runPlan(
	context: ApplicationContext,
	plan: SyncPlan,
	request: SyncRequest,
): Promise<OperationState> {
	const operation = new RunningOperation(context, plan, request);
	try {
		if (plan.deletion.type === 'refused') {
			throw new HoldfastError({code: 'DeletionRefused', message: plan.deletion.reason});
		}
		forgetGone(context, plan);
		const steps = workingSteps(plan);
		if (steps.length > 0) {
			await ensureNamespace(context, plan);
			await writeAhead(context, plannedEntries(context, plan));
		}
		for (const [index, step] of steps.entries()) {
			operation.beginStep(index);
			await runStep(context, step, operation);
		}
		if (steps.length > 0) {
			await saveInventory(
				context,
				entries => settledEntries(context, entries),
				operation.hasFailures ? undefined : {revision: plan.revision, at: context.services.clock()},
			);
		}
		return operation.finish();
	} catch (error) {
		context.log.warn({problem: toProblem(error)}, 'sync failed');
		return operation.finish(toProblem(error));
	}
}

/** What is neither in Git nor in the cluster any more; the next write of the inventory leaves it out. */
function forgetGone(context: ApplicationContext, plan: SyncPlan): void {
	for (const key of plan.gone) {
		const tracked = context.state.objects.get(key);
		if (tracked && tracked.desired === null) forget(context, tracked);
	}
}

/** Steps that write or wait; a plan without any has nothing to do. */
function workingSteps(plan: SyncPlan): readonly SyncStep[] {
	return plan.steps.filter(step => step.items.length > 0 || step.awaits.length > 0);
}

/** Applies and deletions that were made together; one object's failure stops nobody else's. */
async function runStep(context: ApplicationContext, step: SyncStep, operation: RunningOperation): Promise<void> {
	await Promise.all(
		step.items.map(async item => {
			try {
				if (item.action === 'delete') {
					if (operation.hasFailures) {
						operation.add(item, 'Skipped', 'not deleted because something else failed in this sync');
						return;
					}
					await deleteObject(context, item);
				} else {
					await writeObject(context, item);
				}
				operation.add(item, 'Succeeded');
			} catch (error) {
				const tracked = context.state.objects.get(item.key);
				if (tracked) noteFailure(context, tracked, error);
				operation.fail(item, toProblem(error));
			}
		}),
	);
	if (step.awaits.length === 0) return;
	const deleted = step.items.filter(item => item.action === 'delete' && step.awaits.includes(item.key));
	if (deleted.length > 0) {
		const refs = deleted.map(item => item.ref);
		if (!operation.hasFailures) await awaitGone(context, refs, goneMilliseconds);
	} else {
		await awaitReady(context, step.awaits, waveMilliseconds);
	}
}

async function writeObject(context: ApplicationContext, item: PlanItem): Promise<void> {
	const tracked = context.state.objects.get(item.key);
	if (!tracked?.desired) return;
	await exclusively(context, tracked, async () => {
		context.session.watches.own(tracked.key, context.subscriber);
		if (tracked.presence === 'present') {
			await changeObject(context, tracked);
			return;
		}
		try {
			// Without force: if it exists after all, with other values, this is refused instead of taking it over.
			await applyTracked(context, tracked, desiredBody(tracked), {force: false});
		} catch (error) {
			if (toProblem(error).code !== 'Conflict') throw error;
			await changeObject(context, tracked);
		}
	});
}

/** Applies over an existing object: first checks whose it is, takes over from client-side apply, and leaves what rules say. */
async function changeObject(context: ApplicationContext, tracked: TrackedObject): Promise<void> {
	const {session, state, application} = context;
	const needsLive = !tracked.fingerprint || hasIgnoreRules(application.ignoreDifferences, tracked.ref);
	if (!needsLive) {
		await applyOver(context, tracked, desiredBody(tracked));
		return;
	}
	let live = await session.cluster.get(tracked.ref, 'object');
	if (!live) {
		await applyTracked(context, tracked, desiredBody(tracked), {force: false});
		return;
	}
	checkOwner(context, tracked, live);
	if (tracked.foreignOwner) throw new HoldfastError(tracked.problem ?? ownedProblem(tracked));
	if (!tracked.fingerprint && tracked.desired?.options.shouldTakeOver) live = await takeOver(context, tracked, live);
	const leave = pathsToLeave({
		live,
		desired: desiredBody(tracked),
		rules: application.ignoreDifferences,
		ref: tracked.ref,
		manager: state.fieldManager,
	});
	const body =
		leave.length === 0
			? desiredBody(tracked)
			: healBody({desired: desiredBody(tracked), live, leave, manager: state.fieldManager});
	await applyOver(context, tracked, body);
}

/**
 * Applies, and once more after clearing what the server's own defaults left in the way: a Deployment that turns from
 * RollingUpdate to Recreate keeps the defaulted `rollingUpdate`, which nobody owns, and server-side apply alone answers
 * 422 for ever.
 */
async function applyOver(context: ApplicationContext, tracked: TrackedObject, body: KubernetesObject): Promise<void> {
	try {
		await applyTracked(context, tracked, body, {force: true});
	} catch (error) {
		const remedy = strategyRemedy(body);
		if (toProblem(error).code !== 'Invalid' || remedy.length === 0) throw error;
		await context.session.cluster.patchJson(tracked.ref, remedy, {manager: context.state.fieldManager});
		await applyTracked(context, tracked, body, {force: true});
	}
}

function ownedProblem(tracked: TrackedObject): Problem {
	return {code: 'OwnedByOther', message: `${nameOf(tracked.ref)} is owned by ${tracked.foreignOwner}`};
}

/** Moves what client-side apply owns into our entry, so that fields dropped from Git really go (engines.md f.9). */
async function takeOver(
	context: ApplicationContext,
	tracked: TrackedObject,
	live: KubernetesObject,
): Promise<KubernetesObject> {
	const plan = planTakeOver(live.metadata, context.state.fieldManager);
	if (!plan) return live;
	context.log.info({key: tracked.key, from: plan.from}, 'ownership taken over');
	return context.session.cluster.patchJson(tracked.ref, plan.operations, {manager: context.state.fieldManager});
}

async function deleteObject(context: ApplicationContext, item: PlanItem): Promise<void> {
	const {session, application, state} = context;
	const tracked = state.objects.get(item.key);
	const remove = async (): Promise<void> => {
		await session.cluster.remove(item.ref, {
			uid: item.uid ?? '',
			propagation: application.syncPolicy.prunePropagation,
		});
	};
	if (!tracked) {
		await remove();
		return;
	}
	await exclusively(context, tracked, async () => {
		await remove();
		tracked.presence = 'missing';
		forget(context, tracked);
	});
}

/** `CreateNamespace=true`: made when it is not there, never changed and never deleted, as Argo CD does. */
async function ensureNamespace(context: ApplicationContext, plan: SyncPlan): Promise<void> {
	const {application, session, state} = context;
	const name = application.destination.namespace;
	const ref = {group: '', version: 'v1', kind: 'Namespace', namespace: '', name};
	if (state.inventory.resourceVersion !== undefined && plan.counts.create === 0) return;
	if (await session.cluster.get(ref, 'metadata')) return;
	const own = state.objects.get(keyOf(ref));
	if (own?.desired) {
		// The application brings its namespace itself. The inventory lives in it, so it has to come first.
		await exclusively(context, own, async () => {
			await applyTracked(context, own, desiredBody(own), {force: false});
		});
		return;
	}
	if (!application.syncPolicy.createNamespace) {
		throw new HoldfastError({
			code: 'NamespaceNotFound',
			message: `namespace ${name} does not exist in ${session.cluster.context}`,
			hint: 'create it, add it to the application, or set the sync option CreateNamespace=true',
		});
	}
	await session.cluster.apply(
		{apiVersion: 'v1', kind: 'Namespace', metadata: {name}},
		{manager: state.fieldManager, force: false},
	);
}

function plannedEntries(context: ApplicationContext, plan: SyncPlan): InventoryEntry[] {
	return plan.steps.flatMap(step =>
		step.items
			.filter(item => item.action !== 'delete')
			.map(item => ({ref: item.ref, uid: context.state.objects.get(item.key)?.uid ?? ''})),
	);
}

/** The inventory after a sync: the uids that are known by now, without what is gone for good. */
function settledEntries(context: ApplicationContext, entries: readonly InventoryEntry[]): InventoryEntry[] {
	const {objects, blocked} = context.state;
	const blockedKeys = new Set(blocked.map(({ref}) => keyOf(ref)));
	return entries.flatMap(entry => {
		const key = keyOf(entry.ref);
		const tracked = objects.get(key);
		// In Git, but not to be written now: it stays ours.
		if (!tracked) return blockedKeys.has(key) ? [entry] : [];
		if (tracked.desired === null && tracked.presence === 'missing') {
			forget(context, tracked);
			return [];
		}
		const uid = tracked.foreignOwner ? entry.uid : tracked.uid || entry.uid;
		return [{ref: tracked.desired ? tracked.ref : entry.ref, uid}];
	});
}

/** Keeps the operation's visible state while it runs, and writes it down at the end. */
class RunningOperation {
	readonly #context: ApplicationContext;
	readonly #plan: SyncPlan;
	readonly #failures: ObjectResult[] = [];
	readonly #changes: ObjectResult[] = [];
	readonly #codes = new Set<string>();
	readonly #counts = {created: 0, changed: 0, deleted: 0, failed: 0};

	constructor(context: ApplicationContext, plan: SyncPlan, request: SyncRequest) {
		this.#context = context;
		this.#plan = plan;
		const steps = workingSteps(plan);
		this.#set({
			id: context.services.newId(),
			phase: 'Running',
			initiatedBy: request.initiatedBy,
			revision: plan.revision,
			startedAt: context.services.clock(),
			step: 0,
			steps: steps.length,
			done: 0,
			total: steps.reduce((sum, step) => sum + step.items.length, 0),
			message: steps[0]?.title ?? 'nothing to do',
			results: [],
			failureCodes: [],
			attempt: request.attempt,
		});
	}

	get hasFailures(): boolean {
		return this.#counts.failed > 0;
	}

	get #state(): OperationState {
		return this.#context.state.operation as OperationState;
	}

	#set(state: OperationState): void {
		this.#context.state.operation = state;
		this.#context.changed();
	}

	beginStep(step: number): void {
		this.#set({...this.#state, step, message: workingSteps(this.#plan)[step]?.title ?? ''});
	}

	fail(item: PlanItem, problem: Problem): void {
		this.#codes.add(problem.code);
		this.add(item, 'Failed', formatProblem(problem));
	}

	add(item: PlanItem, result: ObjectResult['result'], message?: string): void {
		const entry: ObjectResult = {object: nameOf(item.ref), action: item.action, result, ...(message ? {message} : {})};
		if (result === 'Failed') {
			this.#counts.failed++;
			this.#failures.push(entry);
		} else if (result === 'Succeeded') {
			if (item.action === 'create') this.#counts.created++;
			else if (item.action === 'change') this.#counts.changed++;
			else this.#counts.deleted++;
			if (this.#changes.length < maximumResults) this.#changes.push(entry);
		} else {
			this.#changes.unshift(entry);
		}
		this.#set({...this.#state, done: this.#state.done + 1});
	}

	finish(problem?: Problem): OperationState {
		const {services, application} = this.#context;
		const {deletion, blocked} = this.#plan;
		const failedMessage = problem ? formatProblem(problem) : this.#firstFailure();
		const awaits = deletion.type === 'needs-confirmation' && !failedMessage;
		if (problem) this.#codes.add(problem.code);
		const phase = failedMessage ? 'Failed' : awaits ? 'AwaitingConfirmation' : 'Succeeded';
		const finishedAt = services.clock();
		const results = [...this.#failures, ...this.#changes].slice(0, maximumResults);
		const message =
			failedMessage ?? (deletion.type === 'needs-confirmation' ? deletion.reason : this.#summary(blocked.length));
		this.#set({
			...this.#state,
			phase,
			finishedAt,
			message,
			results,
			failureCodes: [...this.#codes],
			...(deletion.type === 'needs-confirmation'
				? {confirmation: {token: deletion.token, deletions: deletion.objects}}
				: {}),
		});
		setCondition(
			this.#context,
			'SyncError',
			failedMessage ? [problem ?? {code: 'SyncFailed', message: failedMessage}] : [],
		);
		setCondition(
			this.#context,
			'DeletionBlocked',
			deletion.type === 'needs-confirmation' ? [{code: 'DeletionNeedsConfirmation', message: deletion.reason}] : [],
		);
		if (this.#state.total > 0 || failedMessage || awaits) {
			services.record({
				type: 'sync',
				id: this.#state.id,
				time: finishedAt,
				application: application.name,
				revision: this.#plan.revision,
				initiatedBy: this.#state.initiatedBy,
				phase,
				message,
				duration: finishedAt - this.#state.startedAt,
				...this.#counts,
				results,
			});
		}
		return this.#state;
	}

	#firstFailure(): string | undefined {
		const [first] = this.#failures;
		if (!first) return undefined;
		const others = this.#failures.length - 1;
		const message = first.message ?? 'failed';
		const subject = message.includes(first.object) ? '' : `${first.object}: `;
		return `${subject}${message}${others > 0 ? ` (and ${others} more)` : ''}`;
	}

	#summary(blocked: number): string {
		const {created, changed, deleted} = this.#counts;
		const parts = [
			created > 0 ? `${created} created` : '',
			changed > 0 ? `${changed} changed` : '',
			deleted > 0 ? `${deleted} deleted` : '',
			blocked > 0 ? `${blocked} blocked` : '',
		].filter(part => part !== '');
		return parts.length > 0 ? parts.join(', ') : 'nothing to do';
	}
}
