import {describe, expect, test} from 'vitest';
import {inspect} from '../../../source/engine/drift/inspect.ts';
import {settleByDryRun} from '../../../source/engine/drift/settle.ts';
import {type KubernetesObject, refOf} from '../../../source/model/object.ts';
import {hashText} from './hash-text.ts';
import {recordedVerdicts} from './recorded-verdicts.ts';
import {
	describeInspection,
	fingerprintOf,
	inspectedAt,
	inspectRecording,
	onlyMetadata,
	readRecordings,
	readRollout,
	recordedAt,
} from './recordings.ts';

describe.each(Object.entries(recordedVerdicts))('recorded on a real server, %s', (file, verdicts) => {
	const recordings = new Map(readRecordings(file).map(recording => [recording.name, recording]));

	test('every recording has its verdict', () => {
		expect([...recordings.keys()]).toEqual(verdicts.map(verdict => verdict.name));
	});

	test.each(verdicts.map(verdict => [verdict.name, verdict] as const))('%s', (name, verdict) => {
		const recording = recordings.get(name)!;
		expect(describeInspection(inspectRecording(recording, 'metadata')), 'from metadata').toEqual(verdict.metadata);
		expect(describeInspection(inspectRecording(recording, 'object')), 'from the object').toEqual(verdict.object);
	});

	test.each([...recordings.keys()])('right after the apply nothing is wrong: %s', name => {
		const recording = recordings.get(name)!;
		for (const view of ['metadata', 'object'] as const) {
			expect(inspectRecording({...recording, observed: recording.applied}, view)).toEqual({type: 'ours'});
		}
	});

	test.each([...recordings.keys()])('all times lie between the apply and the look: %s', name => {
		const inspection = inspectRecording(recordings.get(name)!, 'object');
		for (const field of inspection.type === 'drift' ? inspection.fields : []) {
			expect(field.notBefore).toBe(recordedAt);
			expect(field.notAfter).toBeGreaterThanOrEqual(field.notBefore);
			expect(field.notAfter).toBeLessThanOrEqual(inspectedAt);
			if (field.evidence !== 'managedFields') expect(field.manager).toBe('unknown');
		}
	});

	test('no value of a Secret comes out, and no copy of an object from the annotation of kubectl apply', () => {
		for (const recording of recordings.values()) {
			const said = [inspectRecording(recording, 'metadata'), inspectRecording(recording, 'object')].flatMap(
				describeInspection,
			);
			// What the recordings' Secrets hold: hunter2, demo and x in base64.
			if (recording.desired.kind === 'Secret')
				expect(said.join('\n'), recording.name).not.toMatch(/aHVudGVyMg|ZGVtbw|eA==/);
			expect(said.join('\n'), recording.name).not.toContain('"kind"');
		}
	});
});

test('a whole rollout is status noise: events from before our apply, and after it', () => {
	const {recording, events} = readRollout('rollout-1.36.jsonl');
	const fingerprint = fingerprintOf(recording);
	expect(events).toHaveLength(17);
	for (const metadata of events) {
		const observed: KubernetesObject = {...onlyMetadata(recording.applied), metadata};
		const inspection = inspect({
			ref: refOf(recording.desired),
			fingerprint,
			observed,
			view: 'metadata',
			desired: () => {
				throw new Error('the desired object is not needed for noise');
			},
			seenAt: inspectedAt,
			notBefore: recordedAt,
			hash: hashText,
		});
		expect(inspection).toEqual({type: 'ours'});
	}
});

test('an object that is as an apply would make it settles as synced, and its live form can be fingerprinted', () => {
	for (const recording of readRecordings('kubernetes-1.36.jsonl')) {
		const {desired, applied, manager} = recording;
		const settled = settleByDryRun({
			ref: refOf(desired),
			live: applied,
			dryRun: structuredClone(applied),
			manager,
			desired,
			seenAt: inspectedAt,
			notBefore: recordedAt,
			hash: hashText,
		});
		expect(settled, recording.name).toEqual({isSynced: true, fields: [], differences: 0, canFingerprintLive: true});
	}
});
