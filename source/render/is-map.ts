/** Whether a parsed value is a map: not a list, not a scalar. */
export function isMap(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
