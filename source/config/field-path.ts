import {quoted} from './findings.ts';
import {accept, type Result, refuse} from './result.ts';

// A name, `*` or `**`, or a bracket; quotes inside brackets may hold anything.
const step = /^(?:\.?([^.[\]"'/\s]+)|\[(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\]"'])+\])/;

/**
 * Checks a field path in the spelling of drift events: `spec.template.spec.containers[name="web"].image`, with `*` for any
 * one step and a trailing `.**` for any depth. A path that cannot be read would silently match nothing.
 */
export function checkFieldPath(path: string): Result<string> {
	if (path.startsWith('/'))
		return refuse('is a JSON pointer, not a path', 'Write it like spec.replicas, or use jsonPointers');
	let rest = path;
	while (rest !== '') {
		const match = step.exec(rest);
		const isSeparated = rest === path || rest.startsWith('.') || rest.startsWith('[');
		const isDeep = match?.[1]?.includes('**') ?? false;
		if (!match || !isSeparated || (isDeep && !(match[1] === '**' && match[0] === rest))) {
			return refuse(
				`is not a field path: ${quoted(path)}`,
				'Write it like spec.template.spec.containers[name="web"].image',
			);
		}
		rest = rest.slice(match[0].length);
	}
	return path === '' ? refuse('is empty') : accept(path);
}
