/** One step of a path: a field, an item by number, all items, or the items of which a field has a value. */
type Step =
	| {readonly field: string}
	| {readonly index: number}
	| {readonly all: true}
	| {readonly where: string; readonly is: string};

const grammar =
	/\.([^.[\]]+)|\[['"]([^'"]+)['"]\]|\[(-?\d+)\]|(\[\*\]|\.\*)|\[\?\(@\.([A-Za-z0-9_.-]+)\s*==\s*['"]?([^'")]*)['"]?\)\]/y;

function parse(path: string): Step[] {
	const steps: Step[] = [];
	// A dot in a field name is written with a backslash.
	const text = path.replace(/\\\./g, '\u0000').replace(/^[{$]+|}$/g, '');
	grammar.lastIndex = 0;
	for (let found = grammar.exec(text); found; found = grammar.exec(text)) {
		const [, field, quoted, index, all, where, is] = found;
		if (all || field === '*') steps.push({all: true});
		else if (index !== undefined) steps.push({index: Number(index)});
		else if (where) steps.push({where, is: is ?? ''});
		else steps.push({field: (quoted ?? field ?? '').replaceAll('\u0000', '.')});
	}
	return steps;
}

/** The values at a JSONPath, as far as CRDs use it in their columns. */
export function readJsonPath(object: unknown, path: string): unknown[] {
	return parse(path).reduce<unknown[]>((values, step) => values.flatMap(value => take(value, step)), [object]);
}

function take(value: unknown, step: Step): unknown[] {
	if (typeof value !== 'object' || value === null) return [];
	const map = value as Record<string, unknown>;
	if ('all' in step) return Object.values(map);
	if ('index' in step) return Array.isArray(value) ? value.slice(step.index).slice(0, 1) : [];
	if ('where' in step) {
		const read = (item: unknown): unknown =>
			step.where.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], item);
		return Array.isArray(value) ? value.filter(item => String(read(item)) === step.is) : [];
	}
	return map[step.field] === undefined ? [] : [map[step.field]];
}
