import {describe, expect, it} from 'vitest';
import {readOptions} from '../../../source/engine/desired/options.ts';
import {defaultOptions, type ObjectOptions} from '../../../source/engine/desired/types.ts';
import {configMap, desire} from './build.ts';

type Case = [title: string, annotations: Record<string, string>, expected: Partial<ObjectOptions>];

const hook = (...phases: string[]) => ({phases, deletePolicies: ['BeforeHookCreation']}) as ObjectOptions['hook'];
const argo = (options: string) => ({'argocd.argoproj.io/sync-options': options});
const flux = (key: string, value: string) => ({[`kustomize.toolkit.fluxcd.io/${key}`]: value});

const understood: Case[] = [
	['nothing', {}, {}],
	['annotations of others', {'example.com/x': 'y', 'app.kubernetes.io/name': 'z', 'helm.sh/chart': 'web-1.0'}, {}],
	['Argo: wave', {'argocd.argoproj.io/sync-wave': '-5'}, {wave: -5}],
	['Argo: wave with blanks', {'argocd.argoproj.io/sync-wave': ' 3 '}, {wave: 3}],
	['Argo: Prune=false', argo('Prune=false'), {prune: 'disabled'}],
	['Argo: Prune=confirm', argo('Prune=confirm'), {prune: 'confirm'}],
	['Argo: Delete=false', argo('Delete=false'), {deletion: 'disabled'}],
	[
		'Argo: several, with blanks',
		argo('Prune=false, Force=true ,ServerSideApply=true'),
		{prune: 'disabled', isForced: true},
	],
	['Argo: no migration', argo('ClientSideApplyMigration=false'), {shouldTakeOver: false}],
	['Argo: what comes by itself', argo('SkipDryRunOnMissingResource=true,PruneLast=true'), {}],
	['Argo: hook', {'argocd.argoproj.io/hook': 'PreSync'}, {hook: hook('PreSync')}],
	['Argo: two phases', {'argocd.argoproj.io/hook': 'PreSync,PostSync'}, {hook: hook('PreSync', 'PostSync')}],
	['Argo: Skip', {'argocd.argoproj.io/hook': 'Skip'}, {apply: 'ignore', prune: 'disabled'}],
	[
		'Argo: delete policy',
		{'argocd.argoproj.io/hook': 'Sync', 'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded,HookFailed'},
		{hook: {phases: ['Sync'], deletePolicies: ['HookSucceeded', 'HookFailed']}},
	],
	['Helm: hook', {'helm.sh/hook': 'pre-install,pre-upgrade'}, {hook: hook('PreSync')}],
	['Helm: hook after', {'helm.sh/hook': 'post-install'}, {hook: hook('PostSync')}],
	['Helm: hook and test', {'helm.sh/hook': 'post-install,test'}, {hook: hook('PostSync')}],
	['Helm: only on rollback', {'helm.sh/hook': 'pre-rollback'}, {hook: hook()}],
	['Helm: crd-install', {'helm.sh/hook': 'crd-install'}, {}],
	['Helm: weight is a wave', {'helm.sh/hook-weight': '-2'}, {wave: -2}],
	[
		'Helm: delete policy',
		{'helm.sh/hook': 'pre-delete', 'helm.sh/hook-delete-policy': 'hook-succeeded'},
		{hook: {phases: ['PreDelete'], deletePolicies: ['HookSucceeded']}},
	],
	[
		'Argo wins over Helm',
		{'helm.sh/hook': 'pre-install', 'argocd.argoproj.io/hook': 'PostSync'},
		{hook: hook('PostSync')},
	],
	['Argo wave wins over weight', {'helm.sh/hook-weight': '1', 'argocd.argoproj.io/sync-wave': '2'}, {wave: 2}],
	['Helm: keep', {'helm.sh/resource-policy': 'keep'}, {prune: 'disabled', deletion: 'disabled'}],
	['Flux: Merge', flux('ssa', 'Merge'), {apply: 'merge', shouldTakeOver: false}],
	['Flux: IfNotPresent', flux('ssa', 'IfNotPresent'), {apply: 'if-not-present'}],
	['Flux: Ignore', flux('ssa', 'Ignore'), {apply: 'ignore', prune: 'disabled'}],
	['Flux: prune, any case', flux('prune', 'Disabled'), {prune: 'disabled'}],
	['Flux: force', flux('force', 'enabled'), {isForced: true}],
	['Flux: reconcile', flux('reconcile', 'disabled'), {apply: 'ignore', prune: 'disabled'}],
	['Flux: substitute', flux('substitute', 'disabled'), {}],
	['kpt: detach', {'client.lifecycle.config.k8s.io/deletion': 'detach'}, {prune: 'disabled', deletion: 'disabled'}],
	['kpt: keep', {'cli-utils.sigs.k8s.io/on-remove': 'keep'}, {prune: 'disabled', deletion: 'disabled'}],
	['own: prune', {'holdfast.dev/prune': 'disabled'}, {prune: 'disabled', deletion: 'disabled'}],
	['own: heal', {'holdfast.dev/heal': 'observe'}, {heal: 'observe'}],
	['own: wave wins', {'holdfast.dev/wave': '7', 'argocd.argoproj.io/sync-wave': '1'}, {wave: 7}],
	['own: hook', {'holdfast.dev/hook': 'PreSync'}, {hook: hook('PreSync')}],
	[
		'own: hook and delete policy win',
		{
			'argocd.argoproj.io/hook': 'PreSync',
			'argocd.argoproj.io/hook-delete-policy': 'HookFailed',
			'holdfast.dev/hook': 'PostSync',
			'holdfast.dev/hook-delete-policy': 'hook-succeeded',
		},
		{hook: {phases: ['PostSync'], deletePolicies: ['HookSucceeded']}},
	],
	[
		'own: a hook that Helm takes for a test',
		{'helm.sh/hook': 'test', 'holdfast.dev/hook': 'Sync'},
		{hook: hook('Sync')},
	],
	['own: apply', {'holdfast.dev/apply': 'if-not-present'}, {apply: 'if-not-present'}],
	['own wins over Argo', {'holdfast.dev/prune': 'enabled', ...argo('Prune=false')}, {}],
	['own force wins over Flux', {'holdfast.dev/force': 'disabled', ...flux('force', 'enabled')}, {}],
	['the stricter tool wins', {...flux('prune', 'disabled'), ...argo('Prune=confirm')}, {prune: 'disabled'}],
	['no tool weakens another', {...flux('prune', 'disabled'), ...argo('Prune=true')}, {prune: 'disabled'}],
];

describe('readOptions', () => {
	it.each(understood)('%s', (_title, annotations, expected) => {
		const reading = readOptions(undefined, annotations);
		expect(reading.options).toEqual({...defaultOptions, ...expected});
		expect(reading.complaints).toEqual([]);
		expect(reading.isHelmTest).toBe(false);
	});

	it('reads labels too, as Flux does', () => {
		expect(readOptions(flux('prune', 'disabled'), undefined).options.prune).toBe('disabled');
	});

	it.each(['test', 'test-success', 'test-failure', 'test-success, test-failure'])('knows the Helm test %s', value => {
		expect(readOptions(undefined, {'helm.sh/hook': value}).isHelmTest).toBe(true);
	});

	const complained: [string, Record<string, string>, RegExp, Partial<ObjectOptions>][] = [
		[
			'a misspelt own key',
			{'holdfast.dev/prun': 'disabled'},
			/^holdfast\.dev\/prun is not a known key.*holdfast\.dev\/prune/,
			{},
		],
		['a misspelt own value', {'holdfast.dev/prune': 'disable'}, /not one of: enabled, confirm, disabled/, {}],
		['a misspelt Argo key', {'argocd.argoproj.io/sync-option': 'Prune=false'}, /sync-option is not a known key/, {}],
		['a misspelt Argo option', argo('Prune=flase'), /holds an option that is not known/, {}],
		['an option of applications', argo('CreateNamespace=true'), /CreateNamespace, which works on an application/, {}],
		['Replace', argo('Replace=true'), /always applied server-side/, {}],
		['a wave that is no number', {'argocd.argoproj.io/sync-wave': '1.5'}, /not a whole number/, {}],
		['a wave out of reach', {'argocd.argoproj.io/sync-wave': '99999999999999'}, /not a whole number/, {}],
		['an unknown hook', {'argocd.argoproj.io/hook': 'BeforeSync'}, /moment that is not known/, {hook: hook()}],
		[
			'an unknown delete policy',
			{'argocd.argoproj.io/hook': 'Sync', 'argocd.argoproj.io/hook-delete-policy': 'Never'},
			/policy that is not known/,
			{hook: hook('Sync')},
		],
		['a misspelt Flux value', flux('prune', 'no'), /not one of: disabled, enabled/, {}],
		['an id of Argo in Git', {'argocd.argoproj.io/tracking-id': 'a:/ConfigMap:b/c'}, /should not be in Git/, {}],
		['depends-on', {'config.kubernetes.io/depends-on': 'x'}, /not supported; use sync waves/, {}],
		['a key with an escape code', {'holdfast.dev/\u001b[2J': 'x'}, /\\x1b\[2J is not a known key/, {}],
	];
	it.each(complained)('reports %s', (_title, annotations, message, expected) => {
		const reading = readOptions(undefined, annotations);
		expect(reading.complaints).toHaveLength(1);
		expect(reading.complaints[0]).toMatch(message);
		expect(reading.options).toEqual({...defaultOptions, ...expected});
	});

	it('is total for keys that JavaScript gives a meaning', () => {
		expect(readOptions(undefined, argo('constructor,__proto__=true')).complaints).toHaveLength(2);
		expect(readOptions(undefined, flux('ssa', '__proto__')).complaints).toHaveLength(1);
	});
});

describe('in makeDesired', () => {
	it('hooks are set apart, Helm tests are dropped, complaints become notices with their place', () => {
		const annotated = (name: string, annotations: Record<string, string>) =>
			configMap(name, {metadata: {name, annotations}});
		const result = desire([
			annotated('plain', {}),
			annotated('hook', {'argocd.argoproj.io/hook': 'PostSync'}),
			annotated('test', {'helm.sh/hook': 'test-success'}),
			annotated('odd', argo('Prune=maybe')),
		]);
		expect(result.objects.map(({ref}) => ref.name)).toEqual(['plain', 'odd']);
		expect(result.hooks.map(({ref}) => ref.name)).toEqual(['hook']);
		expect(result.blocked).toEqual([]);
		expect(result.notices).toEqual([
			{
				code: 'OptionWithoutEffect',
				message: 'argocd.argoproj.io/sync-options holds an option that is not known',
				file: 'k8s/all.yaml',
				line: 31,
				object: 'ConfigMap/odd',
			},
		]);
	});
});

it('a hook that cannot be written is blocked as a hook: nothing is synced without it', () => {
	const annotations = {'argocd.argoproj.io/hook': 'PreSync'};
	const odd = {apiVersion: 'example.com/v1', kind: 'Migration', metadata: {name: 'odd', annotations}};
	expect(desire([odd]).blocked).toMatchObject([{isHook: true, problem: {code: 'KindNotServed'}}]);
	expect(desire([{...odd, metadata: {name: 'odd'}}]).blocked[0]).not.toHaveProperty('isHook');
});
