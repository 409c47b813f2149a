import type {DesiredObject} from '../../engine/desired/types.ts';
import type {FlipHistory} from '../../engine/heal/flip-history.ts';
import type {InventoryRecord} from '../../engine/inventory/types.ts';
import type {Application} from '../../model/application.ts';
import type {DriftClass, FieldChange, Fingerprint} from '../../model/drift.ts';
import type {Problem} from '../../model/errors.ts';
import type {JournalEntry} from '../../model/journal.ts';
import type {KubernetesObject, ObjectKey} from '../../model/object.ts';
import type {BlockedObject} from '../../model/plan.ts';
import type {GitRepository} from '../../model/ports/git/repository.ts';
import type {Journal} from '../../model/ports/journal.ts';
import type {Renderer} from '../../model/ports/render.ts';
import type {Standing} from '../../model/standing-record.ts';
import type {ApplicationStatus, Condition, OperationState, WorkerMode} from '../../model/status.ts';
import type {ClusterSession} from '../cluster-session.ts';
import type {HashText} from '../hashing.ts';
import type {Logger} from '../log.ts';
import type {WatchSubscriber} from '../watch-registry.ts';
import type {ChildDeclaration, ChildRegistry} from './child-types.ts';
import type {RunningSync} from './sync-stop.ts';
import type {TrackedObject, WaitingEvent} from './tracked-object.ts';

export interface ObservedDrift {
	readonly class: DriftClass;
	readonly fields: readonly FieldChange[];
	/** The live object as far as it was read; null: gone. */
	readonly live: KubernetesObject | null;
	/** Epoch milliseconds when the worker first heard of it. */
	readonly seenAt: number;
}

/** Writes a drift down, decides what to do about it and does it. Called within the object's turn. */
export type HandleDrift = (context: ApplicationContext, tracked: TrackedObject, drift: ObservedDrift) => Promise<void>;

/** What every part of one application's controller works with. */
export interface ApplicationContext {
	application: Application;
	/** Set once, for good: nothing that was under way may write or listen any more. */
	isStopped: boolean;
	readonly session: ClusterSession;
	readonly repository: GitRepository;
	readonly services: Services;
	readonly log: Logger;
	readonly state: ApplicationState;
	/** Receives the watch events of this application's objects. */
	readonly subscriber: WatchSubscriber;
	/** The application looks different now: clients are told, at most ten times a second. */
	changed(): void;
	/** Something needs a whole pass (a namespace is gone): soon, and once for many who ask. */
	requestPass(): void;
	/** Writes a drift down and deals with it; the object's turn is held by the caller. */
	handleDrift: HandleDrift;
	/** Keeps count of judgements under way: an application is compared only when they have all been passed. */
	judging(judgement: Promise<void>): void;
	/** How another application of this worker is; undefined: there is none of that name. */
	statusOf(application: string): ApplicationStatus | undefined;
	/** Judges a watch event that had to wait for somebody's turn on the object. */
	replay(tracked: TrackedObject, event: WaitingEvent): void;
}

/** What all applications of a worker share. */
export interface Services {
	readonly renderer: Renderer;
	readonly journal: Journal;
	readonly hash: HashText;
	readonly mode: WorkerMode;
	readonly children: ChildRegistry;
	/** Shares the texts that fingerprints have in common. */
	share(text: string): string;
	clock(): number;
	newId(): string;
	/** Appends to the journal and tells every client. */
	record(entry: JournalEntry): void;
}

/**
 * Whether an application's declaration left Git. `remembered`: it began to leave before this worker started; it writes
 * nothing any more, and goes on when its parent, or a person, says so. `going-on`: everything it made is being deleted.
 */
export type Leaving = 'no' | 'remembered' | 'going-on';

/** Everything one application is known to be. Plain data; rebuilt from Git, cluster and journal after a restart. */
export interface ApplicationState {
	clusterUid: string;
	fieldManager: string;
	applySetId: string;
	/** What the target points to; null until the first pull. */
	revision: string | null;
	/** The commit whose render `objects` hold; equals `revision` unless rendering failed. */
	renderedRevision: string | null;
	renderKey: string;
	/** Files and folders that the last render read: what the log of the application is about. */
	reads: readonly string[];
	/** What rendered it last; null before the first render. */
	renderer: 'directory' | 'kustomize' | 'helm' | null;
	isRenderComplete: boolean;
	hooks: readonly DesiredObject[];
	/** Applications that the render declares, by the key of the document. */
	children: ReadonlyMap<ObjectKey, ChildDeclaration>;
	haveChildrenResumed: boolean;
	leaving: Leaving;
	/** What syncs were to write or delete and left alone, because somebody came to hold it meanwhile: owed to Git. */
	readonly heldBack: Set<ObjectKey>;
	blocked: readonly BlockedObject[];
	readonly objects: Map<ObjectKey, TrackedObject>;
	/** How it stood before this worker started; null: nobody remembers. */
	formerStanding: Standing | null;
	/** Read from the journal at the start; taken out as objects become known. */
	readonly storedFingerprints: Map<ObjectKey, Fingerprint>;
	inventory: InventoryRecord;
	syncedRevision: string | null;
	syncedAt: number | null;
	operation: OperationState | null;
	/** null: no sync runs now. */
	running: RunningSync | null;
	/** Automated syncs try a commit once; then only retries and people do. */
	attemptedRenderKey: string;
	isCompared: boolean;
	/** Desired objects came that the cluster was not asked about yet. */
	needsLearning: boolean;
	/** Kinds and namespaces that this application has heard the first complete list of. */
	readonly watched: Set<string>;
	readonly conditions: Map<string, Condition>;
	flips: FlipHistory;
	sourceSeenAt: number | null;
	clusterSeenAt: number | null;
}

/** Notes a lasting fact. The first time it was seen is kept while it lasts. */
export function setCondition(context: ApplicationContext, type: Condition['type'], problems: readonly Problem[]): void {
	const {conditions} = context.state;
	const wanted = new Map(
		problems.map(problem => [
			`${type} ${problem.code} ${problem.object ?? ''} ${problem.file ?? ''} ${problem.line ?? ''} ${problem.message}`,
			problem,
		]),
	);
	for (const [key, condition] of conditions) if (condition.type === type && !wanted.has(key)) conditions.delete(key);
	for (const [key, problem] of wanted) {
		if (!conditions.has(key)) conditions.set(key, {type, problem, since: context.services.clock()});
	}
	context.changed();
}
