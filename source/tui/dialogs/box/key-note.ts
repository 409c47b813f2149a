import type {LineText, Span} from '../../theme/styles.ts';

/** What keys do, for the lower edge of a dialog: `enter chooses  esc leaves`. */
export function keyNote(keys: readonly (readonly [key: string, does: string])[]): LineText {
	return keys.flatMap(([key, does], index): Span[] => [
		{text: index === 0 ? '' : '  '},
		{text: key, style: 'key'},
		{text: ` ${does}`},
	]);
}
