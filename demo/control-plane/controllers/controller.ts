import type {KubernetesObject} from '../../../source/model/object.ts';
import type {ControllerClient} from '../types.ts';

/** What one controller does with one object of its kind. */
export interface Controller {
	/** `Kind.group`. */
	readonly kind: string;
	/** Kinds whose changes concern the object that controls them. */
	readonly owns: readonly string[];
	/** Other objects of `kind`, by `namespace/name`, that a changed object concerns. */
	readonly concerns?: (changed: KubernetesObject, client: ControllerClient) => readonly string[];
	/** Brings things to what the object says. Answers with milliseconds after which to look again, when time alone matters. */
	reconcile(object: KubernetesObject, client: ControllerClient): number | undefined;
}
