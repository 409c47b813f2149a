import {describe, expect, test} from 'vitest';
import {guardEntry} from '../../source/journal/guard.ts';
import type {JournalEntry} from '../../source/model/journal.ts';
import {redacted} from '../../source/model/redact.ts';
import {driftEvent, fieldChange} from './fixtures.ts';

const secretKey = '/Secret/shop/db';
const value = 'c3VwZXItc2VjcmV0';

function guardedFields(key: string, path: string, was: string | null | undefined, now: string | null | undefined) {
	const event = driftEvent({key, fields: [fieldChange({path, was, now})]});
	const guarded = guardEntry({type: 'drift', id: event.id, time: 1, application: 'shop', event});
	if (guarded.type !== 'drift') throw new Error('not a drift entry');
	const field = guarded.event.fields[0];
	return [field?.was, field?.now];
}

describe('values of drift events', () => {
	test.each([
		['a value', secretKey, 'data.password', value, 'other', [redacted, redacted]],
		['a value in quotes', secretKey, 'data["tls.key"]', value, null, [redacted, null]],
		['stringData', secretKey, 'stringData.password', null, value, [null, redacted]],
		['all of data', secretKey, 'data', `{"password":"${value}"}`, undefined, [redacted, undefined]],
		['the whole object', secretKey, '', `data: {password: ${value}}`, null, [redacted, null]],
		['what is redacted already', secretKey, 'data.password', redacted, redacted, [redacted, redacted]],
		[
			'the copy kubectl keeps',
			secretKey,
			'metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]',
			value,
			value,
			[redacted, redacted],
		],
		['a label of a Secret', secretKey, 'metadata.labels.team', 'a', 'b', ['a', 'b']],
		['the type of a Secret', secretKey, 'type', 'Opaque', 'x', ['Opaque', 'x']],
		['a ConfigMap', '/ConfigMap/shop/settings', 'data.color', 'red', 'blue', ['red', 'blue']],
		['another group’s Secret', 'example.com/Secret/shop/db', 'data.color', 'red', 'blue', ['red', 'blue']],
	])('%s', (_name, key, path, was, now, expected) => {
		expect(guardedFields(key, path, was, now)).toEqual(expected);
	});
});

test('a failure’s reason loses what the API server quotes', () => {
	const reason = `Secret "db" is invalid: data.password: Invalid value: "${value}"`;
	const event = driftEvent({key: secretKey, action: 'failed', reason});
	expect(JSON.stringify(guardEntry({type: 'drift', id: event.id, time: 1, application: 'shop', event}))).not.toContain(
		value,
	);
});

describe('messages', () => {
	const leak = `data.password: Invalid value: "${value}"`;
	const sync = {
		type: 'sync',
		id: '1',
		time: 1,
		application: 'shop',
		revision: 'a',
		initiatedBy: 'x',
		phase: 'Failed',
		duration: 1,
		created: 0,
		changed: 0,
		deleted: 0,
		failed: 1,
	} as const;
	const entries: readonly JournalEntry[] = [
		{
			...sync,
			message: 'one failed',
			results: [{object: 'Secret/db', action: 'change', result: 'Failed', message: leak}],
		},
		{...sync, message: `Secret/db: ${leak}`, results: []},
		{
			type: 'error',
			id: '1',
			time: 1,
			application: 'shop',
			problem: {code: 'X', message: leak, object: 'Secret/shop/db'},
		},
		{
			type: 'error',
			id: '1',
			time: 1,
			application: 'shop',
			problem: {code: 'X', message: `Secret "db" is invalid: ${leak}`},
		},
	];
	test.each(entries)('a Secret’s value in entry %#', entry => {
		const text = JSON.stringify(guardEntry(entry));
		expect(text).not.toContain(value);
		expect(text).toContain('data.password');
	});

	test('other objects’ messages stay as they are', () => {
		const message = 'Deployment.apps "web" is invalid: spec.replicas: Invalid value: "aaaaaaaaaaaaaaaaaaaaaaaa"';
		const entry: JournalEntry = {
			...sync,
			message,
			results: [{object: 'Deployment/web', action: 'change', result: 'Failed', message}],
		};
		expect(guardEntry(entry)).toEqual(entry);
	});
});
