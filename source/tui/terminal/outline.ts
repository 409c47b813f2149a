import type {Rectangle} from '../layout/rectangle.ts';
import type {GlyphSet} from '../theme/glyphs.ts';

/**
 * The frames of a screen without anything in them, as control sequences. Drawn before the heavy modules are loaded: a
 * person sees that it starts at once, and the first real frame changes only what is inside.
 */
export function outlineSequence(frames: readonly Rectangle[], glyphs: GlyphSet): string {
	const {topLeft, topRight, bottomLeft, bottomRight, horizontal, vertical} = glyphs.frame.light;
	return frames
		.filter(({width, height}) => width >= 2 && height >= 2)
		.map(({left, top, width, height}) => {
			const line = horizontal.repeat(width - 2);
			const sides = Array.from(
				{length: height - 2},
				(_, index) =>
					`${moveTo(left, top + 1 + index)}${vertical}${moveTo(left + width - 1, top + 1 + index)}${vertical}`,
			);
			return [
				`${moveTo(left, top)}${topLeft}${line}${topRight}`,
				...sides,
				`${moveTo(left, top + height - 1)}${bottomLeft}${line}${bottomRight}`,
			].join('');
		})
		.join('');
}

function moveTo(left: number, top: number): string {
	return `\u001b[${top + 1};${left + 1}H`;
}
