import {formatProblem} from '../../../model/errors.ts';
import type {Frame} from '../../present/frame.ts';
import type {Content} from './content.ts';
import {type PlanContent, planGroups} from './plan-groups.ts';
import {countLines, type FieldsOf, planTable} from './plan-table.ts';
import {type Row, rowLines} from './rows.ts';

/** Names listed of a kind; deletions are always listed to the last. */
const listedItems = 20;

export interface PlanOptions {
	/** Says also what there is none of. Default: yes. */
	readonly hasCounts?: boolean;
	/** What changes in an object. */
	readonly fieldsOf?: FieldsOf;
	/** Lines of the fields, where there is no room for a table. */
	readonly fields?: readonly Row[];
}

/**
 * What a sync will do to which objects, what it takes over from whom, and what it leaves alone and why: a table, what can
 * hurt first.
 */
export function planContents(content: PlanContent, frame: Frame, options: PlanOptions = {}): Content[] {
	const {hasCounts = true, fieldsOf = () => [], fields = []} = options;
	const groups = planGroups(content, frame.now);
	const rows = planRows(content, frame.now).filter(({count}) => hasCounts || count !== 0);
	const instead = rowLines([...rows, ...fields], frame);
	const table = planTable(groups, content.namespace, fieldsOf, frame);
	if (table.rows.length === 0) return instead;
	const counts = hasCounts ? countLines(groups, frame) : [];
	const verdict = verdictRows(content).map(row => ({...row, label: row.label || 'not deleted'}));
	const above = [...counts, ...rowLines(verdict, frame)];
	return [{type: 'table', table, above, instead}];
}

/** The same, a row a kind of thing. */
export function planRows(content: PlanContent, now: number): Row[] {
	const groups = planGroups(content, now).map(({verb, style, entries}): Row => {
		const isAll = verb === 'delete' || verb === 'not deleted';
		return {
			label: verb,
			style,
			count: entries.length,
			texts: entries.map(({text}) => text),
			limit: isAll ? entries.length : listedItems,
		};
	});
	return [...groups, ...verdictRows(content)];
}

/** What is said of the whole: deletions that are not part of it, and what an automatic sync would have waited for. */
function verdictRows({plan: {deletion}, warnings}: PlanContent): Row[] {
	const waits: Row = {label: 'waits', style: 'held', count: warnings.length, texts: warnings.map(formatProblem)};
	const rest = warnings.length > 0 ? [waits] : [];
	switch (deletion.type) {
		case 'none':
		case 'allowed':
			return rest;
		case 'needs-confirmation':
			return [{label: '', style: 'bad', texts: [`deletions wait for a person: ${deletion.reason}`]}, ...rest];
		case 'refused':
			return [{label: 'not deleted', style: 'bad', texts: [`deletions are refused: ${deletion.reason}`]}, ...rest];
	}
}
