import {safeText} from '../../model/text.ts';
import {isHelmTest, readDeletePolicies} from './hook-reading.ts';
import {
	argoHookKeys,
	deletePolicyKeys,
	helmHookKey,
	keyRules,
	knownPrefixes,
	ownKeys,
	silentKeys,
	unsupportedKeys,
	watchedPrefixes,
} from './option-keys.ts';
import {defaultOptions, type ObjectOptions, type PruneRule} from './types.ts';

type StringMap = Readonly<Record<string, string>> | undefined;

export interface OptionsReading {
	readonly options: ObjectOptions;
	/** Helm's tests are no part of an installation. */
	readonly isHelmTest: boolean;
	/** Whole sentences, safe to show. */
	readonly complaints: readonly string[];
}

const nothing: OptionsReading = {options: defaultOptions, isHelmTest: false, complaints: []};
const knownKeys: ReadonlySet<string> = new Set([
	...keyRules.map(rule => rule.key),
	...silentKeys,
	...unsupportedKeys.keys(),
]);
const strictness: readonly PruneRule[] = ['allowed', 'confirm', 'disabled'];

/**
 * Reads what an object says about its own treatment. Works on manifests and on live metadata alike: the deletion rules
 * ask the live object, because what has left Git can no longer be asked. Flux accepts labels as well as annotations.
 */
export function readOptions(labels: StringMap, annotations: StringMap): OptionsReading {
	const keys = [...relevantKeys(annotations), ...relevantKeys(labels)];
	if (keys.length === 0) return nothing;
	const textOf = (key: string): string | undefined => own(annotations, key) ?? own(labels, key);
	let options: ObjectOptions = defaultOptions;
	const complaints: string[] = [];
	for (const {key, isOwn, read} of keyRules) {
		const value = textOf(key);
		if (value === undefined) continue;
		const reading = read(value);
		options = isOwn ? {...options, ...reading.options} : mergeForeign(options, reading.options);
		complaints.push(...reading.complaints.map(sentence => `${key} ${sentence}`));
	}
	if (options.hook) {
		const policies = readPolicies(textOf);
		complaints.push(...policies.complaints);
		if (policies.names.length > 0) options = {...options, hook: {...options.hook, deletePolicies: policies.names}};
	}
	complaints.push(...new Set(keys.flatMap(complainAbout)));
	const helmHook = own(annotations, helmHookKey);
	const hasArgoHook = argoHookKeys.some(key => own(annotations, key) !== undefined);
	return {options, isHelmTest: helmHook !== undefined && !hasArgoHook && isHelmTest(helmHook), complaints};
}

/** Between other tools' keys the stricter protection wins; for the rest the later key does. */
function mergeForeign(before: ObjectOptions, after: Partial<ObjectOptions>): ObjectOptions {
	return {
		...before,
		...after,
		prune: stricter(before.prune, after.prune),
		deletion: stricter(before.deletion, after.deletion),
	};
}

function stricter(before: PruneRule, after: PruneRule = 'allowed'): PruneRule {
	return strictness.indexOf(after) > strictness.indexOf(before) ? after : before;
}

function readPolicies(textOf: (key: string) => string | undefined) {
	for (const key of deletePolicyKeys) {
		const value = textOf(key);
		if (value === undefined) continue;
		const {policies, isUnderstood} = readDeletePolicies(value);
		return {names: policies, complaints: isUnderstood ? [] : [`${key} names a policy that is not known`]};
	}
	return {names: [], complaints: []};
}

function complainAbout(key: string): string[] {
	const sentence = unsupportedKeys.get(key);
	if (sentence !== undefined) return [`${key} ${sentence}`];
	if (knownKeys.has(key)) return [];
	const prefix = watchedPrefixes.find(candidate => key.startsWith(candidate));
	if (!prefix) return [];
	const advice = ownKeys[0]?.startsWith(prefix) ? `; the known ones are ${ownKeys.join(', ')}` : '';
	return [`${safeText(key).slice(0, 120)} is not a known key and has no effect${advice}`];
}

function relevantKeys(map: StringMap): string[] {
	if (!map) return [];
	return Object.keys(map).filter(key => knownPrefixes.some(prefix => key.startsWith(prefix)));
}

function own(map: StringMap, key: string): string | undefined {
	const value = map && Object.hasOwn(map, key) ? map[key] : undefined;
	return typeof value === 'string' ? value : undefined;
}
