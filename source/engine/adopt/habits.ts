import {type Document, isMap, isSeq, type Pair, visit} from 'yaml';
import type {YamlHabits} from './value-text.ts';

/** How a file is written, as far as new lines have to know it: told by the first place that shows it. */
export function habitsOf(text: string, document: Document): YamlHabits {
	let indent = 0;
	let indentsLists: boolean | undefined;
	visit(document, {
		Pair(_key, pair: Pair) {
			const {key, value} = pair as Pair<{range?: [number, number, number]}, unknown>;
			const start = key?.range?.[0];
			if (start === undefined || !(isMap(value) || isSeq(value)) || value.flow || !value.range) return;
			const deeper = columnOf(text, value.range[0]) - columnOf(text, start);
			if (isMap(value) && deeper > 0 && indent === 0) indent = deeper;
			if (isSeq(value) && deeper >= 0) indentsLists ??= deeper > 0;
		},
	});
	return {
		indent: indent || 2,
		indentsLists: indentsLists ?? true,
		lineEnd: text.includes('\r\n') ? '\r\n' : '\n',
	};
}

/** 0-based. */
export function columnOf(text: string, offset: number): number {
	return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}
