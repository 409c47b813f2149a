import {describe, expect, it} from 'vitest';
import {adoptedFields} from '../../../source/engine/adopt/fields.ts';
import type {DriftClass, FieldChange} from '../../../source/model/drift.ts';
import type {KubernetesObject} from '../../../source/model/object.ts';

const ref = {group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web'};
const field = (path: string, driftClass: DriftClass = 'modified'): FieldChange => ({
	path,
	class: driftClass,
	manager: 'kubectl-edit',
	notBefore: 0,
	notAfter: 0,
	confidence: 'exact',
	evidence: 'managedFields',
});
const object = (spec: object, labels?: Record<string, string>): KubernetesObject => ({
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name: 'web', ...(labels ? {labels} : {})},
	spec,
});

function adopt(options: {
	drifted: FieldChange[];
	paths?: string[];
	live?: KubernetesObject | null;
	kind?: string;
}): string {
	const isSecret = options.kind === 'Secret';
	const answer = adoptedFields({
		ref: isSecret ? {...ref, group: '', kind: 'Secret'} : ref,
		drifted: options.drifted,
		paths: options.paths ?? [],
		live: options.live === undefined ? object({replicas: 3, paused: true}, {team: 'a', keep: 'b'}) : options.live,
		desired: object({replicas: 2, revisionHistoryLimit: 5}, {keep: 'b'}),
	});
	if ('code' in answer) return answer.code;
	return answer.map(({path, live, desired}) => `${path}: ${desired} → ${live}`).join(', ');
}

describe('the fields of a live edit', () => {
	it.each([
		[
			'all that drifted',
			{drifted: [field('spec.replicas'), field('spec.paused', 'foreign-addition')]},
			'spec.replicas: 2 → 3, spec.paused: undefined → true',
		],
		[
			'what was taken out',
			{drifted: [field('spec.revisionHistoryLimit', 'removed')]},
			'spec.revisionHistoryLimit: 5 → undefined',
		],
		[
			'one of several',
			{drifted: [field('spec.replicas'), field('spec.paused')], paths: ['spec.paused']},
			'spec.paused: undefined → true',
		],
		[
			'all below a path',
			{drifted: [field('spec.replicas'), field('metadata.labels.team')], paths: ['metadata']},
			'metadata.labels.team: undefined → a',
		],
		[
			'a field by name that is no drift any more',
			{drifted: [], paths: ['metadata.labels.team']},
			'metadata.labels.team: undefined → a',
		],
		['a whole map by name is too much', {drifted: [], paths: ['metadata.labels']}, 'DriftGone'],
		[
			'a path that did not drift',
			{drifted: [field('spec.replicas')], paths: ['metadata.labels.keep']},
			'FieldNotDrifted',
		],
		['what was healed meanwhile', {drifted: [field('metadata.labels.keep')]}, 'DriftGone'],
		['nothing drifted', {drifted: []}, 'DriftGone'],
		['the object is gone', {drifted: [field('', 'deleted')], live: null}, 'AdoptRefused'],
		['another object of that name', {drifted: [field('', 'recreated')]}, 'AdoptRefused'],
		['a Secret', {drifted: [field('data.key')], kind: 'Secret'}, 'AdoptRefused'],
		[
			"kubectl's copy of the object",
			{drifted: [field('metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]')]},
			'AdoptRefused',
		],
	])('%s', (_name, options, expected) => expect(adopt(options)).toBe(expected));
});
