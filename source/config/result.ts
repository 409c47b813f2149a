/** The outcome of reading one value: the value, or why not and what to do instead. Reasons are safe to show. */
export type Result<Value> = {readonly ok: true; readonly value: Value} | Refusal;

export interface Refusal {
	readonly ok: false;
	/** Follows the name of the field: `source.interval: "soon" is not a duration`. */
	readonly reason: string;
	readonly hint?: string;
}

export function accept<Value>(value: Value): Result<Value> {
	return {ok: true, value};
}

export function refuse(reason: string, hint?: string): Refusal {
	return hint ? {ok: false, reason, hint} : {ok: false, reason};
}
