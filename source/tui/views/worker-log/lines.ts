import {formatProblem, type Problem} from '../../../model/errors.ts';
import {safeText} from '../../../model/text.ts';
import {formatTimeOfDay} from '../../store/ages.ts';
import type {LineText, StyleName} from '../../theme/styles.ts';

/** pino's levels. */
const levels: readonly {readonly from: number; readonly word: string; readonly style: StyleName}[] = [
	{from: 50, word: 'error', style: 'bad'},
	{from: 40, word: 'warn ', style: 'warning'},
	{from: 30, word: 'info ', style: 'plain'},
	{from: 0, word: 'debug', style: 'quiet'},
];

/** One JSON line of the worker's log for a person; one that cannot be read is shown as it is. */
export function logLine(line: string): LineText {
	try {
		const {level, time, msg, problem} = JSON.parse(line) as {
			level?: number;
			time?: string;
			msg?: string;
			problem?: Problem;
		};
		const {word, style} = levels.find(({from}) => (level ?? 30) >= from) ?? levels[2]!;
		const at = Date.parse(String(time));
		const why = problem?.message && !msg?.includes(problem.message) ? `: ${formatProblem(problem)}` : '';
		return [
			{text: `${Number.isNaN(at) ? '--:--:--' : formatTimeOfDay(at)} `, style: 'quiet'},
			{text: `${word} `, style},
			{text: safeText(`${msg ?? ''}${why}`), style: style === 'plain' ? undefined : style},
		];
	} catch {
		return [{text: safeText(line), style: 'quiet'}];
	}
}
