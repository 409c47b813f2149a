import type {LineText} from '../theme/styles.ts';

/** Whether two lines look the same: a row whose age did not tick over is not drawn again. */
export function isSameLine(one: LineText, other: LineText): boolean {
	if (one === other) return true;
	if (typeof one === 'string' || typeof other === 'string' || one.length !== other.length) return false;
	return one.every((span, index) => {
		const match = other[index];
		if (typeof span === 'string' || typeof match === 'string') return span === match;
		return span.text === match?.text && span.style === match.style;
	});
}

export function areSameLines(one: readonly LineText[], other: readonly LineText[]): boolean {
	return one.length === other.length && one.every((line, index) => isSameLine(line, other[index]!));
}
