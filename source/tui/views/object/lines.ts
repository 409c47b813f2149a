import {safeBlock, safeText} from '../../../model/text.ts';
import type {ObjectDetails} from '../../../protocol/messages/inspect.ts';
import type {Frame} from '../../present/frame.ts';
import {sideBySideLines, unifiedLines} from '../../present/patch-lines.ts';
import {formatAge} from '../../store/ages.ts';
import type {LineText} from '../../theme/styles.ts';

/** What is looked at of one object; `tab` goes on. */
export const objectTabs = ['live', 'Git', 'live against Git', 'who owns which field'] as const;
export type ObjectTab = (typeof objectTabs)[number];

export function objectLines(details: ObjectDetails, tab: ObjectTab, frame: Frame): LineText[] {
	switch (tab) {
		case 'live':
			return details.live === null ? [quiet('It is not in the cluster')] : yamlLines(details.live);
		case 'Git':
			return details.desired === null
				? [quiet('Git does not name it: a controller made it, or it is no longer in Git')]
				: yamlLines(details.desired);
		case 'live against Git': {
			if (details.live === null || details.desired === null) return [quiet('There is only one side to compare')];
			const pair = {old: details.live, new: details.desired};
			return frame.width >= 120 ? sideBySideLines(pair, frame) : unifiedLines(pair);
		}
		case 'who owns which field':
			return managerLines(details.managers, frame);
	}
}

function quiet(text: string): LineText {
	return [{text, style: 'quiet'}];
}

function yamlLines(yaml: string): LineText[] {
	return safeBlock(yaml)
		.replace(/\n$/, '')
		.split('\n')
		.map(line => {
			const [, indent = '', key, rest = ''] = /^(\s*(?:- )?)([^\s:#"'][^:]*:)(.*)$/.exec(line) ?? [];
			return key === undefined ? [{text: line}] : [{text: indent}, {text: key, style: 'title'}, {text: rest}];
		});
}

/** Manager by manager, the one that wrote last first: a claim of each, with the second it was recorded. */
function managerLines(managers: ObjectDetails['managers'], {now, glyphs}: Frame): LineText[] {
	if (managers.length === 0) return [quiet('The cluster records no field managers for it')];
	const sorted = [...managers].sort((one, other) => (other.time ?? 0) - (one.time ?? 0));
	return sorted.flatMap(({manager, operation, subresource, time, paths}, index) => [
		...(index === 0 ? [] : ['']),
		[
			{text: safeText(subresource ? `${manager}, ${subresource}` : manager), style: 'strong'} as const,
			{
				text: ` by ${operation}, ${time === null ? 'no time recorded' : `${formatAge(now - time)} ago`}`,
				style: 'quiet',
			} as const,
			{text: `  ${paths.length} field${paths.length === 1 ? '' : 's'}`, style: 'quiet'} as const,
		],
		...paths.map<LineText>(path => [{text: `  ${glyphs.glyph.separator} ${safeText(path)}`}]),
	]);
}
