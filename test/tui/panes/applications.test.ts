import {describe, expect, test} from 'vitest';
import type {ApplicationStatus} from '../../../source/model/status.ts';
import {filterApplications} from '../../../source/tui/panes/applications/filter.ts';
import {applicationColumns, applicationRow} from '../../../source/tui/panes/applications/row.ts';
import {sortApplications} from '../../../source/tui/panes/applications/sort.ts';
import {lineWidth} from '../../../source/tui/widgets/fit/line.ts';
import {makeApplication, makeOperation, now} from '../../commands/fixtures.ts';
import {degraded, makeHold} from '../fixtures.ts';
import {frameOf, textOf} from '../frame.ts';

const counts = makeApplication().counts;
const shop: readonly ApplicationStatus[] = [
	makeApplication({name: 'mail', syncedAt: now - 3_600_000}),
	makeApplication({name: 'ledger', syncStatus: 'OutOfSync', holds: [makeHold()], counts: {...counts, drifted: 1}}),
	makeApplication({name: 'checkout', syncStatus: 'OutOfSync', health: degraded('x'), counts: {...counts, drifted: 2}}),
	makeApplication({name: 'basket', syncStatus: 'OutOfSync', syncedAt: now - 180_000, isAutomated: false}),
	makeApplication({
		name: 'search',
		operation: makeOperation({phase: 'Running', done: 7, total: 11}),
		context: 'us-dev',
	}),
];
const names = (applications: readonly ApplicationStatus[]) => applications.map(({name}) => name);
const rows = (width: number, applications = shop) =>
	textOf(applications.map(application => applicationRow(application, applicationColumns(width), frameOf(width))));

describe('the list of applications', () => {
	test.each<[number, boolean, string[]]>([
		[0, false, ['checkout', 'basket', 'ledger', 'search', 'mail']],
		[0, true, ['mail', 'search', 'ledger', 'basket', 'checkout']],
		[1, false, ['basket', 'checkout', 'ledger', 'mail', 'search']],
		[2, false, ['checkout', 'ledger', 'basket', 'mail', 'search']],
	])('order %i, reversed %s', (sort, isReversed, expected) => {
		expect(names(sortApplications(shop, sort, isReversed))).toEqual(expected);
	});

	test.each<[string, string[]]>([
		['', names(shop)],
		['check', ['checkout']],
		['sync=outofsync', ['ledger', 'checkout', 'basket']],
		['sync=out health=degraded', ['checkout']],
		['held', ['ledger']],
		['drifted !held', ['checkout']],
		['!sync=synced', ['ledger', 'checkout', 'basket']],
		['~chckout', ['checkout']],
		['context=us', ['search']],
		['manual', ['basket']],
		['syncing', ['search']],
		['nothing=here', []],
	])('filter %j', (text, expected) => {
		expect(names(filterApplications(shop, text))).toEqual(expected);
	});

	test('a row says its state in glyph and words, and who holds it', () => {
		expect(rows(77).map(line => line.split(/\s{2,}/))).toEqual([
			['✓ mail', 'Synced', 'Healthy', '9f3c1a2', '1 h'],
			['‖ ledger', 'OutOfSync', 'Healthy', '≋1', 'held 42 m by lena', '10 s'],
			['✗ checkout', 'OutOfSync', 'Degraded', '≋2', '9f3c1a2', '10 s'],
			['≠ basket', 'OutOfSync', 'Healthy', '9f3c1a2', '3 m'],
			['⟳ search', 'Synced', 'Healthy', 'syncing 7/11', '10 s'],
		]);
	});

	test('where there is little room a hold still says until when', () => {
		expect(rows(57)[1]).toMatch(/held 42 m$/);
	});

	test.each([57, 59, 77, 98, 120])('at %i columns every row is exactly as wide, and the state is never cut', width => {
		for (const application of [...shop, makeApplication({name: 'a-very-long-name-of-an-application-'.repeat(3)})]) {
			const line = applicationRow(application, applicationColumns(width), frameOf(width));
			expect(lineWidth(line)).toBeLessThanOrEqual(width);
			expect(textOf([line])[0]).toContain(application.syncStatus);
			expect(textOf([line])[0]).toContain(application.health.status);
		}
	});

	test('columns go from the right: age first, then the commit', () => {
		expect(applicationColumns(57).map(({id}) => id)).toEqual(['name', 'sync', 'health', 'drift', 'note']);
		expect(applicationColumns(48).map(({id}) => id)).toEqual(['name', 'sync', 'health', 'drift']);
	});

	test('long names are cut in the middle, wide characters count double, hostile ones become visible', () => {
		const [long, wide, hostile] = rows(57, [
			makeApplication({name: 'payments-gateway-of-the-eastern-region'}),
			makeApplication({name: '注文サービス注文サービス'}),
			makeApplication({name: 'a\u001b[31mb'}),
		]);
		expect(long).toMatch(/^✓ paym.*….*region/);
		expect(wide).toContain('Synced');
		expect(hostile).toContain('\\x1b');
	});
});
