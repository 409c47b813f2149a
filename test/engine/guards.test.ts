import {describe, expect, it} from 'vitest';
import {matchesAny, matchesGlob} from '../../source/engine/globs.ts';
import {checkGuards} from '../../source/engine/guards.ts';
import type {Guards} from '../../source/model/application.ts';
import {ref} from './plan/build.ts';

const open: Guards = {allowedNamespaces: [], allowedServers: [], allowedKinds: [], deniedKinds: []};
const server = 'https://prod.example.com:6443';

function check(guards: Partial<Guards>, texts: string[], context?: string): string[] {
	const application = {guards: {...open, ...guards}, destination: {namespace: 'shop'}};
	const destination = context === undefined ? {server} : {server, context};
	const objects = texts.map(text => ({ref: ref(text)}));
	return checkGuards(application, destination, objects).map(({ref: blocked}) => `${blocked.kind}/${blocked.name}`);
}

const config = 'v1/ConfigMap/shop/config';
const foreign = 'v1/ConfigMap/kube-system/config';
const web = 'apps/v1/Deployment/shop/web';
const role = 'rbac.authorization.k8s.io/v1/ClusterRole//admin';
const binding = 'rbac.authorization.k8s.io/v1/RoleBinding/shop/admin';
const namespace = 'v1/Namespace//shop';
const otherNamespace = 'v1/Namespace//kube-system';
const all = [config, foreign, web, role, binding, namespace, otherNamespace];

const cases: [string, Partial<Guards>, string[], string[]][] = [
	['no guard allows everything', {}, all, []],
	['namespaces by name', {allowedNamespaces: ['shop']}, [config, foreign, web], ['ConfigMap/config']],
	['namespaces by glob', {allowedNamespaces: ['kube-*']}, [config, foreign], ['ConfigMap/config']],
	['namespaces with an exception', {allowedNamespaces: ['*', '!kube-*']}, [config, foreign], ['ConfigMap/config']],
	['only exceptions: all others', {allowedNamespaces: ['!kube-*']}, [config, foreign], ['ConfigMap/config']],
	[
		'a Namespace is one of the namespaces',
		{allowedNamespaces: ['shop']},
		[namespace, otherNamespace],
		['Namespace/kube-system'],
	],
	[
		'limited namespaces leave no way out through cluster-wide kinds',
		{allowedNamespaces: ['shop']},
		[role, binding],
		['ClusterRole/admin'],
	],
	[
		'unless they are allowed by name',
		{allowedNamespaces: ['shop'], allowedKinds: ['ClusterRole.*', 'ConfigMap']},
		[role, config],
		[],
	],
	['or by "everything"', {allowedNamespaces: ['shop'], allowedKinds: ['*']}, [role, config, web], []],
	['kinds', {allowedKinds: ['ConfigMap', '*.apps']}, [config, web, role], ['ClusterRole/admin']],
	[
		'a core kind is not the kind of another group',
		{allowedKinds: ['Service']},
		['serving.knative.dev/v1/Service/shop/a'],
		['Service/a'],
	],
	['"*.*" is everything, core kinds too', {allowedKinds: ['*.*']}, all, []],
	['denied kinds', {deniedKinds: ['*.rbac.authorization.k8s.io']}, all, ['ClusterRole/admin', 'RoleBinding/admin']],
	['denied beats allowed', {allowedKinds: ['*'], deniedKinds: ['ConfigMap']}, [config, web], ['ConfigMap/config']],
	['a server', {allowedServers: [server]}, all, []],
	['a server by glob', {allowedServers: ['https://prod.*']}, all, []],
	['a slash at the end means nothing', {allowedServers: [`${server}/`]}, [config], []],
	[
		'another server',
		{allowedServers: ['https://dev.example.com']},
		[config, role],
		['ConfigMap/config', 'ClusterRole/admin'],
	],
	['a core kind that is taken out', {allowedKinds: ['*', '!ConfigMap']}, [config, web], ['ConfigMap/config']],
	['an empty pattern allows nothing', {allowedNamespaces: ['']}, [config], ['ConfigMap/config']],
];

describe('checkGuards', () => {
	it.each(cases)('%s', (_title, guards, texts, blocked) => {
		expect(check(guards, texts)).toEqual(blocked);
	});

	it('knows a cluster by its context too', () => {
		expect(check({allowedServers: ['prod']}, [config], 'prod')).toEqual([]);
		expect(check({allowedServers: ['prod']}, [config], 'dev')).toEqual(['ConfigMap/config']);
		expect(check({allowedServers: ['*', '!prod']}, [config], 'prod')).toEqual(['ConfigMap/config']);
	});

	it("knows Argo CD's word for the cluster it runs in, but believes no address that an application claims", () => {
		const guards = {...open, allowedServers: ['https://kubernetes.default.svc', 'https://claimed.example.com']};
		const blocked = (declared: string) =>
			checkGuards({guards, destination: {namespace: 'shop', server: declared}}, {server}, [{ref: ref(config)}]);
		expect(blocked('https://kubernetes.default.svc')).toEqual([]);
		expect(blocked('https://claimed.example.com')).toHaveLength(1);
	});

	it('says which rule, and what to do', () => {
		const application = {guards: {...open, allowedNamespaces: ['shop']}, destination: {namespace: 'shop'}};
		expect(checkGuards(application, {server}, [{ref: ref(foreign)}])).toEqual([
			{
				ref: ref(foreign),
				problem: {
					code: 'GuardViolation',
					message: 'ConfigMap/config is not allowed: namespace kube-system is not on the list',
					hint: 'Change allowedNamespaces of the application, or remove the object',
					object: 'ConfigMap/config',
				},
			},
		]);
	});
});

describe('globs', () => {
	it.each([
		['', '', true],
		['', 'a', false],
		['*', '', true],
		['*', 'anything.at/all', true],
		['a*', 'abc', true],
		['a*', 'bac', false],
		['*c', 'abc', true],
		['a*c', 'abcc', true],
		['a*b*c', 'aXbYbZc', true],
		['a*b*c', 'aXcYb', false],
		['a?c', 'abc', true],
		['a?c', 'ac', false],
		['a.c', 'abc', false],
		['[a]', 'a', false],
		['A', 'a', false],
		['**', 'x', true],
	])('%j and %j: %s', (pattern, text, expected) => {
		expect(matchesGlob(pattern, text)).toBe(expected);
	});

	it('take no more than their length times the text, whatever they are', () => {
		expect(matchesGlob(`${'*a'.repeat(1_000)}b`, 'a'.repeat(10_000))).toBe(false);
	});

	it('of an empty list match nothing', () => {
		expect(matchesAny([], ['a'])).toBe(false);
	});
});
