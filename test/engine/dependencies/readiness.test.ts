import {expect, it} from 'vitest';
import {type DependencyStatus, unreadyDependencies} from '../../../source/engine/dependencies/readiness.ts';
import type {OperationState} from '../../../source/model/status.ts';

const revision = 'a'.repeat(40);
const dependent = {repoURL: 'https://git/shop', target: 'main', revision};
const ready: DependencyStatus = {
	syncStatus: 'Synced',
	health: {status: 'Healthy'},
	operation: null,
	repoURL: 'https://git/shop',
	target: 'main',
	syncedRevision: revision,
};
const operation = (phase: OperationState['phase']): OperationState => ({phase}) as OperationState;

it.each<[string, Partial<DependencyStatus> | undefined, RegExp | null]>([
	['ready', {}, null],
	['ready after a sync', {operation: operation('Succeeded')}, null],
	['not known', undefined, /is not known here/],
	['out of sync', {syncStatus: 'OutOfSync'}, /it is OutOfSync/],
	['unknown', {syncStatus: 'Unknown'}, /it is Unknown/],
	['not healthy', {health: {status: 'Degraded', message: 'crash'}}, /it is Degraded \(crash\)/],
	['progressing', {health: {status: 'Progressing'}}, /it is Progressing$/],
	['at work: its PostSync hooks may still run', {operation: operation('Running')}, /is being synced/],
	['failed, though its objects are as in Git', {operation: operation('Failed')}, /last sync failed/],
	['at an older commit of the same branch', {syncedRevision: 'b'.repeat(40)}, /not at aaaaaaa yet/],
	['never synced', {syncedRevision: null}, /not at aaaaaaa yet/],
	['at another commit of another branch', {syncedRevision: 'b', target: 'stable'}, null],
	['at another commit of another repository', {syncedRevision: 'b', repoURL: 'https://git/base'}, null],
])('a dependency that is %s', (_title, changes, message) => {
	const status = changes && {...ready, ...changes};
	const problems = unreadyDependencies([{name: 'base', status}], dependent);
	if (message === null) expect(problems).toEqual([]);
	else {
		expect(problems).toMatchObject([{code: 'DependencyNotReady', object: 'Application/base'}]);
		expect(problems[0]?.message).toMatch(message);
		expect(problems[0]?.message).toContain('base');
	}
});

it('every one that is not ready is named', () => {
	const problems = unreadyDependencies(
		[
			{name: 'base', status: ready},
			{name: 'database', status: {...ready, syncStatus: 'OutOfSync'}},
			{name: 'queue', status: undefined},
		],
		dependent,
	);
	expect(problems.map(({object}) => object)).toEqual(['Application/database', 'Application/queue']);
});
