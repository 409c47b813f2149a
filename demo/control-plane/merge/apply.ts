import {isEqual} from '../../../source/engine/fields/equal.ts';
import {difference} from '../../../source/engine/fields/fields.ts';
import {apiVersionOf, type KubernetesObject, parseApiVersion} from '../../../source/model/object.ts';
import {decodeObject} from '../schema/decode.ts';
import {DecodeError} from '../schema/decode-error.ts';
import {type KindSchema, printKind} from '../schema/type.ts';
import {ApiError} from '../types.ts';
import {checkType} from './check-type.ts';
import {type Conflict, conflictError, conflictsOf} from './conflicts.ts';
import {fieldSetOf} from './field-set.ts';
import {lastAppliedConflicts, withLastApplied} from './last-applied.ts';
import {
	identityOf,
	type Manager,
	type Managers,
	managersOfObject,
	printTime,
	withManagers,
	withoutManagers,
} from './managers.ts';
import {mergeTyped} from './merge-typed.ts';
import {pruneDropped} from './prune.ts';
import {resetFieldsOf, untracked, withoutMembersAt} from './reset-fields.ts';
import {takeOver} from './take-over.ts';
import {updateManagers} from './track-update.ts';
import {printTypedErrors} from './typed-error.ts';
import {singleVersion, type Versions} from './versions.ts';

export interface ApplyServerSide {
	readonly schema: KindSchema;
	/** The stored object at the schema's version; null when there is none yet. */
	readonly live: KubernetesObject | null;
	/** The body as it was sent, name and namespace filled in. */
	readonly applied: KubernetesObject;
	readonly manager: string;
	readonly force: boolean;
	readonly subresource?: string;
	/** Epoch milliseconds. */
	readonly now: number;
	/** Whether the kind has a status that only its subresource writes; by default it does when the schema has a status. */
	readonly hasStatusSubresource?: boolean;
	readonly versions?: Versions;
}

/**
 * Server-side apply (KEP-555): the object as it is to be stored, with managedFields, defaults filled in. Nothing of it is
 * checked yet besides its types, and nothing set back that the endpoint cannot change. Throws {@link ApiError}: 400 for a
 * body that cannot be applied, 409 with its causes for conflicts, 500 for values of the wrong type.
 */
export function applyServerSide(options: ApplyServerSide): KubernetesObject {
	const {schema, live, applied, manager} = options;
	checkBody(schema, applied);
	const given = managersBefore(options);
	let result = attempt(options, given, options.force);
	if (!('object' in result) && manager === 'kubectl' && live) {
		// What kubectl itself wrote by client-side apply is its own already.
		const allowed = lastAppliedConflicts(schema, live);
		const left = allowed ? result.conflicts.filter(conflict => !allowed(conflict)) : result.conflicts;
		result = left.length === 0 ? attempt(options, given, true) : {conflicts: left};
	}
	if (!('object' in result)) throw conflictError(result.conflicts);
	return manager === 'kubectl' ? withLastApplied(result.object, applied) : result.object;
}

function checkBody(schema: KindSchema, applied: KubernetesObject): void {
	if (applied.apiVersion !== apiVersionOf(schema)) {
		throw badRequest(
			`Incorrect version specified in apply patch. Specified patch version: ${applied.apiVersion}, expected: ${apiVersionOf(schema)}`,
		);
	}
	if (Array.isArray(applied.metadata?.managedFields)) throw badRequest('metadata.managedFields must be nil');
	const errors = checkType(schema, applied);
	if (errors.length > 0) {
		throw new ApiError({
			code: 500,
			message: `failed to create typed patch object (${nameForErrors(applied)}): ${printTypedErrors(errors)}`,
		});
	}
}

function badRequest(message: string): ApiError {
	return new ApiError({code: 400, reason: 'BadRequest', message});
}

/** `fx/web; apps/v1, Kind=Deployment`, as these errors name an object. */
export function nameForErrors(object: KubernetesObject): string {
	const {group, version} = parseApiVersion(object.apiVersion);
	return `${object.metadata.namespace ?? ''}/${object.metadata.name ?? ''}; ${printKind({group, version, kind: object.kind})}`;
}

/** The live object's entries. Where it has none, all that is there belongs to whoever came before the first apply. */
function managersBefore(options: ApplyServerSide): Managers {
	const {live} = options;
	const managers = managersOfObject(live);
	if (!live || managers.size > 0) return managers;
	return updateManagers({...options, before: null, after: live, manager: 'before-first-apply'}, managers);
}

/** A value that cannot be read fails an apply as an error of the server's own. */
function decodeMerged(schema: KindSchema, object: KubernetesObject): KubernetesObject {
	try {
		return decodeObject(schema, object, 'apply');
	} catch (error) {
		if (!(error instanceof DecodeError)) throw error;
		const problem = error.message.startsWith('illegal base64')
			? `error decoding from json: ${error.message}`
			: error.message;
		throw new ApiError({
			code: 500,
			message: `failed to convert new object (${nameForErrors(object)}) to proper version: unable to convert unstructured object to ${printKind(schema)}: ${problem}`,
		});
	}
}

type Outcome = {readonly object: KubernetesObject} | {readonly conflicts: readonly Conflict[]};

function attempt(options: ApplyServerSide, given: Managers, isForced: boolean): Outcome {
	const {schema, live, applied, subresource = '', now} = options;
	const versions = options.versions ?? singleVersion(schema);
	const apiVersion = apiVersionOf(schema);
	const hasStatus = options.hasStatusSubresource ?? schema.root.map?.fields.has('status') ?? false;
	const ignored = resetFieldsOf(schema, subresource, hasStatus);
	const writer: Omit<Manager, 'time' | 'fields'> = {
		manager: options.manager || 'unknown',
		operation: 'Apply',
		subresource,
		apiVersion,
	};
	const identity = identityOf(writer);
	const last = given.get(identity);
	const before = live ? withoutManagers(live) : null;
	const fields = withoutMembersAt(fieldSetOf(schema, applied), ignored);
	const managers: Managers = new Map(given).set(identity, {...writer, time: last?.time ?? '', fields});
	const merged = before ? mergeTyped(schema, before, applied) : applied;
	const after = pruneDropped({versions, apiVersion, merged, managers, last});
	const change = takeOver({schema, versions, before: before ?? {}, after, managers, writer: identity, ignored});
	if (!isForced && change.taken.length > 0) return {conflicts: conflictsOf(change.taken)};
	const isChanged = before === null || !isEqual(before, after);
	const own: Manager = {
		...writer,
		time: isChanged ? printTime(now) : (last?.time ?? ''),
		fields: difference(fields, untracked),
	};
	const object = isChanged ? decodeMerged(schema, after) : before;
	return {object: withManagers(object, new Map(change.managers).set(identity, own))};
}
