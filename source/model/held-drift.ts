import type {FieldChange} from './drift.ts';
import {type HoldScope, printScope} from './hold.ts';
import type {ApplicationStatus} from './status.ts';

/** A field that healing will put back. */
export interface HeldField {
	readonly object: string;
	readonly field: FieldChange;
}

/**
 * What healing will put back once holds are over, as far as drift stands and nobody else holds it. `ended` are the ids of
 * the holds that end.
 */
export function putBackAfter(application: ApplicationStatus, ended: readonly string[]): HeldField[] {
	if (!application.isHealing) return [];
	const left = application.holds.filter(({id}) => !ended.includes(id));
	return application.drift
		.filter(({action}) => action === 'held')
		.flatMap(({object, fields}) =>
			fields.filter(({path}) => !left.some(({scope}) => covers(scope, object, path))).map(field => ({object, field})),
		);
}

/** By name only: of two objects that are named alike neither is announced. */
function covers(scope: HoldScope, object: string, path: string): boolean {
	if (scope.type === 'application') return true;
	if (printScope({type: 'object', kind: scope.kind, name: scope.name}) !== object) return false;
	return scope.type === 'object' || (path.startsWith(scope.path) && /^(?:$|[.[])/.test(path.slice(scope.path.length)));
}
