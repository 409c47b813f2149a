import type {DesiredObject} from '../../engine/desired/types.ts';
import type {ChildRecord} from '../../engine/inventory/types.ts';
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

/** The worker's other applications, as one with children sees them. */
export interface ChildRegistry {
	/** Throws NameTaken when that name is somebody else's. */
	refuseTaken(parent: string, name: string): void;
	/** Whether an application of that name is held here because this parent declared it. */
	isDeclaredBy(parent: string, name: string): boolean;
	/** Sets a child up, or takes its new declaration. Rejects with NameTaken when that name is somebody else's. */
	declare(parent: string, application: Application): Promise<void>;
	/**
	 * Lets a child go, with everything it made when `cascades`. Answers null when it is gone, else what it still waits
	 * for; it goes on leaving by itself, and the parent is passed again when it is gone.
	 */
	withdraw(parent: string, child: ChildRecord): Promise<Problem | null>;
	statusOf(name: string): ApplicationStatus | undefined;
	/** Names of all applications of this worker. */
	knownNames(): readonly string[];
}
