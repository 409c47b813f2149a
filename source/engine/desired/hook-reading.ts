import {type Reading, satisfied, splitList} from './option-reading.ts';
import type {HookDeletePolicy, HookPhase} from './types.ts';

const argoPhases: ReadonlyMap<string, HookPhase | null> = new Map([
	['PreSync', 'PreSync'],
	['Sync', 'Sync'],
	['PostSync', 'PostSync'],
	['SyncFail', 'SyncFail'],
	['PreDelete', 'PreDelete'],
	['PostDelete', 'PostDelete'],
]);

/** Argo CD's mapping of Helm's moments; null: not a moment of an install or upgrade. */
const helmPhases: ReadonlyMap<string, HookPhase | null> = new Map([
	['pre-install', 'PreSync'],
	['pre-upgrade', 'PreSync'],
	['post-install', 'PostSync'],
	['post-upgrade', 'PostSync'],
	['pre-delete', 'PreDelete'],
	['post-delete', 'PostDelete'],
	['pre-rollback', null],
	['post-rollback', null],
	['test', null],
	['test-success', null],
	['test-failure', null],
]);

const deletePolicies: ReadonlyMap<string, HookDeletePolicy> = new Map([
	['HookSucceeded', 'HookSucceeded'],
	['HookFailed', 'HookFailed'],
	['BeforeHookCreation', 'BeforeHookCreation'],
	['hook-succeeded', 'HookSucceeded'],
	['hook-failed', 'HookFailed'],
	['before-hook-creation', 'BeforeHookCreation'],
]);

/** Whether a `helm.sh/hook` value names nothing but tests, which only `helm test` runs: Helm does not install them. */
export function isHelmTest(value: string): boolean {
	const moments = splitList(value);
	return moments.length > 0 && moments.every(moment => moment.startsWith('test'));
}

/** `argocd.argoproj.io/hook`. */
export function readArgoHook(value: string): Reading {
	// Skip: Argo CD leaves the object alone altogether.
	if (splitList(value).includes('Skip')) {
		return {options: {hook: null, apply: 'ignore', prune: 'disabled'}, complaints: []};
	}
	return readPhases(value, argoPhases);
}

/** `helm.sh/hook`. */
export function readHelmHook(value: string): Reading {
	// Helm 2's way to install definitions early; an ordinary object for everybody since.
	if (value.trim() === 'crd-install') return satisfied;
	return readPhases(value, helmPhases);
}

function readPhases(value: string, known: ReadonlyMap<string, HookPhase | null>): Reading {
	const phases = new Set<HookPhase>();
	let isUnderstood = true;
	for (const name of splitList(value)) {
		const phase = known.get(name);
		if (phase) phases.add(phase);
		if (phase === undefined) isUnderstood = false;
	}
	return {
		options: {hook: {phases: [...phases], deletePolicies: ['BeforeHookCreation']}},
		complaints: isUnderstood ? [] : ['names a moment that is not known; the object is a hook that does not run then'],
	};
}

/** `argocd.argoproj.io/hook-delete-policy` and `helm.sh/hook-delete-policy`; unknown names are left out and counted. */
export function readDeletePolicies(value: string): {policies: HookDeletePolicy[]; isUnderstood: boolean} {
	const names = splitList(value);
	const policies = new Set(names.flatMap(name => deletePolicies.get(name) ?? []));
	return {policies: [...policies], isUnderstood: names.every(name => deletePolicies.has(name))};
}
