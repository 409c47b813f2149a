import type {Problem} from '../model/errors.ts';

/** A value, or everything that stands in its way. */
export type Outcome<Value> =
	| {readonly ok: true; readonly value: Value}
	| {readonly ok: false; readonly problems: readonly Problem[]};

export function success<Value>(value: Value): Outcome<Value> {
	return {ok: true, value};
}

export function failure(...problems: readonly Problem[]): {readonly ok: false; readonly problems: readonly Problem[]} {
	return {ok: false, problems};
}
