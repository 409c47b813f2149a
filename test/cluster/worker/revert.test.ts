import {mkdirSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {stringify} from 'yaml';
import type {Problem} from '../../../source/model/errors.ts';
import type {RevertAnswer, RevertParameters} from '../../../source/protocol/messages/revert.ts';
import {hasKustomize} from '../renderers.ts';
import {plane} from '../shared-control-plane.ts';
import {doneItems, plannedItems} from './planned.ts';
import {configMap, deployment, secret, service} from './shop.ts';
import {createWorkerBench, eventually, uniqueName, type WorkerBench} from './worker-bench.ts';

const kubectl = (...parameters: string[]): Promise<string> => plane!.kubectl(parameters);

const lines = (value: number): string => `${'line\n'.repeat(20)}value: ${value}\n`;

describe.skipIf(!plane || !hasKustomize)('reverting a commit, on a real cluster', () => {
	const shop = uniqueName('shop');
	const cart = uniqueName('cart');
	const manual = uniqueName('manual');
	const over = uniqueName('over');
	const root = uniqueName('root');
	const child = uniqueName('child');
	let bench: WorkerBench;

	const parameters = (commits: string, more: Partial<RevertParameters> = {}): RevertParameters => ({
		application: shop,
		commits,
		reason: 'it hurts',
		initiatedBy: 'ana@bastion-1',
		dryRun: true,
		...more,
	});
	const preview = (commits: string, more: Partial<RevertParameters> = {}): Promise<RevertAnswer> =>
		bench.client.revert(parameters(commits, more));
	const carryOut = (commits: string, seen: RevertAnswer, more: Partial<RevertParameters> = {}) =>
		bench.client.revert(parameters(commits, {...more, dryRun: false, token: seen.preview.token}));
	const problemOf = async (answer: Promise<unknown>): Promise<Problem> => {
		try {
			await answer;
		} catch (error) {
			return (error as {problem: Problem}).problem;
		}
		throw new Error('it was not refused');
	};
	/** A colleague who pulls before they push. */
	const push = (message: string, files: Record<string, string | null>): string => {
		bench.remote.git('pull', '--quiet', '--rebase', 'origin', 'main');
		return bench.remote.push(message, files);
	};
	const sync = async (message: string, files: Record<string, string | null>): Promise<string> => {
		const commit = push(message, files);
		await bench.refresh();
		await eventually(async () => expect((await bench.status(shop)).syncedRevision).toBe(commit));
		return commit;
	};
	const hook = (name: string, script: string | null): void => {
		const file = path.join(bench.remote.url, 'hooks', name);
		mkdirSync(path.dirname(file), {recursive: true});
		if (script === null) rmSync(file);
		else writeFileSync(file, `#!/bin/sh\n${script}\n`, {mode: 0o755});
	};
	const phases = (application: string) =>
		[...bench.entries.values()].flatMap(entry =>
			entry.type === 'revert' && entry.application === application ? [entry.phase] : [],
		);

	beforeAll(async () => {
		bench = createWorkerBench({
			kubeconfig: plane!.kubeconfig,
			applications: [
				{name: shop, path: 'shop', namespace: shop},
				{name: cart, path: 'cart', namespace: cart},
				{name: manual, path: 'manual', namespace: manual, syncPolicy: {automated: undefined}},
				{name: over, path: 'over', namespace: over},
				{name: root, path: 'root', namespace: root},
			],
		});
		// The parent of the first one has none of the folders.
		bench.remote.push('nothing yet', {'README.md': 'to come'});
		bench.remote.push('first', {
			'shop/web.yaml': deployment({replicas: 0}),
			'shop/old.yaml': deployment({name: 'old', replicas: 0}),
			'shop/settings.yaml': configMap('settings', {mode: 'calm'}),
			'shop/service.yaml': service(),
			'cart/cart.yaml': configMap('cart', {limit: '1'}),
			'base/base.yaml': configMap('base', {limit: '1'}),
			'base/kustomization.yaml': 'resources: [base.yaml]\n',
			'root/settings.yaml': configMap('settings', {a: '1'}),
			'over/kustomization.yaml': 'resources: [../base]\n',
			'manual/manual.yaml': configMap('manual', {limit: '1'}),
		});
		await bench.start();
		await bench.synced(shop, cart, over, root);
	});
	afterAll(async () => {
		await bench?.close();
		await kubectl('delete', 'namespace', shop, cart, manual, over, root, child, '--wait=false', '--ignore-not-found');
	});

	test('a commit that scales goes back as its preview said, and the log tells the story', async () => {
		const bad = await sync('Scale web', {'shop/web.yaml': deployment({replicas: 7})});
		const before = await bench.counters();
		const seen = await preview(bad);
		expect((await bench.counters()).writes).toBe(before.writes);
		expect(seen.reverted.map(({id}) => id)).toEqual([bad]);
		expect(seen.preview.message).toBe(
			`Revert "Scale web"\n\nThis reverts commit ${bad}.\n\nHoldfast-Application: ${shop}\nHoldfast-Reason: it hurts`,
		);
		expect(seen.preview.diff).toContain('-  replicas: 7\n+  replicas: 0\n');
		expect([...seen.preview.untouched].sort()).toEqual([cart, manual, over, root].sort());
		const [effect, ...others] = seen.preview.effects;
		expect(others).toEqual([]);
		expect(plannedItems(effect!)).toEqual(['change Deployment/web']);
		expect(effect!.objects).toMatchObject([
			{object: 'Deployment/web', action: 'change', fields: [{path: 'spec.replicas', live: '7', desired: '0'}]},
		]);
		expect((await bench.status(shop)).revision).toBe(bad);
		const answer = await carryOut(bad, seen);
		expect(answer).toMatchObject({result: {type: 'tracked', branch: 'main', nextSteps: []}});
		const {commit} = answer.result!;
		expect(await doneItems(bench, shop, commit)).toEqual(plannedItems(effect!));
		expect(await kubectl('get', 'deployment/web', '-n', shop, '-o', 'jsonpath={.spec.replicas}')).toBe('0');
		await eventually(() => expect(phases(shop)).toEqual(['prepared', 'pushed', 'landed']));
		const {commits, branch} = await bench.client.log({application: shop, limit: 10});
		expect(branch).toBe('main');
		expect(
			commits.map(({id, state, reverts, revertedBy, objects}) => ({id, state, reverts, revertedBy, objects})),
		).toEqual([
			{id: commit, state: 'live', reverts: bad, objects: {created: 0, changed: 1, deleted: 0}},
			{id: bad, state: 'past', revertedBy: commit, objects: {created: 0, changed: 1, deleted: 0}},
			{id: expect.any(String), state: 'past', objects: {created: 4, changed: 0, deleted: 0}},
		]);
		const {data} = JSON.parse(await kubectl('get', 'configmap', `holdfast-${shop}`, '-n', shop, '-o', 'json'));
		expect(data.revert).toBeUndefined();
	});

	test('a deleted Deployment comes back; reverting that again deletes it by name', async () => {
		const bad = await sync('Remove old', {'shop/old.yaml': null});
		expect(await kubectl('get', 'deployment', '-n', shop, '-o', 'name')).not.toContain('/old');
		const seen = await preview(bad);
		expect(seen.preview.effects.map(plannedItems)).toEqual([['create Deployment/old']]);
		const {result} = await carryOut(bad, seen);
		expect(await doneItems(bench, shop, result!.commit)).toEqual(['create Deployment/old']);
		const again = await preview(result!.commit);
		expect(again.preview.message).toMatch(/^(Reapply|Revert "Revert) "Remove old"/);
		expect(again.preview.effects.map(plannedItems)).toEqual([['delete Deployment/old']]);
		expect(again.preview.effects[0]!.plan.deletion).toMatchObject({type: 'allowed', count: 1});
		const redone = await carryOut(result!.commit, again);
		expect(await doneItems(bench, shop, redone.result!.commit)).toEqual(['delete Deployment/old']);
	});

	test('a commit that spans two applications is planned for both, and says which does not follow by itself', async () => {
		const bad = await sync('Everywhere', {
			'shop/settings.yaml': configMap('settings', {mode: 'wild'}),
			'shop/more.yaml': configMap('more', {a: '1'}),
			'cart/cart.yaml': configMap('cart', {limit: '2'}),
			'manual/manual.yaml': configMap('manual', {limit: '2'}),
		});
		await eventually(async () => expect((await bench.status(cart)).syncedRevision).toBe(bad));
		const seen = await preview(bad);
		const planned = new Map(seen.preview.effects.map(effect => [effect.application, plannedItems(effect)]));
		expect([...planned.keys()][0]).toBe(shop);
		expect(planned.get(shop)).toEqual(['change ConfigMap/settings', 'delete ConfigMap/more']);
		expect(planned.get(cart)).toEqual(['change ConfigMap/cart']);
		const unfollowed = seen.preview.effects.find(({application}) => application === manual)!;
		expect(unfollowed.isAutomated).toBe(false);
		expect(unfollowed.problems.map(({code}) => code)).toContain('NotAutomated');
		const {result} = await carryOut(bad, seen);
		for (const name of [shop, cart]) expect(await doneItems(bench, name, result!.commit)).toEqual(planned.get(name));
		expect(phases(cart).slice(0, 2)).toEqual(['prepared', 'pushed']);
	});

	test('a merge needs to know its parent, and then takes everything back that it brought', async () => {
		const {git} = bench.remote;
		git('pull', '--quiet', '--rebase', 'origin', 'main');
		git('checkout', '--quiet', '-b', 'feature');
		writeFileSync(path.join(bench.remote.clone, 'shop/feature.yaml'), configMap('feature', {a: '1'}));
		git('add', '--all');
		git('commit', '--quiet', '-m', 'A feature');
		git('checkout', '--quiet', 'main');
		git('merge', '--quiet', '--no-ff', '-m', 'Merge feature', 'feature');
		git('push', '--quiet', 'origin', 'main');
		const merge = git('rev-parse', 'HEAD').trim();
		await bench.refresh();
		await eventually(async () => expect((await bench.status(shop)).syncedRevision).toBe(merge));
		expect(await problemOf(preview(merge))).toMatchObject({code: 'RevertMerge'});
		const seen = await preview(merge, {mainline: 1});
		expect(seen.preview.effects.map(plannedItems)).toEqual([['delete ConfigMap/feature']]);
		const {result} = await carryOut(merge, seen, {mainline: 1});
		expect(await doneItems(bench, shop, result!.commit)).toEqual(['delete ConfigMap/feature']);
	});

	test('a commit far from the folder of an application is its own when its render reads it', async () => {
		const bad = push('Base', {'base/base.yaml': configMap('base', {limit: '2'})});
		await bench.refresh();
		await eventually(async () => expect((await bench.status(over)).syncedRevision).toBe(bad));
		const before = await bench.client.log({application: over, limit: 1});
		expect(before.commits).toMatchObject([{id: bad, state: 'live', objects: {created: 0, changed: 1, deleted: 0}}]);
		const seen = await preview(bad, {application: over});
		expect(seen.preview.effects.map(({application, ...effect}) => [application, ...plannedItems(effect)])).toEqual([
			[over, 'change ConfigMap/base'],
		]);
		const {result} = await carryOut(bad, seen, {application: over});
		expect(await doneItems(bench, over, result!.commit)).toEqual(['change ConfigMap/base']);
	});

	test('an application that a commit brought goes with its revert, and what it made is named', async () => {
		const declared = stringify({
			apiVersion: 'argoproj.io/v1alpha1',
			kind: 'Application',
			metadata: {name: child, finalizers: ['resources-finalizer.argocd.argoproj.io']},
			spec: {
				source: {repoURL: bench.remote.url, targetRevision: 'main', path: 'child'},
				destination: {namespace: child},
				syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: ['CreateNamespace=true']},
			},
		});
		const bad = push('A child', {'root/child.yaml': declared, 'child/settings.yaml': configMap('settings', {a: '1'})});
		await bench.refresh();
		await eventually(() => bench.synced(root, child));
		const seen = await preview(bad, {application: root});
		const effect = seen.preview.effects.find(({application}) => application === root)!;
		expect(plannedItems(effect)).toEqual([`delete Application/${child}`]);
		expect(effect.problems).toMatchObject([
			{code: 'ApplicationGoes', message: `application ${child} goes, with everything it made (objects: 1)`},
		]);
		const own = seen.preview.effects.find(({application}) => application === child);
		expect(own?.problems.map(({code}) => code)).toEqual(['ApplicationGoes']);
		expect(effect.objects).toMatchObject([{object: `Application/${child}`, action: 'delete'}]);
		const {result} = await carryOut(bad, seen, {application: root});
		expect(result).toMatchObject({type: 'tracked'});
		// It waits for what it made to be gone, over several tries if need be.
		await eventually(async () => {
			const {applications} = await bench.client.snapshot({applications: []});
			expect(applications.map(({name}) => name)).not.toContain(child);
		}, 60_000);
		expect(await kubectl('get', 'configmap', '-n', child, '-o', 'name')).not.toMatch(/settings|holdfast/);
	});

	test('what cannot be reverted is said, and leaves nothing behind', async () => {
		const {git} = bench.remote;
		const bad = await sync('Mode', {'shop/settings.yaml': configMap('settings', {mode: 'one'})});
		await sync('Mode again', {'shop/settings.yaml': configMap('settings', {mode: 'two'})});
		const elsewhere = push('A readme', {'README.md': 'hello\n'});
		await bench.refresh();
		const root = git('rev-list', '--max-parents=0', 'HEAD').trim();
		for (const [commits, code] of [
			[bad, 'RevertConflict'],
			[root, 'RevertRoot'],
			[elsewhere, 'CommitNotInApplication'],
			['0123456789', 'CommitNotFound'],
		] as const) {
			expect(await problemOf(preview(commits))).toMatchObject({code});
		}
		const theirs = push('Cart', {'cart/cart.yaml': configMap('cart', {limit: '3'})});
		await bench.refresh();
		const problem = await problemOf(preview(theirs));
		expect(problem).toMatchObject({code: 'CommitNotInApplication', hint: expect.stringContaining(cart)});
		expect((await preview(theirs, {application: cart})).preview.effects).toHaveLength(1);
		expect(readdirSync(tmpdir()).filter(name => name.startsWith(`holdfast-commit-${process.pid}-`))).toEqual([]);
	});

	test('nothing is pushed that nobody saw', async () => {
		const bad = await sync('Unseen', {'shop/settings.yaml': configMap('settings', {mode: 'three'})});
		const seen = await preview(bad);
		expect((await bench.client.revert(parameters(bad, {dryRun: false}))).problem).toMatchObject({
			code: 'PreviewRequired',
		});
		// A branch that somebody forgot to name is not the tracked one.
		expect(await problemOf(carryOut(bad, seen, {branch: ''}))).toMatchObject({code: 'InvalidBranchName'});
		expect((await bench.status(shop)).conditions).toEqual([]);
		// Somebody drifts what the revert would delete, or change: it is another plan now.
		push('Also', {'shop/more.yaml': configMap('more', {a: '2'})});
		const other = await preview(bad);
		expect(other.preview.token).not.toBe(seen.preview.token);
		expect((await carryOut(bad, seen)).problem).toMatchObject({code: 'PlanChanged'});
		await bench.refresh();
		await bench.synced(shop);
	});

	test('what a commit does to files that no application reads is seen too, or not pushed', async () => {
		push('Elsewhere', {'elsewhere/a.yaml': lines(1), 'shop/more.yaml': configMap('more', {a: '1'})});
		const bad = push('Both', {'elsewhere/a.yaml': lines(2), 'shop/more.yaml': configMap('more', {a: '2'})});
		const seen = await preview(bad);
		expect(seen.preview.files.map(file => file.path)).toEqual(['elsewhere/a.yaml', 'shop/more.yaml']);
		push('Beside it', {'README.md': 'here it is\n'});
		expect((await preview(bad)).preview.token).toBe(seen.preview.token);
		const moved = push('Moved', {'elsewhere/a.yaml': null, 'production/a.yaml': lines(2)});
		expect(await carryOut(bad, seen)).toMatchObject({problem: {code: 'PlanChanged'}});
		expect(bench.remote.git('ls-remote', 'origin', 'main').split('\t')[0]).toBe(moved);
		const again = await preview(bad);
		expect(again.preview.files.map(file => file.path)).toEqual(['production/a.yaml', 'shop/more.yaml']);
		expect((await carryOut(bad, again)).result).toMatchObject({type: 'tracked'});
	});

	test('a remote that refuses the first push gets it again on what came in; one that always refuses gets a branch', async () => {
		const bad = await sync('Twice', {'shop/settings.yaml': configMap('settings', {mode: 'four'})});
		// A colleague is faster, once.
		hook(
			'update',
			'[ -e raced ] && exit 0; touch raced; export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x; git update-ref refs/heads/main $(git commit-tree -p main -m Faster "main^{tree}")',
		);
		const seen = await preview(bad);
		const {result} = await carryOut(bad, seen);
		expect(result).toMatchObject({type: 'tracked'});
		expect(await doneItems(bench, shop, result!.commit)).toEqual(['change ConfigMap/settings']);
		bench.remote.git('pull', '--quiet', '--rebase', 'origin', 'main');
		expect(bench.remote.git('log', '-3', '--format=%s').split('\n').slice(0, 3)).toEqual([
			'Revert "Twice"',
			'Faster',
			'Twice',
		]);
		hook('update', null);
		hook(
			'pre-receive',
			'while read old new ref; do [ "$ref" = refs/heads/main ] && { echo "main is protected" >&2; exit 1; }; done; exit 0',
		);
		const next = await preview(result!.commit);
		const offered = await carryOut(result!.commit, next);
		hook('pre-receive', null);
		const branch = `holdfast-revert-${result!.commit.slice(0, 7)}`;
		expect(offered.result).toMatchObject({
			type: 'offered',
			branch,
			refusedBecause: expect.stringContaining('main is protected'),
		});
		expect(offered.result!.nextSteps[0]).toBe(`git fetch ${bench.remote.url} ${branch}`);
		await bench.refresh();
		expect((await bench.status(shop)).conditions.map(({type}) => type)).toContain('RevertInFlight');
		for (const step of offered.result!.nextSteps) bench.remote.git(...step.split(' ').slice(1));
		await bench.refresh();
		await eventually(async () => expect((await bench.status(shop)).conditions).toEqual([]));
		await eventually(() => expect(phases(shop).at(-1)).toBe('landed'));
		expect(await doneItems(bench, shop, offered.result!.commit)).toEqual(plannedItems(next.preview.effects[0]!));
	});

	test('a commit whose revert is offered is not synced again by itself, and a person is told', async () => {
		const bad = push('Bad', {'shop/bad.yaml': configMap('bad', {a: '1'})});
		await bench.refresh();
		await bench.synced(shop);
		const seen = await preview(bad, {branch: 'please-merge'});
		const {result} = await carryOut(bad, seen, {branch: 'please-merge'});
		expect(result).toMatchObject({type: 'offered', branch: 'please-merge'});
		const top = push('On top', {'shop/top.yaml': configMap('top', {a: '1'})});
		await bench.refresh();
		// Another one that comes to nothing does not take it along.
		const second = await preview(top, {branch: 'please-merge'});
		expect(await problemOf(carryOut(top, second, {branch: 'please-merge'}))).toMatchObject({code: 'PushRejected'});
		await bench.refresh();
		expect(await kubectl('get', 'configmap', '-n', shop, '-o', 'name')).not.toContain('/top');
		// Whoever comes later knows of it too.
		await bench.stop();
		await bench.start();
		expect((await bench.status(shop)).conditions).toMatchObject([
			{type: 'RevertInFlight', problem: {message: expect.stringContaining('please-merge')}},
		]);
		expect(await kubectl('get', 'configmap', '-n', shop, '-o', 'name')).not.toContain('/top');
		const answer = await bench.client.sync({application: shop, initiatedBy: 'ana@bastion-1', dryRun: false});
		expect(answer.operation).toMatchObject({phase: 'Succeeded'});
		expect(answer.warnings).toMatchObject([{code: 'RevertInFlight'}]);
		// Squashed on its way in: another id, the same words.
		const {git} = bench.remote;
		git('fetch', '--quiet', 'origin', 'please-merge');
		git('cherry-pick', 'FETCH_HEAD');
		git('push', '--quiet', 'origin', 'main');
		await bench.refresh();
		await bench.synced(shop);
		expect((await bench.status(shop)).conditions).toEqual([]);
		expect(await kubectl('get', 'configmap', '-n', shop, '-o', 'name')).not.toContain('/bad');
	});

	test('a failed commit is marked, and a Secret is in no diff', async () => {
		const failed = push('Broken', {
			'shop/broken.yaml': '{',
			'shop/secret.yaml': secret('s', {p: 'hunter22'}),
		});
		await bench.refresh();
		const {commits} = await bench.client.log({application: shop, limit: 5});
		expect(commits[0]).toMatchObject({id: failed, state: 'failed', objects: null, failure: expect.any(String)});
		expect(commits[1]).toMatchObject({state: 'live'});
		const view = await bench.client.commit({application: shop, commit: failed.slice(0, 10)});
		expect(view.files.map(({path: file}) => file)).toEqual(['shop/broken.yaml', 'shop/secret.yaml']);
		expect(view.diff).toContain('This file holds a Secret and is not shown.');
		const seen = await preview(failed);
		expect(JSON.stringify([view, seen])).not.toContain('hunter22');
		const {result} = await carryOut(failed, seen);
		await eventually(async () => expect((await bench.status(shop)).syncedRevision).toBe(result!.commit));
		expect(await problemOf(preview(result!.commit, {application: 'none'}))).toMatchObject({
			code: 'ApplicationNotFound',
		});
	});
});
