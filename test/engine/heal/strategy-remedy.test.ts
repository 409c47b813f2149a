import {expect, test} from 'vitest';
import {strategyRemedy} from '../../../source/engine/heal/strategy-remedy.ts';

const workload = (kind: string, spec: object, apiVersion = 'apps/v1') => ({
	apiVersion,
	kind,
	metadata: {name: 'a'},
	spec,
});

test.each([
	['a Deployment that turns to Recreate', workload('Deployment', {strategy: {type: 'Recreate'}}), '/spec/strategy'],
	[
		'a DaemonSet that turns to OnDelete',
		workload('DaemonSet', {updateStrategy: {type: 'OnDelete'}}),
		'/spec/updateStrategy',
	],
	['a rolling Deployment', workload('Deployment', {strategy: {type: 'RollingUpdate'}}), null],
	['a Deployment that says nothing', workload('Deployment', {}), null],
	['another group', workload('Deployment', {strategy: {type: 'Recreate'}}, 'example.com/v1'), null],
])('%s', (_title, object, path) => {
	expect(strategyRemedy(object).map(operation => operation.path)).toEqual(path === null ? [] : [path]);
});
