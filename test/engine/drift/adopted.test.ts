import {expect, test} from 'vitest';
import {withoutAdopted} from '../../../source/engine/drift/adopted.ts';
import type {FieldChange} from '../../../source/model/drift.ts';
import {makeField} from '../../commands/fixtures.ts';

const ref = {group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web'};
const desired = {
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name: 'web', labels: {team: 'front'}},
	spec: {replicas: 5, template: {spec: {containers: [{name: 'web', image: 'nginx:1.29', args: ['x'.repeat(300)]}]}}},
};

test.each<[what: string, field: Partial<FieldChange>, stands: boolean]>([
	['the same value', {path: 'spec.replicas', now: '5'}, false],
	['another value', {path: 'spec.replicas', now: '7'}, true],
	['the same in a list item', {path: 'spec.template.spec.containers[name="web"].image', now: 'nginx:1.29'}, false],
	['taken out, and out of Git', {path: 'metadata.labels.old', now: null}, false],
	['taken out, and still in Git', {path: 'metadata.labels.team', now: null}, true],
	['added, and in Git', {path: 'metadata.labels.team', now: 'front', class: 'foreign-addition'}, false],
	['a value that was not read', {path: 'spec.replicas', now: undefined}, true],
	['a value that is not shown', {path: 'spec.replicas', now: '(redacted)'}, true],
	[
		'a value that is not shown whole',
		{path: 'spec.template.spec.containers[name="web"].args', now: `["${'x'.repeat(195)}…`},
		true,
	],
	['the object itself', {path: '', class: 'deleted', now: null}, true],
	['a path that cannot be read', {path: 'spec.[', now: '5'}, true],
])('%s', (_what, field, stands) => {
	const fields = [makeField(field)];
	expect(withoutAdopted(fields, {ref, desired})).toEqual(stands ? fields : []);
});
