import type {Context} from '../api/context.ts';
import type {ViewOptions} from '../encode/table.ts';

const choices: ReadonlySet<string> = new Set(['Metadata', 'Object', 'None']);

/** What the query says about tables. */
export function viewOptionsOf(context: Context, query: URLSearchParams): ViewOptions {
	const include = query.get('includeObject') ?? '';
	return {
		includeObject: choices.has(include) ? (include as ViewOptions['includeObject']) : 'Metadata',
		now: context.now(),
	};
}
