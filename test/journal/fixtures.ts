import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import {createIdFactory} from '../../source/journal/id.ts';
import {type JournalOptions, openJournal} from '../../source/journal/journal.ts';
import type {DriftEvent, FieldChange, Fingerprint} from '../../source/model/drift.ts';
import type {ErrorEntry} from '../../source/model/journal.ts';
import type {Journal} from '../../source/model/ports/journal.ts';

export const makeId = createIdFactory(Date.now, Math.random);

export function temporaryDirectory(): string {
	const directory = mkdtempSync(join(tmpdir(), 'holdfast-journal-'));
	onTestFinished(() => rmSync(directory, {recursive: true, force: true}));
	return directory;
}

/** Opens a journal that is closed when the test ends. */
export function openTestJournal(options: Partial<JournalOptions> & {directory: string}): Journal {
	const journal = openJournal({now: Date.now, ...options});
	onTestFinished(() => journal.close());
	return journal;
}

export function errorEntry(message: string, time: number, application = 'shop'): ErrorEntry {
	return {type: 'error', id: makeId(), time, application, problem: {code: 'Test', message}};
}

export function fieldChange(fields: Partial<FieldChange> & {path: string}): FieldChange {
	return {
		class: 'modified',
		manager: 'kubectl-scale',
		notBefore: 1,
		notAfter: 2,
		confidence: 'exact',
		evidence: 'managedFields',
		...fields,
	};
}

export function driftEvent(fields: Partial<DriftEvent> = {}): DriftEvent {
	return {
		id: makeId(),
		time: 1_000,
		application: 'shop',
		object: 'Deployment/web',
		key: 'apps/Deployment/shop/web',
		namespace: 'shop',
		type: 'modified',
		fields: [fieldChange({path: 'spec.replicas', was: '2', now: '5'})],
		action: 'healing',
		revision: 'abc',
		...fields,
	};
}

export function fingerprint(number: number, owned = '{"f:data":{"f:key":{}}}'): Fingerprint {
	return {
		uid: `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`,
		resourceVersion: String(1_000 + number),
		generation: number % 7,
		appliedAt: 1_700_000_000_000 + number,
		manager: 'holdfast',
		apiVersion: 'v1',
		entryTime: '2026-11-21T10:00:00Z',
		owned,
		leafHashes: 'AAAAAAAAAAA'.repeat(1 + (number % 5)),
		desiredHash: `hash-${number}`,
		others:
			number % 3 === 0
				? [
						{
							manager: 'kube-controller-manager',
							operation: 'Update',
							subresource: '',
							apiVersion: 'apps/v1',
							time: '2026-11-21T10:00:01Z',
							fields: '{}',
						},
					]
				: [],
	};
}

/** The messages of error entries and worker entries, in order. */
export function messagesOf(journal: Journal): string[] {
	return journal
		.query({})
		.map(entry =>
			entry.type === 'error' ? entry.problem.message : entry.type === 'worker' ? entry.message : entry.type,
		);
}
