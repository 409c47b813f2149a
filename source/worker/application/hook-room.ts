import {pause} from '../../cluster/pause.ts';
import type {DesiredObject, HookPhase} from '../../engine/desired/types.ts';
import {isEarlierRun} from '../../engine/hooks/generated-name.ts';
import {judgeLeftOver, runsOnce} from '../../engine/hooks/judge.ts';
import {partOfLabel} from '../../engine/inventory/record.ts';
import {findForeignOwner} from '../../engine/ownership/find-owner.ts';
import {HoldfastError, toProblem} from '../../model/errors.ts';
import {parseJson} from '../../model/json.ts';
import {type KubernetesObject, nameOf, type ObjectRef} from '../../model/object.ts';
import {withKind} from '../watch-registry.ts';
import type {ApplicationContext} from './context.ts';
import type {SyncStop} from './sync-stop.ts';

const goneMilliseconds = 2 * 60_000;
const pollMilliseconds = 200;

export interface HookPlace {
	readonly hook: DesiredObject;
	/** With the name that it has in this sync. */
	readonly ref: ObjectRef;
	readonly phase: HookPhase;
	readonly stop: SyncStop;
}

/**
 * Makes room for a hook: what an earlier sync left of it goes where its deletion policy says so. Answers whether an object
 * of ours is still there, to be written over. Rejects with HookLeftOver, StillTerminating, HookNotOurs or an OwnedBy code.
 */
export async function makeRoom(context: ApplicationContext, place: HookPlace): Promise<boolean> {
	const {hook, ref} = place;
	if (ref.name !== hook.ref.name) {
		await clearEarlierRuns(context, place);
		return false;
	}
	// How it ended is asked of what ends only: values of a Secret are not read.
	const live = await context.session.cluster.get(ref, runsOnce(ref) ? 'object' : 'metadata');
	if (!live) return false;
	refuseOthers(context, hook, live);
	const options = hook.options.hook ?? {phases: [], deletePolicies: []};
	const now = context.services.clock();
	const whole = withKind(live, ref);
	const verdict = live.metadata.deletionTimestamp ? 'delete' : judgeLeftOver(whole, options, {now, firstSeenAt: now});
	if (verdict === 'apply') return true;
	if (verdict === 'keep') {
		throw new HoldfastError({
			code: 'HookLeftOver',
			message: `${nameOf(ref)} is still there from an earlier sync, and its hook-delete-policy keeps it`,
			hint: 'delete it, or add BeforeHookCreation to its hook-delete-policy',
		});
	}
	await context.session.cluster.remove(ref, {uid: live.metadata.uid ?? '', propagation: 'background'});
	await untilGone(context, ref, live.metadata.uid ?? '', place.stop);
	return false;
}

/** An object of that name that this application did not make is neither deleted nor taken for the hook. */
function refuseOthers({application, state}: ApplicationContext, hook: DesiredObject, live: KubernetesObject): void {
	const declared = (parseJson(hook.text) as KubernetesObject).metadata;
	const self = {application: application.name, applySetId: state.applySetId, declared};
	const owner = findForeignOwner(live.metadata, self, hook.ref);
	const name = nameOf(hook.ref);
	if (owner)
		throw new HoldfastError({code: owner.code, message: `${name} is owned by ${owner.owner}`, hint: owner.hint});
	if (live.metadata.labels?.[partOfLabel] === state.applySetId) return;
	throw new HoldfastError({
		code: 'HookNotOurs',
		message: `${name} exists already and was not made by this application`,
		hint: 'delete it, or give the hook another name',
	});
}

/** Runs of earlier syncs have names of their own: with the default policy only the newest stays. */
async function clearEarlierRuns(context: ApplicationContext, {hook, phase}: HookPlace): Promise<void> {
	if (!hook.options.hook?.deletePolicies.includes('BeforeHookCreation')) return;
	const {session, state, log} = context;
	try {
		const kind = await session.cluster.kind(hook.ref.group, hook.ref.kind, hook.ref.version);
		if (!kind) return;
		const {items} = await session.cluster.list(kind, {
			view: 'metadata',
			namespace: hook.ref.namespace,
			labelSelector: `${partOfLabel}=${state.applySetId}`,
		});
		const earlier = items.filter(({metadata}) => isEarlierRun(metadata.name, {prefix: hook.ref.name, phase}));
		await Promise.all(
			earlier.map(({metadata: {name, uid = ''}}) =>
				session.cluster.remove({...hook.ref, name}, {uid, propagation: 'background'}),
			),
		);
	} catch (error) {
		log.warn({hook: nameOf(hook.ref), problem: toProblem(error)}, 'earlier runs of a hook could not be cleared away');
	}
}

async function untilGone(context: ApplicationContext, ref: ObjectRef, uid: string, stop: SyncStop): Promise<void> {
	const deadline = performance.now() + goneMilliseconds;
	for (;;) {
		const live = await context.session.cluster.get(ref, 'metadata');
		if (!live || live.metadata.uid !== uid) return;
		if (performance.now() > deadline) {
			throw new HoldfastError({
				code: 'StillTerminating',
				message: `${nameOf(ref)} of an earlier sync is still being deleted after ${goneMilliseconds / 1_000} s`,
				hint: 'look at its finalizers',
			});
		}
		await pause(pollMilliseconds, stop.signal);
		stop.check();
		if (context.isStopped) throw new HoldfastError({code: 'Stopped', message: 'the worker was told to stop'});
	}
}
