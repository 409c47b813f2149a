import {isMap} from '../is-map.ts';

export interface ImageOverride {
	readonly name: string;
	readonly newName?: string;
	readonly newTag?: string;
	readonly digest?: string;
}

/**
 * Reads `name=newName:newTag`, `name:tag`, `name=newName@digest` and the like: what `kustomize edit set image` takes. The
 * tag follows the last colon, unless that belongs to a registry's port.
 */
export function parseImage(text: string): ImageOverride {
	const equals = text.indexOf('=');
	const name = equals < 0 ? undefined : text.slice(0, equals);
	const [reference = '', digest] = splitOnce(equals < 0 ? text : text.slice(equals + 1), '@');
	const colon = reference.lastIndexOf(':');
	const hasTag = colon > reference.lastIndexOf('/');
	const image = hasTag ? reference.slice(0, colon) : reference;
	const tag = hasTag ? reference.slice(colon + 1) : undefined;
	return {
		name: name ?? image,
		...(name !== undefined && image !== '' && image !== name && {newName: image}),
		...(tag !== undefined && {newTag: tag}),
		...(digest !== undefined && {digest}),
	};
}

/** Lays overrides over a kustomization's `images`: by name, as `kustomize edit set image` does; `*` keeps what is there. */
export function mergeImages(images: unknown, overrides: readonly string[]): unknown[] {
	const merged: unknown[] = Array.isArray(images) ? [...images] : [];
	for (const {name, ...change} of overrides.map(parseImage)) {
		const index = merged.findIndex(image => isMap(image) && image.name === name);
		const before = index < 0 ? {} : (merged[index] as Record<string, unknown>);
		const image: Record<string, unknown> = {name, ...change};
		for (const field of ['newName', 'newTag'] as const) {
			if (image[field] !== '*') continue;
			if (before[field] === undefined) delete image[field];
			else image[field] = before[field];
		}
		// A tag or digest alone keeps the new name.
		if (image.newName === undefined && before.newName !== undefined) image.newName = before.newName;
		if (index < 0) merged.push(image);
		else merged[index] = image;
	}
	return merged;
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
	const index = text.indexOf(separator);
	return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}
