import {describe, expect, test} from 'vitest';
import {takeFingerprint} from '../../../source/engine/drift/fingerprint.ts';
import {type Inspection, inspect} from '../../../source/engine/drift/inspect.ts';
import {parseCanonical} from '../../../source/engine/fields/canonical.ts';
import {isEqual} from '../../../source/engine/fields/equal.ts';
import {lookup} from '../../../source/engine/fields/lookup.ts';
import {parsePath, printPath} from '../../../source/engine/fields/path.ts';
import {parseElement, type Step} from '../../../source/engine/fields/step.ts';
import type {Fingerprint} from '../../../source/model/drift.ts';
import type {FieldsV1, KubernetesObject} from '../../../source/model/object.ts';
import {hashText} from './hash-text.ts';
import {type Random, randomFrom} from './random.ts';
import {randomConfig, randomForeignWrite} from './random-writes.ts';
import {apply, emptyServer, leafPaths, pass, read, type Server, writeStatus} from './ssa-model.ts';

const us = 'holdfast-1a2b3c';
const ref = {group: 'example.com', version: 'v1', kind: 'Widget', namespace: 'n', name: 'w'};

interface History {
	readonly config: KubernetesObject;
	readonly fingerprint: Fingerprint;
	readonly applied: Server;
	readonly after: Server;
}

/** Others write, we apply, others write again. */
function tell(seed: number): History {
	const random = randomFrom(seed);
	let server = emptyServer;
	for (let count = random.below(4); count > 0; count--) server = randomForeignWrite(server, random);
	const config = randomConfig(random);
	server = apply(pass(server, 1), us, {
		...config,
		metadata: {...(config.metadata as object), labels: ourLabels(config)},
	});
	const applied = server;
	for (let count = 1 + random.below(5); count > 0; count--) server = randomForeignWrite(pass(server, 1), random);
	return {config: config as unknown as KubernetesObject, fingerprint: fingerprintOf(applied), applied, after: server};
}

function ourLabels(config: Record<string, unknown>): Record<string, unknown> {
	const {labels} = config.metadata as {labels?: Record<string, unknown>};
	return {...labels, 'applyset.kubernetes.io/part-of': 'applyset-x-v1'};
}

function fingerprintOf(server: Server): Fingerprint {
	const object = read(server);
	return takeFingerprint({object, manager: us, desiredHash: 'd', appliedAt: server.clock * 1000, hash: hashText})!;
}

function look(history: History, view: 'metadata' | 'object', fingerprint = history.fingerprint): Inspection {
	return inspect({
		ref,
		fingerprint,
		observed: read(history.after, view),
		view,
		desired: () => history.config,
		seenAt: history.after.clock * 1000,
		notBefore: history.applied.clock * 1000,
		hash: hashText,
	});
}

const pathOf = (key: string): Step[] => key.split('\u0000').map(element => parseElement(element)!);
const valueAt = (server: Server, path: readonly Step[]) => lookup(read(server), path);

/** Leaves of ours whose value is not the one that we applied. */
function changedLeaves({fingerprint, applied, after}: History): string[] {
	return leafPaths(parseCanonical(fingerprint.owned)).filter(key => {
		const path = pathOf(key);
		return !isEqual(valueAt(applied, path), valueAt(after, path));
	});
}

/** Who holds a path now. */
function holdersOf({after}: History, key: string): string[] {
	return after.entries.filter(entry => leafPaths(entry.fields).includes(key)).map(entry => entry.manager);
}

/** Leaves that others hold now, that nobody held when we applied. */
function addedLeaves(history: History): Set<string> {
	const {fingerprint, after} = history;
	const known = new Set([
		...leafPaths(parseCanonical(fingerprint.owned)),
		...fingerprint.others.flatMap(other => leafPaths(parseCanonical(other.fields))),
	]);
	const declared = after.entries.filter(entry => entry.subresource === '' && entry.manager !== us);
	const held = declared.flatMap(entry => leafPaths(entry.fields));
	return new Set(held.filter(key => !known.has(key) && !isHusk(history, key)));
}

function isNameOfItem(key: string): boolean {
	return key.endsWith('\u0000f:name');
}

/** An entry can go on holding a map or list whose content has other owners by now: that holds nothing. */
function isHusk({after}: History, key: string): boolean {
	const value = valueAt(after, pathOf(key));
	return value === undefined || (typeof value === 'object' && !/f:(args|selector)$/.test(key));
}

interface Story {
	readonly seed: number;
	readonly history: History;
	readonly full: Inspection;
	readonly quick: Inspection;
}

const stories: readonly Story[] = Array.from({length: 1_200}, (_, index) => {
	const seed = index + 1;
	const history = tell(seed);
	return {seed, history, full: look(history, 'object'), quick: look(history, 'metadata')};
});

/** Whether the printed path is the other one or lies below it. */
function isAtOrBelow(path: string, other: string): boolean {
	return path === other || path.startsWith(`${other}.`) || path.startsWith(`${other}[`);
}

describe('random histories of one object among several managers', () => {
	test('every value of ours that changed is reported, at the path or at the item that is gone, and nothing else is', () => {
		for (const {seed, history, full} of stories) {
			const reported = full.type === 'drift' ? full.fields : [];
			const losses = reported.filter(field => field.class !== 'foreign-addition' && field.path !== '');
			const changed = changedLeaves(history).map(key => printPath(pathOf(key)));
			for (const path of changed) {
				const covering = losses.filter(field => isAtOrBelow(path, field.path));
				expect(covering, `seed ${seed}: ${path}`).toHaveLength(1);
			}
			for (const field of losses) {
				const isCause = changed.some(path => isAtOrBelow(path, field.path));
				expect(isCause, `seed ${seed}: ${field.path} was reported without a change`).toBe(true);
			}
		}
	});

	test('what is there with another value names its last writer, what is gone names nobody', () => {
		for (const {seed, history, full} of stories) {
			if (full.type !== 'drift') continue;
			for (const field of full.fields.filter(one => one.class !== 'foreign-addition' && one.path !== '')) {
				const path = parsePath(field.path)!;
				const message = `seed ${seed}: ${field.path}`;
				if (valueAt(history.after, path) === undefined) {
					expect(field, message).toMatchObject({
						class: 'removed',
						manager: 'unknown',
						confidence: 'unknown',
						now: null,
					});
					continue;
				}
				const key = keyOf(history, path);
				const holders = holdersOf(history, key);
				expect(field.class, message).toBe('modified');
				expect(holders, message).toContain(field.manager);
				if (holders.length === 1) expect(field.confidence, message).toBe('exact');
				else expect(field.confidence, message).toBe('likely');
				const writer = history.after.writers.get(key)!;
				if (holders.length === 1 && holders.includes(writer)) expect(field.manager, message).toBe(writer);
				expect(field.notAfter, message).toBeGreaterThanOrEqual(field.notBefore);
				expect(field.notAfter, message).toBeLessThanOrEqual(history.after.clock * 1000);
			}
		}
	});

	test('whatever others put in is covered by exactly one addition, and every addition was put in by its manager', () => {
		for (const {seed, history, full} of stories) {
			const reported = full.type === 'drift' ? full.fields : [];
			const additions = reported.filter(field => field.class === 'foreign-addition');
			const added = [...addedLeaves(history)];
			// A name alone is no news: whoever mentions an item repeats it.
			for (const path of added.filter(key => !isNameOfItem(key)).map(key => printPath(pathOf(key)))) {
				const covering = additions.filter(field => isAtOrBelow(path, field.path));
				expect(covering, `seed ${seed}: ${path}`).toHaveLength(1);
			}
			for (const field of additions) {
				const covered = added.filter(key => isAtOrBelow(printPath(pathOf(key)), field.path));
				expect(
					covered.flatMap(key => holdersOf(history, key)),
					`seed ${seed}: ${field.path}`,
				).toContain(field.manager);
			}
		}
	});

	test('metadata alone never calls it ours when a value changed, nor names a path that we still hold', () => {
		for (const {seed, history, full, quick} of stories) {
			const message = `seed ${seed}: ${JSON.stringify(quick)}`;
			if (full.type === 'drift') expect(quick.type, message).not.toBe('ours');
			if (quick.type === 'drift') {
				const own = history.after.entries.find(entry => entry.manager === us);
				const held = new Set(leafPaths(own?.fields ?? {}).map(key => printPath(pathOf(key))));
				for (const field of quick.fields) expect(held.has(field.path), message).toBe(false);
			}
		}
	});

	test('a fingerprint that moved on ends the next status write at once, and still sees the next change', () => {
		for (const {seed, history, full} of stories.slice(0, 500)) {
			if (full.type !== 'ours') continue;
			const fingerprint = full.fingerprint ?? history.fingerprint;
			const quiet = {...history, after: writeStatus(pass(history.after, 1), 'kube-controller-manager')};
			expect(look(quiet, 'metadata', fingerprint).type, `seed ${seed}`).toBe('ours');
			expect(look(quiet, 'object', fingerprint).type, `seed ${seed}`).toBe('ours');
			const random: Random = randomFrom(seed + 1_000_000);
			const later: History = {...quiet, after: randomForeignWrite(pass(quiet.after, 1), random)};
			if (changedLeaves(later).length > 0) {
				expect(look(later, 'metadata', fingerprint).type, `seed ${seed}`).not.toBe('ours');
				expect(look(later, 'object', fingerprint).type, `seed ${seed}`).toBe('drift');
			}
		}
	});

	test('status writes and re-reads alone are ours, whatever the object is made of', () => {
		for (const {seed, history} of stories.slice(0, 500)) {
			const after = writeStatus(pass(writeStatus(pass(history.applied, 1), 'a'), 5), 'kubelet');
			for (const view of ['metadata', 'object'] as const) {
				expect(look({...history, after}, view), `seed ${seed}`).toEqual({type: 'ours'});
			}
		}
	});
});

/** The leaf key of a printed path, in the spelling of the sets. */
function keyOf(history: History, path: readonly Step[]): string {
	const printed = printPath(path);
	const all: FieldsV1[] = [parseCanonical(history.fingerprint.owned)];
	return all.flatMap(fields => leafPaths(fields)).find(key => printPath(pathOf(key)) === printed)!;
}
