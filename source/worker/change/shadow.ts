import type {ApplicationContext, ApplicationState} from '../application/context.ts';
import type {TrackedObject} from '../application/tracked-object.ts';
import type {ClusterSession} from '../cluster-session.ts';

/**
 * The application as it is known now, for asking what would be: rendering, comparing and planning go the ways that a real
 * pass goes, with what they change kept to the shadow. Nothing is written, recorded, watched or healed, and no client is told.
 */
export function shadowOf(context: ApplicationContext): ApplicationContext {
	const {state} = context;
	return quiet(context, {
		...state,
		objects: new Map([...state.objects].map(([key, tracked]) => [key, copyOf(tracked)])),
		storedFingerprints: new Map(state.storedFingerprints),
		conditions: new Map(),
		watched: new Set(state.watched),
	});
}

/** The application as if nothing of it were known: for finding out what a commit renders. */
export function blankOf(context: ApplicationContext): ApplicationContext {
	const {state} = context;
	return quiet(context, {
		...state,
		renderKey: '',
		blocked: [],
		hooks: [],
		children: new Map(),
		objects: new Map(),
		storedFingerprints: new Map(),
		conditions: new Map(),
		watched: new Set(),
		inventory: {...state.inventory, entries: [], children: []},
	});
}

function copyOf(tracked: TrackedObject): TrackedObject {
	return {...tracked, turn: null, waiting: null, recheck: null};
}

function quiet(context: ApplicationContext, state: ApplicationState): ApplicationContext {
	const {services} = context;
	const {journal} = services;
	return {
		...context,
		state,
		session: withoutWatches(context.session),
		log: context.log.child({}, {level: 'silent'}),
		services: {
			...services,
			record: nothing,
			journal: {
				hashKey: journal.hashKey,
				problem: undefined,
				query: query => journal.query(query),
				loadFingerprints: () => new Map(),
				append: nothing,
				updateDrift: nothing,
				saveFingerprint: nothing,
				loadStanding: () => null,
				saveStanding: nothing,
				dropFingerprint: nothing,
				onProblemChange: nothing,
				flush: nothing,
				close: nothing,
			},
		},
		changed: nothing,
		requestPass: nothing,
		replay: nothing,
		judging: nothing,
		handleDrift: async () => {},
	};
}

const nothing = (): void => {};

/** The same cluster, with watches that nobody is subscribed to. */
function withoutWatches(session: ClusterSession): ClusterSession {
	const watches = new Proxy(session.watches, {
		get: (target, name) => (quietly.has(String(name)) ? async () => {} : member(target, name)),
	});
	return new Proxy(session, {get: (target, name) => (name === 'watches' ? watches : member(target, name))});
}

const quietly = new Set(['subscribe', 'unsubscribe', 'own', 'disown', 'ensure', 'stop']);

/** Methods keep their own object: they use its private fields. */
function member<Target extends object>(target: Target, name: string | symbol): unknown {
	const value: unknown = Reflect.get(target, name, target);
	return typeof value === 'function' ? value.bind(target) : value;
}
