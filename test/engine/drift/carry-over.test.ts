import {expect, test} from 'vitest';
import {carryOver} from '../../../source/engine/drift/carry-over.ts';
import type {FieldsV1} from '../../../source/model/object.ts';
import {
	deployment,
	deploymentFields,
	entry,
	fieldsOf,
	fingerprintOf,
	look,
	ours,
	webElement,
	without,
} from './objects.ts';

const replicas: FieldsV1 = {'f:spec': {'f:replicas': {}}};
const lostReplicas = without(deploymentFields, ['f:spec', 'f:replicas']);
const scale = entry('kubectl', replicas, {subresource: 'scale', time: null});

const before = deployment();
/** The answer to a heal of something else that left replicas to their new owner. */
const healed = deployment(
	{replicas: 5},
	{
		resourceVersion: '120',
		generation: 3,
		entries: [ours(lostReplicas, {time: '10:02:00'}), scale],
	},
);
const fresh = fingerprintOf(healed);

test('alone, the answer to a heal that left a path forgets it', () => {
	expect(look(before, healed, 'object', {fingerprint: fresh})).toEqual({type: 'ours'});
});

test('carried over, the path stands open, from metadata too, until its value is back', () => {
	const fingerprint = carryOver(fresh, fingerprintOf(before), {paths: ['spec.replicas']});
	for (const view of ['metadata', 'object'] as const) {
		expect(fieldsOf(look(before, healed, view, {fingerprint}))).toMatchObject([
			{path: 'spec.replicas', class: 'modified', was: '2', manager: 'kubectl'},
		]);
	}
	const back = {
		...healed,
		metadata: {...healed.metadata, generation: 4},
		spec: {...(healed.spec as object), replicas: 2},
	};
	expect(look(before, back, 'object', {fingerprint})).toMatchObject({type: 'ours', disowned: ['spec.replicas']});
});

test('what was carried back into our entry is ours alone again', () => {
	const fingerprint = carryOver(fingerprintOf(deployment({}, {resourceVersion: '130'})), fingerprintOf(before), {
		paths: ['spec.replicas'],
	});
	expect(fingerprint).toEqual(fingerprintOf(deployment({}, {resourceVersion: '130'})));
});

test('a path stands for all that we own below it; unknown and unreadable ones for nothing', () => {
	const item = `spec.template.spec.containers[name="web"]`;
	const rest = without(deploymentFields, ['f:spec', 'f:template', 'f:spec', 'f:containers']);
	const answer = deployment(
		{template: {spec: {containers: [], volumes: [{name: 'cache', emptyDir: {}}]}}},
		{entries: [ours(rest)]},
	);
	const fingerprint = carryOver(fingerprintOf(answer), fingerprintOf(before), {
		paths: [item, 'spec.nonsense', '[', ''],
	});
	expect(fingerprint.owned).toContain(JSON.stringify(webElement).slice(1, -1));
	expect(fieldsOf(look(before, answer, 'object', {fingerprint}))).toMatchObject([{path: item, class: 'removed'}]);
});

test('additions stay news only when they are kept', () => {
	const sidecar = entry('kubectl-edit', {'f:spec': {'f:paused': {}}}, {time: '10:01:30'});
	const answer = deployment(
		{paused: true},
		{resourceVersion: '120', entries: [ours(deploymentFields, {time: '10:02:00'}), sidecar]},
	);
	const former = fingerprintOf(before);
	const known = carryOver(fingerprintOf(answer), former, {paths: []});
	const kept = carryOver(fingerprintOf(answer), former, {paths: [], keepsAdditions: true});
	expect(look(before, answer, 'metadata', {fingerprint: known})).toEqual({type: 'ours'});
	expect(fieldsOf(look(before, answer, 'metadata', {fingerprint: kept}))).toMatchObject([
		{path: 'spec.paused', class: 'foreign-addition'},
	]);
});
