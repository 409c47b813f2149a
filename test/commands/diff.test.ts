import {afterEach, expect, test} from 'vitest';
import {HoldfastError} from '../../source/model/errors.ts';
import type {DiffAnswer} from '../../source/protocol/messages/diff.ts';
import {type FakeWorker, startFakeWorker} from './fake-worker.ts';
import {makeApplication, revision} from './fixtures.ts';

let worker: FakeWorker;
afterEach(() => worker.close());

const none: DiffAnswer = {application: 'checkout', revision, objects: [], problems: [], dryRuns: 0};
const some: DiffAnswer = {
	...none,
	dryRuns: 1,
	objects: [
		{
			object: 'Deployment/checkout',
			namespace: 'shop',
			group: 'apps',
			version: 'v1',
			action: 'change',
			fields: [{path: 'spec.replicas', live: '10', desired: '3', manager: 'kubectl'}],
			live: 'spec:\n  replicas: 10\n',
			desired: 'spec:\n  replicas: 3\n',
		},
	],
};
const problems = [{code: 'KindNotServed', message: 'Rollout is not served here', object: 'Rollout/web'}];

async function serve(diff: () => DiffAnswer): Promise<FakeWorker> {
	worker = await startFakeWorker({applications: [makeApplication()], handlers: {diff}});
	return worker;
}

test.each<[string, DiffAnswer, number]>([
	['no difference', none, 0],
	['differences', some, 1],
	['no difference in what could be compared', {...none, problems}, 2],
	['differences and more that could not be compared', {...some, problems}, 2],
])('%s: %#', async (_name, answer, code) => {
	await serve(() => answer);
	expect((await worker.run('diff checkout')).code).toBe(code);
	expect((await worker.run('diff checkout -o json')).code).toBe(code);
});

test('the diff goes to stdout, what it comes to and what went wrong to stderr', async () => {
	const {terminal} = await (await serve(() => ({...some, problems}))).run('diff checkout');
	expect(terminal.printed()).toContain('-  replicas: 10\n+  replicas: 3\n');
	expect(terminal.printed()).toContain('# set by kubectl');
	expect(terminal.printed()).not.toContain('Rollout');
	expect(terminal.noted()).toContain('✗ Rollout/web: Rollout is not served here');
	expect(terminal.noted()).toContain('0 to create, 1 to change, 0 to delete (1 dry run)');
});

test('no difference prints nothing to stdout', async () => {
	const {terminal} = await (await serve(() => none)).run('diff checkout');
	expect(terminal.printed()).toBe('');
	expect(terminal.noted()).toBe('checkout against Git 9f3c1a2: no difference\n');
});

test('an application that does not exist is 2, and the worker is not asked', async () => {
	const {code} = await (await serve(() => none)).run('diff chekout');
	expect(code).toBe(2);
	expect(worker.asked).toEqual([]);
});

test("the worker's own problem reaches the person with its code and hint", async () => {
	await serve(() => {
		throw new HoldfastError({code: 'ContextNotFound', message: 'there is no context eu', hint: 'Did you mean us?'});
	});
	const {code, terminal} = await worker.run('diff checkout');
	expect(code).toBe(2);
	expect(terminal.noted()).toBe('holdfast: there is no context eu [ContextNotFound]\n  Did you mean us?\n');
});
