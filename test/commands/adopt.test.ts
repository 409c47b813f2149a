import {afterEach, describe, expect, test} from 'vitest';
import {initiator} from '../../source/commands/session/connect.ts';
import {HoldfastError} from '../../source/model/errors.ts';
import type {AdoptAnswer, AdoptParameters} from '../../source/protocol/messages/adopt.ts';
import type {PushedChange} from '../../source/protocol/messages/change.ts';
import type {Handlers} from '../../source/protocol/server.ts';
import {type FakeWorker, type FakeWorkerOptions, startFakeWorker} from './fake-worker.ts';
import {makeApplication, makeEmptyPlan, makePreview, makeResource, revertCommit} from './fixtures.ts';

let worker: FakeWorker;
afterEach(() => worker.close());

const image = 'spec.template.spec.containers[name="web"].image';
const [effect] = makePreview().effects;
const preview = makePreview({
	message: 'Adopt the image of Deployment/web',
	diff: '@@ -9,1 +9,1 @@\n-  image: nginx:1.27   # keep\n+  image: nginx:1.28   # keep\n',
	effects: [{...effect!, plan: makeEmptyPlan(), objects: []}],
});
const pushed: PushedChange = {commit: revertCommit, branch: 'main', type: 'tracked', remoteMessage: '', nextSteps: []};

function answerWith(answer: Partial<AdoptAnswer> = {}, result: PushedChange = pushed): Handlers['adopt'] {
	return ({dryRun}) => ({
		preview,
		fields: [{path: image, live: 'nginx:1.28', desired: 'nginx:1.27', manager: 'kubectl-set'}],
		...(!dryRun && {result}),
		...answer,
	});
}

async function serve(adopt: Handlers['adopt'] = answerWith(), options: FakeWorkerOptions = {}): Promise<FakeWorker> {
	const resources = () => [makeResource('Deployment', 'web', {group: 'apps'})];
	worker = await startFakeWorker({
		applications: [makeApplication()],
		...options,
		handlers: {adopt, resources, ...options.handlers},
	});
	return worker;
}

function asked(): AdoptParameters[] {
	return worker.asked.filter(([name]) => name === 'adopt').map(([, parameters]) => parameters as AdoptParameters);
}

describe('what is asked of the worker', () => {
	const wish = {
		application: 'checkout',
		object: {kind: 'Deployment', name: 'web'},
		paths: [] as string[],
		initiatedBy: initiator(),
	};
	const cases: [readonly string[], object][] = [
		[['checkout/Deployment/web'], wish],
		[['checkout/deployment/web'], wish],
		[[`checkout/Deployment/web/${image}`], {...wish, paths: [image]}],
		[
			['checkout/Deployment/web', '--field', image, '--field=spec.replicas', '--field', image, '--branch', 'live'],
			{...wish, paths: [image, 'spec.replicas'], branch: 'live'},
		],
	];
	test.each(cases)('%j', async (words, parameters) => {
		const {code} = await (await serve()).run(['adopt', ...words, '--dry-run']);
		expect(asked()).toEqual([{...parameters, dryRun: true}]);
		expect(code).toBe(0);
	});

	test('the push carries the token of what was shown', async () => {
		const {code} = await (await serve()).run('adopt checkout/Deployment/web', {answers: ['yes']});
		expect(asked()).toEqual([
			{...wish, dryRun: true},
			{...wish, dryRun: false, token: 'token-1'},
		]);
		expect(code).toBe(0);
	});
});

describe('nothing is pushed', () => {
	const cases: [string, string, number, RegExp][] = [
		['without an object', 'adopt', 2, /adopt needs APPLICATION\/KIND\/NAME/],
		['of an application', 'adopt checkout', 2, /adopt takes one object, and checkout is an application/],
		['of two objects', 'adopt checkout/Deployment/web checkout/a/b', 2, /adopt takes one word/],
		['of a field and another', 'adopt checkout/Deployment/web/a --field b', 2, /names a field already/],
		['of an object that is not there', 'adopt checkout/Deployment/api', 2, /checkout has no Deployment\/api/],
		['of an application that is not there', 'adopt chekout/Deployment/web', 2, /Did you mean checkout\?/],
		[
			'where nobody can be asked',
			'adopt checkout/Deployment/web',
			2,
			/nobody can be asked here, so nothing was pushed/,
		],
		['by a dry run', 'adopt checkout/Deployment/web --dry-run --yes', 0, /^$/],
		['beside a worker that reconciles', 'adopt checkout/Deployment/web --once', 2, /worker 4711 holds these/],
	];
	test.each(cases)('%s', async (_name, text, code, message) => {
		const ended = await (await serve()).run(text);
		expect(ended.terminal.noted()).toMatch(message);
		expect(ended.code).toBe(code);
		expect(asked().filter(({dryRun}) => !dryRun)).toEqual([]);
	});

	test.each(['no', '', 'adopt', null])('by the answer %j', async answer => {
		const {code, terminal} = await (await serve()).run('adopt checkout/Deployment/web', {answers: [answer]});
		expect(terminal.questions).toEqual([
			'Commit the live Deployment/web and push it to main, with effect on eu-prod? Type yes to go on: ',
		]);
		expect(terminal.noted()).toBe('Nothing was pushed.\n');
		expect(code).toBe(1);
		expect(asked()).toHaveLength(1);
	});

	test('where the files cannot say it: 2, with the reason', async () => {
		const problem = {
			code: 'AdoptNotPossible',
			message: 'Deployment/web comes from a Helm chart',
			hint: 'change its values',
		};
		await serve(() => {
			throw new HoldfastError(problem);
		});
		const thrown = await worker.run('adopt checkout/Deployment/web --yes');
		expect(thrown.terminal.noted()).toContain('Deployment/web comes from a Helm chart [AdoptNotPossible]');
		expect(thrown.code).toBe(2);
		await worker.close();
		const {code, terminal} = await (await serve(answerWith({problem}))).run('adopt checkout/Deployment/web --yes');
		expect(terminal.noted()).toBe('✗ checkout: Deployment/web comes from a Helm chart. Change its values\n');
		expect(code).toBe(2);
		expect(asked()).toHaveLength(1);
	});
});

describe('what is said', () => {
	test('the fields, the diff, the effect; then where it went', async () => {
		const {terminal} = await (await serve()).run('adopt checkout/Deployment/web', {answers: ['yes']});
		expect(terminal.printed()).toMatchInlineSnapshot(`
			"Adopt Deployment/web of checkout into Git
			  spec.template.spec.containers[name="web"].image nginx:1.27→nginx:1.28, set by kubectl-set
			  message    Adopt the image of Deployment/web
			  author     Ana <ana@example.com>
			  push       to main; where that is refused, to a branch of its own
			  files      1 file, +1 -1
			    M deploy/checkout/web.yaml  +1 -1

			@@ -9,1 +9,1 @@
			-  image: nginx:1.27   # keep
			+  image: nginx:1.28   # keep

			checkout: nothing to do, 11 objects already as in Git at 9f3c1a2

			not touched: basket

			✓ checkout: pushed 5be1f0c to main
			  The drift of Deployment/web is gone with its next pull.
			"
		`);
	});

	test('where the tracked branch was refused: 1, with the commands that bring it in', async () => {
		const offered: PushedChange = {
			...pushed,
			type: 'offered',
			branch: 'adopt-web',
			nextSteps: ['git merge origin/adopt-web'],
			refusedBecause: 'protected branch',
		};
		const {code, terminal} = await (await serve(answerWith({}, offered))).run('adopt checkout/Deployment/web --yes');
		expect(terminal.printed()).toContain('≠ checkout: pushed 5be1f0c to adopt-web, not to main: protected branch\n');
		expect(terminal.printed()).toContain('    git merge origin/adopt-web\n');
		expect(terminal.printed()).toContain('with the first pull after the merge');
		expect(code).toBe(1);
	});

	test('nothing that could rewrite the screen', async () => {
		const fields = [{path: 'a\u001b[2J', live: '\u202e1', desired: null, manager: 'k\rubectl'}];
		const {terminal} = await (await serve(answerWith({fields}))).run('adopt checkout/Deployment/web --dry-run');
		expect(terminal.printed()).toContain('a\\x1b[2J (none)→\\u202e1, set by k\\rubectl');
		expect(terminal.printed()).not.toMatch(/[\u001b\u202e\r]/);
	});

	test('as JSON: one document; the question and what it is about go to stderr', async () => {
		const {terminal} = await (await serve()).run('adopt checkout/Deployment/web -o json', {answers: ['yes']});
		const value = JSON.parse(terminal.printed());
		expect(Object.keys(value)).toEqual(['application', 'object', 'outcome', 'fields', 'preview', 'result', 'problem']);
		expect(value).toMatchObject({
			application: 'checkout',
			object: 'Deployment/web',
			outcome: 'pushed',
			fields: [{path: image, live: 'nginx:1.28', desired: 'nginx:1.27', manager: 'kubectl-set'}],
			result: {commit: revertCommit, refusedBecause: null},
		});
		expect(terminal.noted()).toContain('Adopt Deployment/web of checkout into Git');
		const planned = await worker.run('adopt checkout/Deployment/web -o json --dry-run');
		expect(JSON.parse(planned.terminal.printed())).toMatchObject({outcome: 'planned', result: null});
		expect(planned.terminal.noted()).toBe('');
	});
});
