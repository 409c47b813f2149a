import type {FieldsV1, KubernetesObject} from '../../model/object.ts';
import {isEqual, isMap} from './equal.ts';
import {childOf, elementFor, maximumDepth} from './fields.ts';
import {guessedIdentity, identify, isAtomic, recordedIdentity} from './list-keys.ts';
import {printPath} from './path.ts';
import {fieldStep, formatElement, type Path, type Step} from './step.ts';

export {printField, printValue, valueLimit} from './print-value.ts';

/** One place where two objects differ. A side that has nothing there is undefined. */
export interface FieldDifference {
	/** Printed form of `steps`. */
	readonly path: string;
	readonly steps: Path;
	readonly live?: unknown;
	readonly desired?: unknown;
	/** The same items in another order; the sides are then the printed steps of the items. */
	readonly isOrder?: true;
}

export interface CompareOptions {
	/** Sets of managedFields: they tell how lists are keyed and what is atomic. */
	readonly listKeysFrom: readonly FieldsV1[];
}

/** What the server writes and nobody declares. */
const serverMetadata = new Set([
	'managedFields',
	'resourceVersion',
	'generation',
	'uid',
	'creationTimestamp',
	'selfLink',
	'deletionTimestamp',
	'deletionGracePeriodSeconds',
]);

/** Maps whose keys are each a difference of their own, even when one side has no such map. */
const keyedMaps = new Set([
	'metadata',
	'metadata.labels',
	'metadata.annotations',
	'data',
	'binaryData',
	'stringData',
	'spec',
]);

/**
 * Where two objects differ, in the order of the live object and then what only the desired one has. Lists are matched by
 * the keys that managedFields show, else by keys common in Kubernetes, else item by item when they are equally long, else
 * taken as a whole. Null counts as absent. Left out: `status` and what the server itself keeps in `metadata`.
 */
export function compareObjects(
	live: KubernetesObject,
	desired: KubernetesObject,
	{listKeysFrom}: CompareOptions,
): FieldDifference[] {
	const differences: FieldDifference[] = [];
	const report: Report = (steps, sides) => differences.push({path: printPath(steps), steps, ...sides});
	for (const name of unionOfKeys(live, desired)) {
		if (name === 'status') continue;
		const isMetadata = name === 'metadata';
		compareValues(
			isMetadata ? declaredMetadata(live[name]) : own(live, name),
			isMetadata ? declaredMetadata(desired[name]) : own(desired, name),
			[fieldStep(name)],
			descend(listKeysFrom, fieldStep(name)),
			report,
		);
	}
	return differences;
}

type Report = (steps: Path, sides: {live?: unknown; desired?: unknown; isOrder?: true}) => void;

function compareValues(live: unknown, desired: unknown, path: Path, nodes: readonly FieldsV1[], report: Report): void {
	const left = live ?? undefined;
	const right = desired ?? undefined;
	if (left === right) return;
	const isKeyedMap = path.length <= 2 && keyedMaps.has(printPath(path));
	const isSplit = path.length < maximumDepth && (isKeyedMap || !isAtomic(nodes));
	if (isSplit && isMap(left ?? (isKeyedMap ? {} : left)) && isMap(right ?? (isKeyedMap ? {} : right))) {
		compareMaps((left ?? {}) as Values, (right ?? {}) as Values, path, nodes, report);
	} else if (isSplit && isListPair(left, right, nodes)) {
		compareLists((left ?? []) as unknown[], (right ?? []) as unknown[], path, nodes, report);
	} else if (!isEqual(left, right)) {
		report(path, sides(left, right));
	}
}

type Values = Record<string, unknown>;

/** Two lists; or one and nothing, when its items are known to have owners of their own. */
function isListPair(left: unknown, right: unknown, nodes: readonly FieldsV1[]): boolean {
	if (Array.isArray(left) && Array.isArray(right)) return true;
	const isOneMissing = (left === undefined && Array.isArray(right)) || (right === undefined && Array.isArray(left));
	return isOneMissing && recordedIdentity(nodes) !== null;
}

function compareMaps(live: Values, desired: Values, path: Path, nodes: readonly FieldsV1[], report: Report): void {
	for (const name of unionOfKeys(live, desired)) {
		const step = fieldStep(name);
		compareValues(own(live, name), own(desired, name), [...path, step], descend(nodes, step), report);
	}
}

function compareLists(
	live: readonly unknown[],
	desired: readonly unknown[],
	path: Path,
	nodes: readonly FieldsV1[],
	report: Report,
): void {
	const identity = recordedIdentity(nodes) ?? guessedIdentity([live, desired]);
	const liveSteps = identity && identify(live, identity);
	const desiredSteps = identity && identify(desired, identity);
	if (liveSteps && desiredSteps) {
		compareItems({items: live, steps: liveSteps}, {items: desired, steps: desiredSteps}, path, nodes, report);
	} else if (live.length === desired.length && [...live, ...desired].every(isMap)) {
		for (const [index, item] of live.entries()) {
			compareValues(item, desired[index], [...path, {type: 'index', index}], [], report);
		}
	} else if (!isEqual(live, desired)) {
		report(path, sides(live, desired));
	}
}

interface Items {
	readonly items: readonly unknown[];
	readonly steps: readonly Step[];
}

function compareItems(live: Items, desired: Items, path: Path, nodes: readonly FieldsV1[], report: Report): void {
	const keyOf = (step: Step) => formatElement(step);
	const desiredAt = new Map(desired.steps.map((step, index) => [keyOf(step), index]));
	const liveKeys = new Set(live.steps.map(keyOf));
	for (const [index, step] of live.steps.entries()) {
		const partner = desiredAt.get(keyOf(step));
		const itemPath = [...path, step];
		if (partner === undefined) report(itemPath, {live: live.items[index]});
		else if (step.type === 'key') {
			compareValues(live.items[index], desired.items[partner], itemPath, descend(nodes, step), report);
		}
	}
	for (const [index, step] of desired.steps.entries()) {
		if (!liveKeys.has(keyOf(step))) report([...path, step], {desired: desired.items[index]});
	}
	// The order of common items matters to some lists (init containers) and server-side apply keeps the applier's.
	const liveOrder = live.steps.filter(step => desiredAt.has(keyOf(step)));
	const desiredOrder = desired.steps.filter(step => liveKeys.has(keyOf(step)));
	if (liveOrder.some((step, index) => keyOf(step) !== keyOf(desiredOrder[index]!))) {
		report(path, {live: liveOrder.map(printOne), desired: desiredOrder.map(printOne), isOrder: true});
	}
}

function printOne(step: Step): string {
	return printPath([step]);
}

function sides(live: unknown, desired: unknown): {live?: unknown; desired?: unknown} {
	return {...(live === undefined ? {} : {live}), ...(desired === undefined ? {} : {desired})};
}

function own(map: Values, name: string): unknown {
	return Object.hasOwn(map, name) ? map[name] : undefined;
}

function unionOfKeys(left: Values, right: Values): string[] {
	return [...Object.keys(left), ...Object.keys(right).filter(name => !Object.hasOwn(left, name))];
}

function declaredMetadata(metadata: unknown): unknown {
	if (!isMap(metadata)) return metadata;
	return Object.fromEntries(Object.entries(metadata).filter(([name]) => !serverMetadata.has(name)));
}

function descend(nodes: readonly FieldsV1[], step: Step): readonly FieldsV1[] {
	if (nodes.length === 0) return nodes;
	return nodes.flatMap(node => {
		const element = elementFor(node, step);
		const child = element === undefined ? undefined : childOf(node, element);
		return child ? [child] : [];
	});
}
