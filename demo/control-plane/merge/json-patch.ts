import {isEqual, isMap} from '../../../source/engine/fields/equal.ts';
import {parsePointer} from '../../../source/engine/fields/pointer.ts';
import {ApiError} from '../types.ts';

/** More operations than this are refused, as the server does. */
const maximumOperations = 10_000;

/** An operation that cannot be carried out on this document. */
class OperationError extends Error {}

type Operation = Readonly<Record<string, unknown>>;

/**
 * A JSON patch (RFC 6902), all of it or nothing. Throws {@link ApiError}: 422 when an operation fails on this document
 * (a `test` that does not hold, a path that is not there), 400 when the patch is none, 413 when it is too long.
 */
export function jsonPatch(target: unknown, patch: unknown): unknown {
	if (!Array.isArray(patch) || !patch.every(isMap)) {
		throw new ApiError({
			code: 400,
			reason: 'BadRequest',
			message: 'error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch',
		});
	}
	if (patch.length > maximumOperations) {
		throw new ApiError({
			code: 413,
			reason: 'RequestEntityTooLarge',
			message: `The allowed maximum operations in a JSON patch is ${maximumOperations}, got ${patch.length}`,
		});
	}
	try {
		return patch.reduce<unknown>(carryOut, target);
	} catch (error) {
		if (!(error instanceof OperationError)) throw error;
		// The server's own answer has this text for the operation's.
		throw new ApiError({
			code: 422,
			reason: 'Invalid',
			message: 'the server rejected our request due to an error in our request',
			details: {},
		});
	}
}

function carryOut(document: unknown, operation: Operation): unknown {
	const path = tokensOf(operation.path);
	switch (operation.op) {
		case 'add':
			return add(document, path, operation.value ?? null);
		case 'remove':
			return remove(document, path);
		case 'replace':
			valueAt(document, path);
			return path.length === 0 ? (operation.value ?? null) : add(remove(document, path), path, operation.value ?? null);
		case 'move': {
			const from = tokensOf(operation.from);
			const value = valueAt(document, from);
			return add(remove(document, from), path, value);
		}
		case 'copy':
			return add(document, path, structuredClone(valueAt(document, tokensOf(operation.from))));
		case 'test':
			if (!isEqual(valueOrNull(document, path), operation.value ?? null)) throw new OperationError('test failed');
			return document;
		default:
			throw new OperationError(`unexpected kind: ${String(operation.op)}`);
	}
}

function tokensOf(pointer: unknown): string[] {
	const tokens = typeof pointer === 'string' ? parsePointer(pointer) : null;
	if (!tokens) throw new OperationError('no pointer');
	return tokens;
}

/** A path that is not there counts as null in a `test`, which is how null is tested for. */
function valueOrNull(document: unknown, path: readonly string[]): unknown {
	try {
		return valueAt(document, path);
	} catch (error) {
		if (error instanceof OperationError && path.length > 0) {
			const parent = valueAt(document, path.slice(0, -1));
			if (isMap(parent)) return null;
		}
		throw error;
	}
}

function valueAt(document: unknown, path: readonly string[]): unknown {
	let current = document;
	for (const token of path) {
		if (Array.isArray(current)) current = current[indexOf(token, current.length - 1)];
		else if (isMap(current) && Object.hasOwn(current, token)) current = current[token];
		else throw new OperationError(`nothing at ${token}`);
	}
	return current;
}

/** A position in a list; the server also counts from its end. */
function indexOf(token: string, last: number): number {
	if (!/^(0|-?[1-9][0-9]*)$/.test(token)) throw new OperationError(`${token} is no index`);
	const index = Number(token) < 0 ? Number(token) + last + 1 : Number(token);
	if (index < 0 || index > last) throw new OperationError(`index ${token} out of bounds`);
	return index;
}

/** A copy of the document in which the container at the path's parent is replaced by what `change` makes of it. */
function changeParent(
	document: unknown,
	path: readonly string[],
	change: (container: unknown, token: string) => unknown,
): unknown {
	const [token, ...rest] = path;
	if (token === undefined) throw new OperationError('the document itself has no parent');
	if (rest.length === 0) return change(document, token);
	if (Array.isArray(document)) {
		const index = indexOf(token, document.length - 1);
		return document.with(index, changeParent(document[index], rest, change));
	}
	if (!isMap(document) || !Object.hasOwn(document, token)) throw new OperationError(`nothing at ${token}`);
	return {...document, [token]: changeParent(document[token], rest, change)};
}

function add(document: unknown, path: readonly string[], value: unknown): unknown {
	if (path.length === 0) return value;
	return changeParent(document, path, (container, token) => {
		if (Array.isArray(container)) {
			const index = token === '-' ? container.length : indexOf(token, container.length);
			return container.toSpliced(index, 0, value);
		}
		if (isMap(container)) return {...container, [token]: value};
		throw new OperationError(`nothing can be added at ${token}`);
	});
}

function remove(document: unknown, path: readonly string[]): unknown {
	return changeParent(document, path, (container, token) => {
		if (Array.isArray(container)) return container.toSpliced(indexOf(token, container.length - 1), 1);
		if (!isMap(container) || !Object.hasOwn(container, token)) throw new OperationError(`nothing at ${token}`);
		const {[token]: _removed, ...others} = container;
		return others;
	});
}
