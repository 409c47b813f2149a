import {expect, test} from 'vitest';
import {observationOf} from '../../../source/engine/drift/observation.ts';
import {deployment, deploymentFields, entry, ours} from './objects.ts';

const base = observationOf(deployment());

test('a status write changes nothing of it', () => {
	const status = entry('kube-controller-manager', {'f:status': {}}, {subresource: 'status', time: '10:03:00'});
	const live = deployment({}, {resourceVersion: '200', entries: [ours(deploymentFields), status]});
	expect(observationOf(live)).toBe(base);
});

test.each([
	['the generation', deployment({}, {generation: 2})],
	['a label', deployment({}, {metadata: {labels: {tier: 'back'}}})],
	['an annotation', deployment({}, {metadata: {annotations: {a: 'b'}}})],
	['the uid', deployment({}, {metadata: {uid: 'other'}})],
	['a deletion', deployment({}, {metadata: {deletionTimestamp: '2026-03-01T10:04:00Z'}})],
	['the time of an entry', deployment({}, {entries: [ours(deploymentFields, {time: '10:03:00'})]})],
	['another entry', deployment({}, {entries: [ours(deploymentFields), entry('x', {'f:spec': {}})]})],
	['wiped managedFields', deployment({}, {entries: []})],
])('%s changes it', (_what, live) => {
	expect(observationOf(live)).not.toBe(base);
});
