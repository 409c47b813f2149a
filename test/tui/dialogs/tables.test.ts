import {describe, expect, test} from 'vitest';
import type {Plan} from '../../../source/model/plan.ts';
import {adoptedContent} from '../../../source/tui/dialogs/content/adopted.ts';
import {changeContents} from '../../../source/tui/dialogs/content/change.ts';
import {type Content, isTable, linesOnly} from '../../../source/tui/dialogs/content/content.ts';
import {holdsContent, holdsTable, putBackContent} from '../../../source/tui/dialogs/content/holds.ts';
import {planContents} from '../../../source/tui/dialogs/content/plan.ts';
import {glyphSets} from '../../../source/tui/theme/glyphs.ts';
import {placeTable} from '../../../source/tui/widgets/table/index.ts';
import {makeEmptyPlan, makeField, makeHold, makePlan, makePreview, now} from '../../commands/fixtures.ts';
import {frameOf, tableText, textOf} from '../frame.ts';
import {full, ref} from './full-plan.ts';

const content = {
	plan: full,
	namespace: 'shop',
	holds: [makeHold()],
	warnings: [{code: 'SyncWindow', message: 'a window is closed'}],
};

function tableIn(contents: readonly Content[]) {
	const [table] = contents.filter(isTable);
	if (!table) throw new Error('there is no table');
	return {...table, rows: tableText(table.table), above: textOf(table.above)};
}

describe('the table of a plan', () => {
	test('has a row an object, what can hurt first, each with a sign and a word', () => {
		const {rows, above} = tableIn(planContents(content, frameOf(96)));
		expect(above).toEqual([
			'delete 2   overwrites 1   take over 1   blocked 1   change 1   create 1   left alone 1   keep 1',
			'waits       1   a window is closed',
		]);
		expect(rows).toEqual([
			'ACTION | KIND | NAME | NAMESPACE | WHY',
			'- delete | ConfigMap | old-1 | shop | not in Git any more',
			'- delete | ConfigMap | old-2 | shop | not in Git any more',
			'! overwrites | Deployment | checkout | shop | held by somebody',
			'! take over | Deployment | checkout | shop | spec.replicas from kubectl-edit',
			'✗ blocked | Deployment | evil\\x1b[2J | other | it belongs to basket. Take it out there first',
			'~ change | Deployment | checkout | shop | drifted',
			'+ create | ConfigMap | extra | shop | new in Git',
			'‖ left alone | Deployment | checkout | shop | spec.replicas, held by ana@bastion-1 until 11:46Z (INC-2231)',
			'= keep | Namespace | shop |  | its kind is protected',
		]);
	});

	test('has the namespace in front of the name where there is no room for a column of its own', () => {
		const {rows, above} = tableIn(planContents(content, frameOf(76)));
		expect(above.slice(0, 2)).toEqual([
			'delete 2   overwrites 1   take over 1   blocked 1   change 1   create 1',
			'left alone 1   keep 1',
		]);
		expect(rows[0]).toBe('ACTION | KIND | NAME | WHY');
		expect(rows[5]).toContain('✗ blocked | Deployment | other/evil\\x1b[2J |');
	});

	test('says once in which namespace it is, where all of it is in one', () => {
		expect(tableIn(planContents({...content, plan: makePlan()}, frameOf(96))).rows[0]).toBe(
			'ACTION | KIND | NAME | WHY',
		);
	});

	test('says that nothing is deleted, too', () => {
		const {above} = tableIn(planContents({...content, plan: makePlan(), warnings: []}, frameOf(76)));
		expect(above).toEqual(['delete 0   take over 1   change 1   create 1']);
	});

	test.each<[string, Plan['deletion'], string, readonly string[]]>([
		[
			'wait for a person',
			{
				type: 'needs-confirmation',
				count: 2,
				reason: 'more than 1 of 11 objects',
				token: 'token',
				objects: ['ConfigMap/shop/old-1', 'Namespace/old'],
			},
			'not deleted     deletions wait for a person: more than 1 of 11 objects',
			[
				'! not deleted | ConfigMap | old-1 | waits for a person',
				'! not deleted | Namespace | old | waits for a person',
			],
		],
		[
			'are refused',
			{type: 'refused', reason: 'the render is empty'},
			'not deleted     deletions are refused: the render is empty',
			[],
		],
	])('says above which deletions %s', (_name, deletion, said, listed) => {
		const {rows, above} = tableIn(planContents({...content, plan: makePlan({deletion}), warnings: []}, frameOf(76)));
		expect(above.at(-1)).toBe(said);
		expect(rows.filter(row => row.includes('not deleted'))).toEqual(listed);
	});

	test('has signs that ASCII has', () => {
		const contents = planContents(content, frameOf(96, {glyphs: glyphSets.ascii}));
		expect(tableIn(contents).rows.join('')).toMatch(/^[ -~]*$/);
	});

	test('is not there where no object is spoken of', () => {
		const none = planContents({...content, plan: makeEmptyPlan(), warnings: []}, frameOf(76));
		expect(textOf(linesOnly(none))).toEqual(['change      0', 'create      0', 'delete      0']);
		expect(none.some(isTable)).toBe(false);
	});

	test.each([[76], [96], [136]])('fits into %i columns, with names as operators have them', width => {
		const name = 'certificaterequests.cert-manager.io';
		const blocked = [
			{ref: {...ref, kind: 'CustomResourceDefinition', name}, problem: {code: 'X', message: 'it is somebody else’s'}},
		];
		const {table} = tableIn(planContents({...content, plan: {...full, blocked}}, frameOf(width)));
		expect(placeTable(table, width)).not.toBe(null);
	});
});

describe('the plans of a change', () => {
	const preview = makePreview({}, 1);
	const [effect] = preview.effects;
	const drawn = (width: number) =>
		changeContents(
			{
				preview: {...preview, effects: [effect!, {...effect!, application: 'basket', plan: makeEmptyPlan()}, effect!]},
				holdsOf: () => [],
				isProduction: () => true,
				branch: null,
				extra: () => ['the verb’s own'],
			},
			frameOf(width),
		);

	test('are an application a table, with the fields beside their objects', () => {
		const contents = drawn(96);
		expect(contents.filter(isTable)).toHaveLength(2);
		const {rows, above, instead} = tableIn(contents);
		expect(above).toEqual([]);
		expect(rows).toEqual([
			'ACTION | KIND | NAME | WHY',
			'- delete | ConfigMap | old-1 | not in Git any more',
			'! take over | Deployment | checkout | spec.replicas from kubectl-edit',
			'~ change | Deployment | checkout | drifted\nspec.replicas 10 → 3',
			'+ create | ConfigMap | extra | new in Git',
		]);
		expect(textOf(instead).at(-1)).toBe('fields          Deployment/checkout spec.replicas 10 → 3');
		const lines = textOf(linesOnly(contents.filter(each => !isTable(each))));
		expect(lines).toContain(
			'cluster         checkout on eu-prod (PRODUCTION), namespace shop: 1 object change, 1 created, 1',
		);
		expect(lines).toContain('the verb’s own');
	});

	test('have the fields below where it is narrow, and say everything once in lines', () => {
		const field = 'fields          Deployment/checkout spec.replicas 10 → 3';
		const contents = drawn(76);
		expect(tableIn(contents).rows).toContain('~ change | Deployment | checkout | drifted');
		expect(textOf(linesOnly(contents.filter(each => !isTable(each))))).toContain(field);
		for (const width of [56, 96]) {
			expect(textOf(linesOnly(drawn(width))).filter(line => line === field)).toHaveLength(3);
		}
	});
});

describe('holds', () => {
	const field = makeHold({
		scope: {type: 'field', group: 'apps', kind: 'Deployment', namespace: '', name: 'checkout', path: 'spec.replicas'},
		until: null,
		reason: 'a\u0007bell',
	});
	const one = [
		{application: 'checkout', hold: makeHold()},
		{application: 'checkout', hold: field},
	];

	test('say what, who, until when and why', () => {
		expect(tableText(holdsTable(one, now))).toEqual([
			'WHAT | HELD BY | UNTIL | REASON',
			'the whole application | ana@bastion-1 | 11:46Z, 42m left | INC-2231',
			'Deployment/checkout spec.replicas | ana@bastion-1 | somebody resumes it (break-glass) | a\\x07bell',
		]);
	});

	test('of several applications name them, in lines too', () => {
		const several = holdsContent([...one, {application: 'basket', hold: makeHold()}], frameOf(96));
		expect(tableText(several.table).at(-1)).toContain('basket | the whole application |');
		expect(textOf(several.instead).at(-1)).toMatch(/^basket: the whole application held by ana@bastion-1 until 11:46Z/);
	});

	test('say what is put back when they end', () => {
		const {table, instead} = putBackContent(
			[
				{application: 'checkout', object: 'Deployment/checkout', field: makeField()},
				{application: 'checkout', object: 'ConfigMap/env', field: makeField({path: '', class: 'deleted'})},
			],
			frameOf(96),
		);
		expect(tableText(table)).toEqual([
			'OBJECT | FIELD | NOW | BACK TO | SET BY',
			'Deployment/checkout | spec.replicas | 10 | 3 | kubectl/scale',
			'ConfigMap/env |  | deleted |  | kubectl/scale',
		]);
		expect(textOf(instead)[0]).toBe('≋ put back: Deployment/checkout spec.replicas 10→3, set by kubectl/scale');
	});
});

test('what is adopted says what Git has, what the cluster has, and who set it', () => {
	const {table, instead} = adoptedContent(
		[
			{path: 'spec.replicas', live: '10', desired: '3', manager: 'kubectl'},
			{path: 'metadata.labels.team', live: 'pay\u0007', desired: null},
		],
		frameOf(96),
	);
	expect(tableText(table)).toEqual([
		'FIELD | IN GIT | LIVE | SET BY',
		'spec.replicas | 3 | 10 | kubectl',
		'metadata.labels.team | (none) | pay\\x07 | ',
	]);
	expect(textOf(instead)[0]).toBe('live        2   spec.replicas 3 to 10, set by kubectl');
});
