import {readArgoHook, readHelmHook} from './hook-reading.ts';
import {listOf, oneOf, type Reader, readWave} from './option-reading.ts';
import {readSyncOption} from './sync-option-reading.ts';

const argo = 'argocd.argoproj.io/';
const flux = 'kustomize.toolkit.fluxcd.io/';
const own = 'holdfast.dev/';

/** Whose key it is decides what wins: holdfast's own keys win over those of other tools. */
export interface KeyRule {
	readonly key: string;
	readonly isOwn: boolean;
	readonly read: Reader;
}

const prune = {prune: 'disabled'} as const;
const keep = {prune: 'disabled', deletion: 'disabled'} as const;

const foreignRules: readonly (readonly [string, Reader])[] = [
	['helm.sh/resource-policy', oneOf({keep})],
	['helm.sh/hook-weight', readWave],
	['helm.sh/hook', readHelmHook],
	['client.lifecycle.config.k8s.io/deletion', oneOf({detach: keep})],
	['cli-utils.sigs.k8s.io/on-remove', oneOf({keep})],
	[
		`${flux}ssa`,
		oneOf({
			override: {},
			merge: {apply: 'merge', shouldTakeOver: false},
			ifnotpresent: {apply: 'if-not-present'},
			ignore: {apply: 'ignore', ...prune},
		}),
	],
	[`${flux}force`, oneOf({enabled: {isForced: true}, disabled: {}})],
	[`${flux}prune`, oneOf({disabled: prune, enabled: {}})],
	[`${flux}reconcile`, oneOf({disabled: {apply: 'ignore', ...prune}, enabled: {}})],
	[`${argo}sync-wave`, readWave],
	[`${argo}sync-options`, listOf(readSyncOption)],
	[`${argo}hook`, readArgoHook],
];

const ownRules: readonly (readonly [string, Reader])[] = [
	[`${own}wave`, readWave],
	[
		`${own}apply`,
		oneOf({
			override: {apply: 'override'},
			merge: {apply: 'merge', shouldTakeOver: false},
			'if-not-present': {apply: 'if-not-present'},
			ignore: {apply: 'ignore', ...prune},
		}),
	],
	[
		`${own}prune`,
		oneOf({
			enabled: {prune: 'allowed', deletion: 'allowed'},
			confirm: {prune: 'confirm', deletion: 'confirm'},
			disabled: keep,
		}),
	],
	[`${own}force`, oneOf({enabled: {isForced: true}, disabled: {isForced: false}})],
	[`${own}hook`, readArgoHook],
	[`${own}heal`, oneOf({heal: {heal: 'heal'}, ask: {heal: 'ask'}, observe: {heal: 'observe'}})],
];

/** In reading order: later ones win. Engines.md b.1 and b.3 list what each means to its own tool. */
export const keyRules: readonly KeyRule[] = [
	...foreignRules.map(([key, read]) => ({key, isOwn: false, read})),
	...ownRules.map(([key, read]) => ({key, isOwn: true, read})),
];

export const ownKeys: readonly string[] = [...ownRules.map(([key]) => key), `${own}hook-delete-policy`];

/** Read together with the hook, the first one present wins. */
export const deletePolicyKeys: readonly string[] = [
	`${own}hook-delete-policy`,
	`${argo}hook-delete-policy`,
	'helm.sh/hook-delete-policy',
];
export const helmHookKey = 'helm.sh/hook';
/** Either of them says more than Helm's: what Helm takes for a test is a hook then. */
export const argoHookKeys: readonly string[] = [`${argo}hook`, `${own}hook`];

/** Keys that mean nothing to us on an object, or are read elsewhere. */
export const silentKeys: ReadonlySet<string> = new Set([
	...deletePolicyKeys,
	`${argo}ignore-healthcheck`,
	`${argo}ignore-resource-updates`,
	`${argo}installation-id`,
	`${argo}instance`,
	`${argo}manifest-generate-paths`,
	`${argo}refresh`,
	`${argo}secret-type`,
	`${argo}skip-reconcile`,
	`${flux}substitute`,
]);

/** Keys that are understood but not supported, each with what to know about it. */
export const unsupportedKeys: ReadonlyMap<string, string> = new Map([
	[`${argo}compare-options`, 'has no effect: what is not in Git and not in the inventory is not looked at'],
	[`${argo}client-side-apply-migration-manager`, 'has no effect: fields are taken over from kubectl only'],
	[`${argo}deletion-approved`, 'has no effect: deletions are approved for one exact list, by its token'],
	[`${argo}tracking-id`, 'should not be in Git: Argo CD would take the object for its own'],
	['config.kubernetes.io/depends-on', 'is not supported; use sync waves'],
	['client.lifecycle.config.k8s.io/mutation', 'is not supported; use holdfast.dev/apply: if-not-present'],
]);

/** Prefixes whose unknown keys are reported: a misspelt safety switch must not pass in silence. */
export const watchedPrefixes: readonly string[] = [own, argo, flux];

/** For a cheap first look: an object without a key of these says nothing about its treatment. */
export const knownPrefixes: readonly string[] = [
	...watchedPrefixes,
	'helm.sh/',
	'config.kubernetes.io/',
	'client.lifecycle.config.k8s.io/',
	'cli-utils.sigs.k8s.io/',
];
