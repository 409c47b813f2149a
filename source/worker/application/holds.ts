import {isHeldObject} from '../../engine/hold/coverage.ts';
import {activeHolds, hasEnded, isEnding, nextMoment} from '../../engine/hold/lifecycle.ts';
import {type HoldWish, isSameScope, makeHold} from '../../engine/hold/make-hold.ts';
import {HoldfastError, toProblem} from '../../model/errors.ts';
import {type Hold, type HoldScope, printScope} from '../../model/hold.ts';
import type {HoldEntry} from '../../model/journal.ts';
import {announce} from './announce.ts';
import type {ApplicationContext} from './context.ts';
import {saveInventory} from './inventory-keeper.ts';

/** setTimeout takes no longer delay (about 24 days). */
const longestDelayMilliseconds = 2 ** 31 - 1;

/** Holds of an application in force now. */
export function currentHolds({state, services}: ApplicationContext): Hold[] {
	return activeHolds(state.inventory.holds, services.clock());
}

/** What the keeper tells the controller. */
export interface HoldListener {
	/** Holds came or went: what stands drifted is to be decided anew. */
	onHoldsChanged(): void;
}

/**
 * Keeps the holds of one application: on the inventory ConfigMap, so that whoever else works with the application sees
 * them, and with a timer for the moments at which one is about to end and ends.
 */
export class HoldKeeper {
	readonly #context: ApplicationContext;
	readonly #listener: HoldListener;
	readonly #warned = new Set<string>();
	#known: readonly Hold[] = [];
	#timer: NodeJS.Timeout | undefined;

	constructor(context: ApplicationContext, listener: HoldListener) {
		this.#context = context;
		this.#listener = listener;
	}

	/** Places a hold; one of the same scope takes the place of the former. Rejects with HoldfastError. */
	async place(wish: HoldWish): Promise<Hold> {
		const {services} = this.#context;
		const scope = this.#settledScope(wish.scope);
		const hold = makeHold({...wish, scope}, {id: shortId(services.newId()), now: services.clock()});
		if ('code' in hold) throw new HoldfastError(hold);
		await this.#save(holds => [...holds.filter(other => !isSameScope(other.scope, hold.scope)), hold]);
		this.#record('held', hold, hold.owner);
		this.follow();
		return hold;
	}

	/** Names the object outright: what is held must be there to be held, and be one thing. */
	#settledScope(scope: HoldScope): HoldScope {
		const {state, application} = this.#context;
		// What was never compared is not known well enough to refuse anything.
		if (scope.type === 'application' || !state.isCompared) return scope;
		const meant = [...state.objects.values()].filter(({ref}) => isHeldObject(scope, ref));
		const name = `${scope.kind}/${scope.name}`;
		const [only, second] = meant;
		if (!only) {
			throw new HoldfastError({
				code: 'ObjectNotFound',
				message: `${application.name} has no ${name}`,
				hint: `holdfast status ${application.name} lists its objects`,
			});
		}
		if (second) {
			const places = meant.map(({ref}) => ref.namespace || 'the cluster').join(', ');
			const message = `${application.name} has more than one ${name}: in ${places}`;
			throw new HoldfastError({code: 'ObjectAmbiguous', message, hint: 'Name its namespace'});
		}
		return {...scope, group: only.ref.group, namespace: only.ref.namespace};
	}

	/** Ends holds before their time; answers with those that were ended. */
	async resume(wish: {ids: readonly string[]; scope?: HoldScope; by: string}): Promise<Hold[]> {
		const isMeant = ({id, scope}: Hold): boolean =>
			wish.ids.length > 0 ? wish.ids.includes(id) : wish.scope === undefined || isSameScope(scope, wish.scope);
		let ended: Hold[] = [];
		if (!currentHolds(this.#context).some(isMeant)) return [];
		await this.#save(holds => {
			ended = activeHolds(holds, this.#context.services.clock()).filter(isMeant);
			return holds.filter(hold => !isMeant(hold));
		});
		for (const hold of ended) this.#record('resumed', hold, wish.by);
		this.follow();
		return ended;
	}

	/** Looks at the holds as the inventory has them now: after a start, and whenever somebody changed it. */
	follow(): void {
		const {services, state, isStopped} = this.#context;
		clearTimeout(this.#timer);
		if (isStopped) return;
		const now = services.clock();
		const active = activeHolds(state.inventory.holds, now);
		for (const hold of active) if (isEnding(hold, now)) this.#warn(hold);
		const ended = state.inventory.holds.filter(hold => hasEnded(hold, now));
		if (ended.length > 0) this.#clearAway(ended);
		if (!isSameList(active, this.#known)) {
			this.#known = active;
			this.#listener.onHoldsChanged();
			this.#context.changed();
		}
		const next = nextMoment(active, now);
		if (next === null) return;
		this.#timer = setTimeout(() => this.follow(), Math.min(next - now + 1, longestDelayMilliseconds));
		this.#timer.unref();
	}

	stop(): void {
		clearTimeout(this.#timer);
	}

	/** Five minutes before its end, once, whichever worker it is that notices. */
	#warn(hold: Hold): void {
		if (this.#warned.has(hold.id)) return;
		this.#warned.add(hold.id);
		const {journal, clock} = this.#context.services;
		const application = this.#context.application.name;
		const said = journal.query({application, types: ['hold'], since: hold.since, until: clock()});
		if (said.some(entry => entry.type === 'hold' && entry.action === 'ending' && entry.hold.id === hold.id)) return;
		this.#record('ending', hold, 'holdfast');
	}

	/** Written down and taken off the inventory. A worker that only observes leaves that to one that may write. */
	#clearAway(ended: readonly Hold[]): void {
		const {services, log} = this.#context;
		if (services.mode !== 'reconcile') return;
		const ids = new Set(ended.map(({id}) => id));
		let removed: Hold[] = [];
		this.#save(holds => {
			removed = holds.filter(({id}) => ids.has(id));
			return holds.filter(({id}) => !ids.has(id));
		}).then(
			() => {
				for (const hold of removed) this.#record('ended', hold, 'holdfast');
			},
			error => log.warn({problem: toProblem(error)}, 'holds that ended could not be cleared away'),
		);
	}

	async #save(change: (holds: readonly Hold[]) => readonly Hold[]): Promise<void> {
		try {
			await saveInventory(this.#context, record => ({...record, holds: change(record.holds)}));
		} catch (error) {
			const problem = toProblem(error);
			if (problem.code !== 'NotFound' && problem.code !== 'NamespaceNotFound') throw error;
			const {application, session} = this.#context;
			throw new HoldfastError({
				code: 'NamespaceNotFound',
				message: `namespace ${application.destination.namespace} does not exist in ${session.cluster.context}, and a hold of ${application.name} is kept there`,
				hint: 'Nothing of it is in the cluster yet; create the namespace first, or take `automated` out of its declaration',
			});
		}
	}

	#record(action: HoldEntry['action'], hold: Hold, by: string): void {
		const {services, application, log} = this.#context;
		log.info({action, hold, by}, 'hold');
		services.record({
			type: 'hold',
			id: services.newId(),
			time: services.clock(),
			application: application.name,
			action,
			hold,
			by,
		});
		announce(this.#context, sentences[action](hold, by));
	}
}

const sentences: Readonly<
	Record<HoldEntry['action'], (hold: Hold, by: string) => {type: 'Normal' | 'Warning'; reason: string; message: string}>
> = {
	held: hold => ({type: 'Normal', reason: 'Held', message: `${describeHold(hold)}`}),
	ending: hold => ({
		type: 'Warning',
		reason: 'HoldEnding',
		message: `${describeHold(hold)} and ends within five minutes`,
	}),
	ended: hold => ({type: 'Normal', reason: 'HoldEnded', message: `${describeHold(hold)} and is over`}),
	resumed: (hold, by) => ({type: 'Normal', reason: 'Resumed', message: `${describeHold(hold)}, ended by ${by}`}),
};

export function describeHold({scope, owner, reason, until}: Hold): string {
	const end = until === null ? 'until somebody resumes it' : `until ${new Date(until).toISOString()}`;
	return `${printScope(scope)} is held by ${owner} ${end}${reason ? `: ${reason}` : ''}`;
}

function isSameList(left: readonly Hold[], right: readonly Hold[]): boolean {
	return left.length === right.length && left.every((hold, index) => hold.id === right[index]?.id);
}

/** The end of an id differs between two that were made at the same time. */
function shortId(id: string): string {
	return id.slice(-6).toLowerCase();
}
