/**
 * A hold: a pause of healing with an owner, a reason and an end. It is kept on the application's inventory ConfigMap, so
 * every operator and every worker sees it. It never changes the application's policy: when it ends, what was before is
 * in force again because it was never touched (argo-cd #5351, #16922).
 */
export interface Hold {
	/** Short, unique within the application. */
	readonly id: string;
	readonly scope: HoldScope;
	/** `ana@bastion-1`: the SSH user at the host. */
	readonly owner: string;
	/** A person's words, safe to show; may be empty only for a hold that ends. */
	readonly reason: string;
	/** Epoch milliseconds. */
	readonly since: number;
	/** Epoch milliseconds of its end; null: until somebody resumes it (break glass). */
	readonly until: number | null;
	/** Also stops automatic syncs. Always of the whole application. */
	readonly includesSync: boolean;
}

/** What is held. Absent `group` and `namespace` match every one. */
export type HoldScope =
	/** Drift is left standing, wherever it is; syncs leave drifted fields alone. */
	| {readonly type: 'application'}
	/** The whole object: neither healed nor synced. */
	| ({readonly type: 'object'} & HeldObject)
	/** One path and everything below it, in the spelling of drift events. */
	| ({readonly type: 'field'; readonly path: string} & HeldObject);

export interface HeldObject {
	readonly group?: string;
	readonly kind: string;
	readonly namespace?: string;
	readonly name: string;
}

/** `the whole application`, `Deployment/checkout`, `Deployment/checkout spec.replicas`. */
export function printScope(scope: HoldScope): string {
	if (scope.type === 'application') return 'the whole application';
	const object = scope.namespace ? `${scope.kind}/${scope.namespace}/${scope.name}` : `${scope.kind}/${scope.name}`;
	return scope.type === 'object' ? object : `${object} ${scope.path}`;
}
