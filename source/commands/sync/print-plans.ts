import {formatProblem} from '../../model/errors.ts';
import {safeText} from '../../model/text.ts';
import {heldLines, nothingToDo, type PlanOptions, planText} from '../print/plan-text.ts';
import {isIncomplete, isRefusal, type Prepared} from './prepare.ts';

/** Prints what each sync would do, or why that is not known, or why it is refused. */
export function printPlans(prepared: readonly Prepared[], options: PlanOptions, print: (text: string) => void): void {
	for (const item of prepared) {
		const {application} = item;
		if (item.type === 'failed') {
			for (const text of failedText(item, options)) print(text);
		} else if (item.type === 'planned' || isIncomplete(item.plan)) {
			print([...planText(item.plan, application, options), ...warningLines(item, options), ''].join('\n'));
		} else {
			print([...nothingToDo(item.plan, application, options), ...warningLines(item, options)].join('\n'));
		}
	}
}

function warningLines({warnings}: Exclude<Prepared, {type: 'failed'}>, {surface}: PlanOptions): string[] {
	return warnings.map(
		problem => `  ${surface.paint(surface.glyph('paused'), 'warning')} ${safeText(formatProblem(problem))}`,
	);
}

function failedText(item: Extract<Prepared, {type: 'failed'}>, options: PlanOptions): string[] {
	const {application, plan, problem} = item;
	const {surface} = options;
	const isRefused = isRefusal(problem);
	const mark = isRefused
		? surface.paint(surface.glyph('paused'), 'warning')
		: surface.paint(surface.glyph('bad'), 'bad');
	const why = formatProblem(problem);
	const sentence = why.startsWith(`${application.name} `) ? why : `${application.name}: ${why}`;
	const line = `${mark} ${safeText(sentence)}`;
	if (!plan) return [line];
	if (isRefused) return [line, ...heldLines(plan, application, options, 'would overwrite')];
	return isIncomplete(plan) ? [[...planText(plan, application, options), ''].join('\n'), line] : [line];
}
