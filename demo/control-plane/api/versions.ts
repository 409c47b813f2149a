import type {Resource} from '../kinds/resource.ts';
import type {Versions} from '../merge/versions.ts';
import type {Context} from './context.ts';
import {convertTo} from './convert.ts';

/** How entries of managedFields that were recorded at another version of a kind are understood. */
export function versionsOf({registry}: Context, {kind}: Resource): Versions {
	return {
		schemaAt: apiVersion => registry.findKind(apiVersion, kind)?.schema ?? null,
		convert: convertTo,
	};
}
