import type {Span} from '../../theme/styles.ts';

export interface Tab {
	readonly number: number;
	readonly title: string;
}

/** `3 Drift ── 2 Sync ── 4 Git log`: the one that is shown first, the keys of the others beside their names. */
export function tabsLine(tabs: readonly Tab[], {isFocused, dash}: {isFocused: boolean; dash: string}): Span[] {
	return tabs.flatMap(({number, title}, index): Span[] => {
		const style = index === 0 ? (isFocused ? 'titleFocused' : 'title') : 'quiet';
		const label: Span = {text: `${number} ${title}`, style};
		return index === 0 ? [label] : [{text: ` ${dash}${dash} `, style: 'frame'}, label];
	});
}
