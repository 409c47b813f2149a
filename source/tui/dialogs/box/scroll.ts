/** The part of a text that is on the screen. */
export interface Scrolled<Line> {
	readonly lines: readonly Line[];
	/** `3-12/40`; empty when all of it is there. */
	readonly position: string;
	/** As far down as it goes. */
	readonly top: number;
}

/** `top`: the first line that is wanted; what lies beyond the end is not scrolled to. */
export function scrollTo<Line>(lines: readonly Line[], top: number, height: number): Scrolled<Line> {
	const last = Math.max(0, lines.length - height);
	const first = Math.max(0, Math.min(top, last));
	const shown = lines.slice(first, first + height);
	const position = lines.length > height ? `${first + 1}-${first + shown.length}/${lines.length}` : '';
	return {lines: shown, position, top: first};
}

/** Where a key moves to; null: it does not scroll. */
export function scrolledBy(chord: string, top: number, height: number): number | null {
	const page = Math.max(1, height - 1);
	const steps: Readonly<Record<string, number>> = {
		down: top + 1,
		up: top - 1,
		pagedown: top + page,
		pageup: top - page,
		home: 0,
		end: Number.MAX_SAFE_INTEGER,
	};
	return steps[chord] ?? null;
}
