import {expect, test} from 'vitest';
import {carryOver} from '../../../source/engine/drift/carry-over.ts';
import {takeFingerprint} from '../../../source/engine/drift/fingerprint.ts';
import {type Inspection, inspect} from '../../../source/engine/drift/inspect.ts';
import {lookup} from '../../../source/engine/fields/lookup.ts';
import {parsePath} from '../../../source/engine/fields/path.ts';
import {foreignRemovals, healBody} from '../../../source/engine/heal/body.ts';
import {decideHeal} from '../../../source/engine/heal/decide.ts';
import {emptyFlipHistory} from '../../../source/engine/heal/flip-history.ts';
import type {Fingerprint} from '../../../source/model/drift.ts';
import type {KubernetesObject} from '../../../source/model/object.ts';
import type {JsonPatchOperation} from '../../../source/model/ports/cluster/write.ts';
import {hashText} from '../drift/hash-text.ts';
import {randomFrom} from '../drift/random.ts';
import {randomConfig, randomForeignWrite} from '../drift/random-writes.ts';
import {apply, emptyServer, pass, read, type Server, update} from '../drift/ssa-model.ts';

const us = 'holdfast-1a2b3c';
const ref = {group: 'example.com', version: 'v1', kind: 'Widget', namespace: 'n', name: 'w'};

function fingerprintOf(server: Server): Fingerprint {
	return takeFingerprint({object: read(server), manager: us, desiredHash: 'd', appliedAt: 0, hash: hashText})!;
}

function look(
	server: Server,
	fingerprint: Fingerprint,
	desired: KubernetesObject,
	view: 'metadata' | 'object',
): Inspection {
	return inspect({
		ref,
		fingerprint,
		observed: read(server, view),
		view,
		desired: () => desired,
		seenAt: server.clock * 1000,
		notBefore: 0,
		hash: hashText,
	});
}

/** Carries out the removals of a JSON patch, one after the other as a server does. */
function patch(object: Record<string, unknown>, operations: readonly JsonPatchOperation[]): Record<string, unknown> {
	for (const {path} of operations.filter(operation => operation.op === 'remove')) {
		const tokens = path
			.slice(1)
			.split('/')
			.map(token => token.replaceAll('~1', '/').replaceAll('~0', '~'));
		let parent: unknown = object;
		for (const token of tokens.slice(0, -1)) parent = (parent as Record<string, unknown>)[token];
		if (Array.isArray(parent)) parent.splice(Number(tokens.at(-1)), 1);
		else delete (parent as Record<string, unknown>)[tokens.at(-1)!];
	}
	return object;
}

test('healing puts back exactly what was decided, leaves the rest as it is, and goes on reporting what it left', () => {
	let healed = 0;
	let left = 0;
	for (let seed = 1; seed <= 800; seed++) {
		const random = randomFrom(seed);
		const config = randomConfig(random);
		const labels = {...(config.metadata as {labels?: object}).labels, 'applyset.kubernetes.io/part-of': 'x'};
		const desired = {
			apiVersion: 'example.com/v1',
			kind: 'Widget',
			...config,
			metadata: {name: 'w', ...(config.metadata as object), labels},
		} as KubernetesObject;
		const applied = apply(emptyServer, us, desired);
		let server = applied;
		for (let count = 1 + random.below(3); count > 0; count--) server = randomForeignWrite(pass(server, 1), random);
		const former = fingerprintOf(applied);
		const inspection = look(server, former, desired, 'object');
		if (inspection.type !== 'drift' || inspection.class === 'metadata-stripped') continue;

		const observed = new Set(random.some(inspection.fields.map(field => field.path)));
		const decision = decideHeal({
			ref,
			fields: inspection.fields,
			policy: {
				mode: 'heal',
				rules: [...observed].map(path => ({path, mode: 'observe' as const})),
				foreignAdditions: random.pick(['heal', 'observe']),
			},
			history: emptyFlipHistory,
			now: server.clock * 1000,
			isHealingAllowed: true,
		});
		const isAddition = (path: string) =>
			inspection.fields.some(field => field.path === path && field.class === 'foreign-addition');
		const before = read(server);
		const removals = foreignRemovals(
			before,
			inspection.fields.filter(field => decision.healPaths.includes(field.path)),
		);
		const version =
			removals.length > 0
				? {op: 'test', path: '/metadata/resourceVersion', value: before.metadata.resourceVersion}
				: undefined;
		expect(removals[0], `seed ${seed}`).toEqual(version);
		const clean = update(pass(server, 1), us, object => patch(object, removals));
		const body = healBody({desired, live: read(clean), leave: decision.leavePaths, manager: us});
		const after = apply(pass(clean, 1), us, body);

		const now = read(after);
		for (const path of decision.healPaths) {
			const wanted = isAddition(path) ? undefined : lookup(desired, parsePath(path)!);
			const actual = lookup(now, parsePath(path)!);
			if (typeof wanted === 'object') expect(actual, `seed ${seed}: ${path}`).toMatchObject(wanted as object);
			else expect(actual, `seed ${seed}: ${path}`).toEqual(wanted);
			healed++;
		}
		for (const path of decision.leavePaths) {
			expect(lookup(now, parsePath(path)!), `seed ${seed}: ${path} was to be left`).toEqual(
				lookup(before, parsePath(path)!),
			);
			left++;
		}

		const carried = carryOver(fingerprintOf(after), former, {paths: decision.leavePaths, keepsAdditions: true});
		const next = look(after, carried, desired, 'object');
		const reported = next.type === 'drift' ? next.fields : [];
		const standing = reported.filter(field => field.class !== 'foreign-addition').map(field => field.path);
		expect(standing.sort(), `seed ${seed}`).toEqual([...decision.leavePaths].sort());
		const quick = look(after, carried, desired, 'metadata');
		if (decision.leavePaths.length > 0) expect(quick.type, `seed ${seed}`).not.toBe('ours');
	}
	// Otherwise the stories have become too dull to prove anything.
	expect(healed).toBeGreaterThan(500);
	expect(left).toBeGreaterThan(500);
});
