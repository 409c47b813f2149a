/** One place where a value is not what its schema says. */
export interface TypedError {
	/** Like `.spec.ports[port=80,protocol="TCP"].name`. */
	readonly path: string;
	readonly message: string;
}

/** Several as one text, as structured-merge-diff prints them. */
export function printTypedErrors(errors: readonly TypedError[]): string {
	const lines = errors.map(({path, message}) => (path ? `${path}: ${message}` : message));
	return lines.length === 1 ? lines[0]! : ['errors:', ...lines.map(line => `  ${line}`)].join('\n');
}

/** The values of `%v` and `%#v` in the server's language, as far as typed errors show them. */
export function printGoValue(value: unknown, isSyntax: boolean): string {
	if (value === null || value === undefined) return '<nil>';
	if (Array.isArray(value)) {
		const items = value.map(item => printGoValue(item, isSyntax));
		return isSyntax ? `[]interface {}{${items.join(', ')}}` : `[${items.join(' ')}]`;
	}
	if (typeof value === 'object') {
		const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
		const texts = entries.map(([key, item]) =>
			isSyntax ? `${JSON.stringify(key)}:${printGoValue(item, true)}` : `${key}:${printGoValue(item, false)}`,
		);
		return isSyntax ? `map[string]interface {}{${texts.join(', ')}}` : `map[${texts.join(' ')}]`;
	}
	return typeof value === 'string' && isSyntax ? JSON.stringify(value) : String(value);
}

/** The server's name of a value's type. */
export function goTypeOf(value: unknown): string {
	if (value === null || value === undefined) return '<nil>';
	if (Array.isArray(value)) return '[]interface {}';
	switch (typeof value) {
		case 'string':
			return 'string';
		case 'boolean':
			return 'bool';
		case 'bigint':
			return 'int64';
		case 'number':
			return Number.isInteger(value) ? 'int64' : 'float64';
		default:
			return 'map[string]interface {}';
	}
}
