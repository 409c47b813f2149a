import {readFileSync} from 'node:fs';
import {takeFingerprint} from '../../../source/engine/drift/fingerprint.ts';
import {type Inspection, inspect} from '../../../source/engine/drift/inspect.ts';
import type {Fingerprint} from '../../../source/model/drift.ts';
import {type KubernetesObject, type ObjectMetadata, refOf} from '../../../source/model/object.ts';
import {hashText} from './hash-text.ts';

/**
 * What real API servers answered: an object right after an apply of ours, and the same object after somebody did what the
 * name says. Status is left out; all values are made up.
 */
export interface Recording {
	readonly server: string;
	readonly name: string;
	/** Our field manager in this recording. */
	readonly manager: string;
	readonly desired: KubernetesObject;
	readonly applied: KubernetesObject;
	/** null: gone. */
	readonly observed: KubernetesObject | null;
}

export function readRecordings(file: string): Recording[] {
	return readLines(file) as Recording[];
}

/** One apply, and the metadata of every watch event of the rollout that it started. */
export function readRollout(file: string): {recording: Recording; events: ObjectMetadata[]} {
	const [recording, ...events] = readLines(file);
	return {recording: recording as Recording, events: events as ObjectMetadata[]};
}

function readLines(file: string): unknown[] {
	return readFileSync(new URL(`recordings/${file}`, import.meta.url), 'utf8')
		.trim()
		.split('\n')
		.map(line => JSON.parse(line));
}

export const recordedAt = Date.parse('2026-11-21T00:00:00Z');
export const inspectedAt = Date.parse('2026-11-22T00:00:00Z');

export function fingerprintOf({applied, manager}: Recording): Fingerprint {
	return takeFingerprint({object: applied, manager, desiredHash: 'd', appliedAt: recordedAt, hash: hashText})!;
}

export function inspectRecording(recording: Recording, view: 'metadata' | 'object'): Inspection {
	const {desired, observed} = recording;
	return inspect({
		ref: refOf(desired),
		fingerprint: fingerprintOf(recording),
		observed: view === 'metadata' && observed ? onlyMetadata(observed) : observed,
		view,
		desired: () => desired,
		seenAt: inspectedAt,
		notBefore: recordedAt,
		hash: hashText,
	});
}

export function onlyMetadata({apiVersion, kind, metadata}: KubernetesObject): KubernetesObject {
	return {apiVersion, kind, metadata};
}

/** An inspection as lines of text, without its times. */
export function describeInspection(inspection: Inspection): string[] {
	switch (inspection.type) {
		case 'ours':
			return ['ours', ...(inspection.disowned ?? []).map(path => `disowned ${path}`)];
		case 'terminating':
			return ['terminating'];
		case 'needs-object':
		case 'needs-dry-run':
			return [`${inspection.type}: ${inspection.why}`];
		case 'drift':
			return inspection.fields.map(field => {
				const door = [field.operation, field.subresource].filter(part => part !== undefined).join(' ');
				const values = `${field.was ?? `${field.was}`} → ${field.now ?? `${field.now}`}`;
				return `${field.class} ${field.path || '(object)'}: ${values} by ${field.manager}${door ? ` (${door})` : ''}, ${field.confidence}`;
			});
	}
}
