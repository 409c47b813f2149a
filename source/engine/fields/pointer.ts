import {isMap} from './equal.ts';
import {indexOf} from './lookup.ts';
import type {Path} from './step.ts';

/**
 * RFC 6901 pointer of a path in a concrete object: list items become the index where they are now. null when the path
 * leads to nothing there; the last step may be missing only as a map key.
 */
export function pointerOf(object: unknown, path: Path): string | null {
	const tokens = tokensOf(object, path);
	return tokens?.map(token => `/${escapeToken(String(token))}`).join('') ?? null;
}

/** The same as {@link pointerOf}, as its unescaped tokens; numbers are list positions. */
export function tokensOf(object: unknown, path: Path): (string | number)[] | null {
	const tokens: (string | number)[] = [];
	let current = object;
	for (const [position, step] of path.entries()) {
		if (step.type === 'field') {
			if (!isMap(current)) return null;
			const isThere = Object.hasOwn(current, step.name);
			if (!isThere && position < path.length - 1) return null;
			tokens.push(step.name);
			current = isThere ? current[step.name] : undefined;
		} else {
			const index = indexOf(current, step);
			if (index < 0) return null;
			tokens.push(index);
			current = (current as unknown[])[index];
		}
	}
	return tokens;
}

/** The tokens of an RFC 6901 pointer; null when it is none. The empty pointer is the whole document. */
export function parsePointer(pointer: string): string[] | null {
	if (pointer === '') return [];
	if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return null;
	return pointer
		.slice(1)
		.split('/')
		.map(token => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/**
 * Whether the pointer names the path or something above it. A number in the pointer means the list item at that position
 * in `object`; without an object to look at it means any item.
 */
export function coversPath(tokens: readonly string[], path: Path, object?: unknown): boolean {
	if (tokens.length > path.length) return false;
	let current = object;
	for (const [position, token] of tokens.entries()) {
		const step = path[position]!;
		if (step.type === 'field') {
			if (step.name !== token) return false;
			current = isMap(current) && Object.hasOwn(current, step.name) ? current[step.name] : undefined;
		} else {
			if (!/^(0|[1-9][0-9]*)$/.test(token)) return false;
			const index = step.type === 'index' ? step.index : indexOf(current, step);
			if (index >= 0 ? index !== Number(token) : object !== undefined) return false;
			current = index >= 0 && Array.isArray(current) ? current[index] : undefined;
		}
	}
	return true;
}

function escapeToken(token: string): string {
	return token.replaceAll('~', '~0').replaceAll('/', '~1');
}
