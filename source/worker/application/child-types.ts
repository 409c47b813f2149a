import type {DesiredObject} from '../../engine/desired/types.ts';
import type {ChildRecord, ParentRecord} from '../../engine/inventory/types.ts';
import type {Application} from '../../model/application.ts';
import type {Problem} from '../../model/errors.ts';
import type {ApplicationStatus} from '../../model/status.ts';

/** An application that this one's render declares. */
export interface ChildDeclaration {
	readonly desired: DesiredObject;
	readonly application: Application;
	/** Whether its objects go when its declaration goes. */
	readonly cascades: boolean;
}

/** Why an application that the configuration does not know is here. */
export interface Origin {
	readonly parent: ParentRecord;
	/** Who says so: a render of the parent in this run, or only the parent's inventory, which others may write. */
	readonly proof: 'render' | 'inventory';
	/** The parent wants to let it go, with everything it made. */
	readonly isWithdrawn: boolean;
}

/** The worker's other applications, as one with children sees them. */
export interface ChildRegistry {
	/** Throws NameTaken when that name is somebody else's. */
	refuseTaken(parent: string, name: string): void;
	/** Whether an application of that name is held here because this parent declared it. */
	isDeclaredBy(parent: string, name: string): boolean;
	/** null: the configuration declares it. */
	originOf(name: string): Origin | null;
	/** Sets a child up, or takes its new declaration. Rejects with NameTaken when that name is somebody else's. */
	declare(origin: Origin, application: Application): Promise<void>;
	/**
	 * Lets a child go, with everything it made when `cascades`. Answers null when it is gone, else what it still waits
	 * for; it goes on leaving by itself, and the parent is passed again when it is gone. Rejects with ParentNotRecorded when
	 * the child knows nothing of that parent.
	 */
	withdraw(parent: ParentRecord, child: ChildRecord): Promise<Problem | null>;
	statusOf(name: string): ApplicationStatus | undefined;
	/** Names of all applications of this worker. */
	knownNames(): readonly string[];
}
