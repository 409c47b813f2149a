import {type PatternStep, parsePath, readSteps} from './path.ts';
import {isSameStep, type Path} from './step.ts';

/**
 * A pattern of paths, written like a path: `*` (or `[*]`) stands for any one step, a trailing `.**` for everything at and
 * below what comes before it; `**` alone is everything, the object itself included.
 */
export interface Pattern {
	readonly steps: readonly PatternStep[];
	/** Whether it ends in `**`. */
	readonly isDeep: boolean;
}

/** null when the text is no pattern. */
export function parsePattern(text: string): Pattern | null {
	if (text === '**') return {steps: [], isDeep: true};
	const isDeep = text.endsWith('.**');
	const steps = readSteps(isDeep ? text.slice(0, -3) : text);
	if (!steps || steps.some(step => step.type === 'field' && step.name === '**')) return null;
	return {steps, isDeep};
}

/** `isPrefix`: whether the pattern also covers everything below what it names. */
export function matches(pattern: Pattern, path: Path, {isPrefix = false}: {isPrefix?: boolean} = {}): boolean {
	const {steps} = pattern;
	if (pattern.isDeep || isPrefix ? path.length < steps.length : path.length !== steps.length) return false;
	return steps.every((step, index) => step.type === 'any' || isSameStep(step, path[index]!));
}

/** Both as text; what cannot be read matches nothing. */
export function matchesText(pattern: string, path: string, options: {isPrefix?: boolean} = {}): boolean {
	const parsedPattern = parsePattern(pattern);
	const parsedPath = parsePath(path);
	return parsedPattern !== null && parsedPath !== null && matches(parsedPattern, parsedPath, options);
}
