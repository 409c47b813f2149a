import {describe, expect, test} from 'vitest';
import type {Plan} from '../../../source/model/plan.ts';
import {scrolledBy, scrollTo} from '../../../source/tui/dialogs/box/scroll.ts';
import {actLines} from '../../../source/tui/dialogs/content/acts.ts';
import {linesOnly} from '../../../source/tui/dialogs/content/content.ts';
import {objectDiffLines, patchLines} from '../../../source/tui/dialogs/content/diff.ts';
import {followLines} from '../../../source/tui/dialogs/content/follow.ts';
import {planContents} from '../../../source/tui/dialogs/content/plan.ts';
import type {PlanContent} from '../../../source/tui/dialogs/content/plan-groups.ts';
import type {Frame} from '../../../source/tui/present/frame.ts';
import {lineWidth} from '../../../source/tui/widgets/fit/line.ts';
import {makeHold, makePlan, now} from '../../commands/fixtures.ts';
import {frameOf, textOf} from '../frame.ts';
import {full} from './full-plan.ts';

const refused: Plan = {...full, deletion: {type: 'refused', reason: 'the render is empty'}};
const content = {
	plan: refused,
	namespace: 'shop',
	holds: [makeHold()],
	warnings: [{code: 'SyncWindow', message: 'a window is closed'}],
};

const planLines = (plan: PlanContent, frame: Frame) => linesOnly(planContents(plan, frame));

describe('a plan in lines', () => {
	test('at 120 columns', () =>
		expect(textOf(planLines(content, frameOf(100)))).toMatchInlineSnapshot(`
		[
		  "change      1   Deployment/checkout (drifted)",
		  "create      1   ConfigMap/extra (new in Git)",
		  "delete      2   ConfigMap/old-1 (not in Git any more)",
		  "                ConfigMap/old-2 (not in Git any more)",
		  "take over   1   Deployment/checkout spec.replicas from kubectl-edit",
		  "left alone  1   Deployment/checkout spec.replicas, held by ana@bastion-1 until 11:46Z (INC-2231)",
		  "overwrites  1   Deployment/checkout, held by somebody",
		  "blocked     1   Deployment/other/evil\\x1b[2J: it belongs to basket. Take it out there first",
		  "keep        1   Namespace/shop: its kind is protected",
		  "not deleted     deletions are refused: the render is empty",
		  "waits       1   a window is closed",
		]
	`));
	test('at 80 columns', () =>
		expect(textOf(planLines(content, frameOf(76)))).toMatchInlineSnapshot(`
		[
		  "change      1   Deployment/checkout (drifted)",
		  "create      1   ConfigMap/extra (new in Git)",
		  "delete      2   ConfigMap/old-1 (not in Git any more)",
		  "                ConfigMap/old-2 (not in Git any more)",
		  "take over   1   Deployment/checkout spec.replicas from kubectl-edit",
		  "left alone  1   Deployment/checkout spec.replicas, held by ana@bastion-1",
		  "                  until 11:46Z (INC-2231)",
		  "overwrites  1   Deployment/checkout, held by somebody",
		  "blocked     1   Deployment/other/evil\\x1b[2J: it belongs to basket. Take it",
		  "                  out there first",
		  "keep        1   Namespace/shop: its kind is protected",
		  "not deleted     deletions are refused: the render is empty",
		  "waits       1   a window is closed",
		]
	`));
	test('at 60 columns', () =>
		expect(textOf(planLines(content, frameOf(56)))).toMatchInlineSnapshot(`
		[
		  "change      1   Deployment/checkout (drifted)",
		  "create      1   ConfigMap/extra (new in Git)",
		  "delete      2   ConfigMap/old-1 (not in Git any more)",
		  "                ConfigMap/old-2 (not in Git any more)",
		  "take over   1   Deployment/checkout spec.replicas from",
		  "                  kubectl-edit",
		  "left alone  1   Deployment/checkout spec.replicas, held",
		  "                  by ana@bastion-1 until 11:46Z",
		  "                  (INC-2231)",
		  "overwrites  1   Deployment/checkout, held by somebody",
		  "blocked     1   Deployment/other/evil\\x1b[2J: it belongs",
		  "                  to basket. Take it out there first",
		  "keep        1   Namespace/shop: its kind is protected",
		  "not deleted     deletions are refused: the render is",
		  "                  empty",
		  "waits       1   a window is closed",
		]
	`));

	test.each([[20], [56], [76], [100]])('is never wider than %i columns', width => {
		for (const line of planLines(content, frameOf(width)))
			expect(lineWidth(line)).toBeLessThanOrEqual(Math.max(width, 17));
	});

	test('names every deletion to the last, whatever there is of the rest', () => {
		const many = planLines({...content, plan: makePlan({}, 300)}, frameOf(76));
		expect(textOf(many).filter(line => line.includes('old-'))).toHaveLength(300);
	});
});

test('a diff of objects shows fields, values and who set them', () => {
	const lines = objectDiffLines(
		[
			{
				object: 'Deployment/checkout',
				namespace: 'shop',
				group: 'apps',
				version: 'v1',
				action: 'change',
				fields: [
					{path: 'spec.replicas', live: '10', desired: '3', manager: 'kubectl'},
					{path: 'metadata.labels.team\u202e', live: null, desired: 'pay\u0007'},
				],
			},
		],
		frameOf(80),
	);
	expect(textOf(lines)).toEqual([
		'change Deployment/checkout  shop',
		'  spec.replicas 10 → 3  (set by kubectl)',
		'  metadata.labels.team\\u202e (none) → pay\\x07',
	]);
});

test('a patch shows escapes as escapes and says where it is cut', () => {
	expect(textOf(patchLines('+a\u001b[31m\n-\tb\n', true, frameOf(80)))).toEqual([
		'+a\\x1b[31m',
		'-    b',
		'… the diff is longer; it is cut here',
	]);
});

test('what was done stands with who, where, when and what came of it', () => {
	const act = {
		id: 1,
		time: now,
		who: 'ana@bastion-1',
		verb: 'hold',
		target: 'checkout',
		where: 'eu-prod',
		state: 'done',
		result: '1 held',
		undo: {type: 'none', help: ''},
		isUndone: true,
	} as const;
	expect(textOf(actLines([act], frameOf(60))).map(line => line.replace(/^\d\d:/, 'HH:'))).toEqual([
		'HH:04:31 ✓ done hold checkout, undone',
		'         on eu-prod, by ana@bastion-1: 1 held',
	]);
	expect(textOf(actLines([], frameOf(80)))[0]).toContain('Nothing was done from this screen yet.');
});

test.each([
	[0, 3, ['a', 'b', 'c'], '1-3/5'],
	[9, 3, ['c', 'd', 'e'], '3-5/5'],
	[0, 5, ['a', 'b', 'c', 'd', 'e'], ''],
])('from line %i, %i lines', (top, height, lines, position) => {
	expect(scrollTo(['a', 'b', 'c', 'd', 'e'], top, height)).toMatchObject({lines, position});
});

test('keys scroll by a line, a page, to the ends, and others do not', () => {
	const chords = ['down', 'up', 'pagedown', 'pageup', 'home', 'x'];
	expect(chords.map(chord => scrolledBy(chord, 10, 5))).toEqual([11, 9, 14, 6, 0, null]);
});

test('the way of a revert loses its beginning where there is no room', () => {
	const step = (text: string, state: 'done' | 'running' | 'waiting') => ({text, state});
	const follow = {
		application: 'checkout',
		title: 'revert 9f3c1a2',
		steps: [
			step('reverted 9f3c1a2', 'done'),
			step('pushed 5be1f0c', 'done'),
			step('pulled', 'done'),
			step('syncing 1/2', 'running'),
			step('healthy', 'waiting'),
		],
		message: '',
		isOver: false,
	};
	expect([80, 58, 40, 5].map(width => textOf(followLines(follow, frameOf(width)))[0])).toEqual([
		'✓ reverted 9f3c1a2  ✓ pushed 5be1f0c  ✓ pulled  ⟳ syncing 1/2  · healthy',
		'… ✓ pushed 5be1f0c  ✓ pulled  ⟳ syncing 1/2  · healthy',
		'… ✓ pulled  ⟳ syncing 1/2  · healthy',
		'… · healthy',
	]);
});
