import {formatProblem, type Problem} from '../../../model/errors.ts';
import type {Frame} from '../../present/frame.ts';
import type {LineText} from '../../theme/styles.ts';
import {sentenceLines} from './rows.ts';

/** What is wrong with the worker itself, each with its next step. */
export function problemLines(problems: readonly Problem[], frame: Frame): LineText[] {
	if (problems.length === 0) return sentenceLines('Nothing is wrong with the worker itself.', 'quiet', frame);
	return problems.flatMap((problem, index) => [
		...(index === 0 ? [] : ['']),
		...sentenceLines(`${frame.glyphs.glyph.bad} ${formatProblem(problem)}`, 'bad', frame),
	]);
}
