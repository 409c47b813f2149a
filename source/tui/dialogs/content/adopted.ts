import {formatValue} from '../../../model/change-text.ts';
import {safeText} from '../../../model/text.ts';
import type {FieldDiff} from '../../../protocol/messages/diff.ts';
import type {Frame} from '../../present/frame.ts';
import type {TableContent} from './content.ts';
import {rowLines} from './rows.ts';

/** The fields whose live values go into Git, what Git says of them now, and who set them. */
export function adoptedContent(fields: readonly FieldDiff[], frame: Frame): TableContent {
	const texts = fields.map(({path, live, desired, manager}) => {
		const who = manager ? `, set by ${manager}` : '';
		return `${path} ${formatValue(desired)} to ${formatValue(live)}${who}`;
	});
	const head = {label: 'live', style: 'drift', count: fields.length} as const;
	return {
		type: 'table',
		table: {
			columns: [
				{name: 'FIELD', least: 16},
				{name: 'IN GIT', least: 8},
				{name: 'LIVE', least: 8},
				{name: 'SET BY', least: 10},
			],
			rows: fields.map(({path, live, desired, manager = ''}) => ({
				FIELD: safeText(path),
				'IN GIT': formatValue(desired),
				LIVE: formatValue(live),
				'SET BY': safeText(manager),
			})),
		},
		above: rowLines([{...head, texts: ['goes into Git as it is in the cluster']}], frame),
		instead: rowLines([{...head, texts}], frame),
	};
}
