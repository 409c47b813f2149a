/** Below these keys null has a meaning of its own: helm deletes the chart's value. */
const meaningful: ReadonlySet<string> = new Set(['valuesObject']);

/**
 * A copy without null fields. The API server drops them from a custom resource before anyone sees it, so in documents of
 * Argo CD and Flux `automated:` with nothing after it means that there is none.
 */
export function withoutNulls(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutNulls);
	if (typeof value !== 'object' || value === null) return value;
	const copy: Record<string, unknown> = {};
	for (const [key, item] of Object.entries(value)) {
		if (item !== null) copy[key] = meaningful.has(key) ? item : withoutNulls(item);
	}
	return copy;
}
