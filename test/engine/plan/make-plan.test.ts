import {describe, expect, it} from 'vitest';
import {desired, entry, plan, print, ref} from './build.ts';

describe('what is written', () => {
	const web = desired('apps/v1/Deployment/prod/web');
	const key = web.key;

	it('is what is missing, changed or not compared yet, each with its reason and uid', () => {
		const objects = ['new', 'lost', 'changed', 'same', 'odd'].map(name => desired(`v1/ConfigMap/prod/${name}`));
		const result = plan({
			desired: objects,
			inventory: [entry('v1/ConfigMap/prod/lost'), entry('v1/ConfigMap/prod/same')],
			states: {
				'/ConfigMap/prod/changed': {type: 'changed', uid: 'u1', reason: 'changed in Git'},
				'/ConfigMap/prod/same': {type: 'synced', uid: 'u2'},
				'/ConfigMap/prod/odd': {type: 'unknown'},
			},
		});
		expect(result.steps).toHaveLength(1);
		expect(result.steps[0]?.items.map(item => [item.ref.name, item.action, item.reason, item.uid])).toEqual([
			['changed', 'change', 'changed in Git', 'u1'],
			['lost', 'create', 'missing in the cluster', undefined],
			['new', 'create', 'new in Git', undefined],
			['odd', 'change', 'not compared yet', undefined],
		]);
		expect(result.counts).toEqual({create: 2, change: 2, delete: 0, hooks: 0, unchanged: 1, blocked: 0});
		expect(result).toMatchObject({application: 'shop', revision: 'abc', deletion: {type: 'none'}, gone: []});
	});

	it('is nothing when all is as it should be', () => {
		const result = plan({
			desired: [web],
			inventory: [entry('apps/v1/Deployment/prod/web')],
			states: {[key]: {type: 'synced', uid: 'u'}},
		});
		expect(result.steps).toEqual([]);
		expect(result.counts).toEqual({create: 0, change: 0, delete: 0, hooks: 0, unchanged: 1, blocked: 0});
	});

	it('is never what somebody else holds', () => {
		const result = plan({desired: [web], states: {[key]: {type: 'foreign', owner: 'Helm release shop', uid: 'u'}}});
		expect(result.steps).toEqual([]);
		expect(result.blocked[0]?.problem).toMatchObject({
			code: 'OwnedByOther',
			message: 'Deployment/web belongs to Helm release shop',
			object: 'Deployment/web',
		});
		expect(result.counts.blocked).toBe(1);
	});

	it('counts what was blocked before', () => {
		const blocked = [{ref: ref('v1/ConfigMap/prod/x'), problem: {code: 'WrongType', message: 'm'}}];
		expect(plan({blocked}).counts.blocked).toBe(1);
		expect(plan({blocked}).blocked).toEqual(blocked);
	});

	const rules = [
		['ignore', 'missing', null],
		['ignore', 'changed', null],
		['ignore', 'foreign', null],
		['if-not-present', 'missing', 'create'],
		['if-not-present', 'changed', null],
		['if-not-present', 'synced', null],
		['merge', 'missing', 'create'],
		['merge', 'changed', 'change'],
		['override', 'changed', 'change'],
	] as const;
	const knowledge = {
		missing: {type: 'missing'},
		changed: {type: 'changed', uid: 'u', reason: 'r'},
		synced: {type: 'synced', uid: 'u'},
		foreign: {type: 'foreign', uid: 'u', owner: 'x'},
	} as const;
	it.each(rules)('rule %s, %s: %s', (apply, type, action) => {
		const result = plan({desired: [desired('apps/v1/Deployment/prod/web', {apply})], states: {[key]: knowledge[type]}});
		expect(result.steps.flatMap(({items}) => items.map(item => item.action))).toEqual(action ? [action] : []);
		expect(result.blocked).toEqual([]);
	});

	it('waits for knowledge before it creates what must not be overwritten', () => {
		const object = desired('apps/v1/Deployment/prod/web', {apply: 'if-not-present'});
		const result = plan({desired: [object], states: {[key]: {type: 'unknown'}}});
		expect(result.steps).toEqual([]);
		expect(result.blocked[0]?.problem.code).toBe('LiveStateUnknown');
	});
});

describe('steps', () => {
	const all = [
		'apps/v1/Deployment/prod/web',
		'v1/ConfigMap/prod/settings',
		'v1/Secret/prod/token',
		'v1/Namespace//prod',
		'apiextensions.k8s.io/v1/CustomResourceDefinition//things.example.com',
		'example.com/v1/Thing/prod/thing',
		'rbac.authorization.k8s.io/v1/ClusterRole//reader',
		'v1/ServiceAccount/prod/web',
		'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration//hook',
	].map(text => desired(text));

	it('are few, and ready namespaces and definitions come first', () => {
		const result = plan({desired: all});
		expect(print(result)).toEqual([
			'namespaces and definitions: create CustomResourceDefinition/things.example.com, create Namespace/prod',
			'cluster definitions: create ClusterRole/reader',
			'ServiceAccount: create ServiceAccount/web',
			'ConfigMap, Secret: create ConfigMap/settings, create Secret/token',
			'Deployment: create Deployment/web',
			'Thing: create Thing/thing',
			'ValidatingWebhookConfiguration: create ValidatingWebhookConfiguration/hook',
		]);
		expect(result.steps.map(step => step.waitsForReady)).toEqual([true, false, false, false, false, false, false]);
		expect(result.steps[0]?.awaits).toEqual([
			'apiextensions.k8s.io/CustomResourceDefinition//things.example.com',
			'/Namespace//prod',
		]);
	});

	it('are one for a thousand ConfigMaps', () => {
		const many = Array.from({length: 1_000}, (_, index) => desired(`v1/ConfigMap/prod/cm-${index}`));
		const result = plan({desired: many});
		expect(result.steps).toHaveLength(1);
		expect(result.steps[0]).toMatchObject({title: 'ConfigMap', waitsForReady: false, awaits: []});
	});

	it('name three kinds and count the others', () => {
		const kinds = ['ConfigMap', 'Secret', 'Service', 'Endpoints', 'PersistentVolumeClaim'];
		const result = plan({desired: kinds.map(kind => desired(`v1/${kind}/prod/a`))});
		expect(result.steps[0]?.title).toBe('ConfigMap, Secret, PersistentVolumeClaim and 2 more');
	});
});

describe('waves', () => {
	const early = desired('apps/v1/Deployment/prod/database', {wave: -1});
	const config = desired('v1/ConfigMap/prod/schema', {wave: -1});
	const late = desired('apps/v1/Deployment/prod/web', {wave: 2});
	const synced = (object: {key: string}) => ({[object.key]: {type: 'synced', uid: object.key} as const});

	it('start when everything before them is healthy', () => {
		const result = plan({desired: [late, early, config]});
		expect(print(result)).toEqual([
			'wave -1: ConfigMap: create ConfigMap/schema',
			'wave -1: Deployment: create Deployment/database',
			'wave 2: Deployment: create Deployment/web',
		]);
		expect(result.steps.map(({awaits}) => awaits)).toEqual([[], [early.key], []]);
		expect(result.steps.map(step => step.waitsForReady)).toEqual([false, true, false]);
	});

	it('wait for what this sync does not write, too: a retry must not overtake (argo-cd #4577)', () => {
		const result = plan({desired: [late, early, config], states: {...synced(early), ...synced(config)}});
		expect(print(result)).toEqual(['wave -1: wait until healthy: ', 'wave 2: Deployment: create Deployment/web']);
		expect(result.steps[0]).toMatchObject({items: [], awaits: [early.key], waitsForReady: true});
	});

	it('attach the wait to the last step of the wave', () => {
		const result = plan({desired: [late, early, config], states: synced(early)});
		expect(result.steps.map(({title, awaits}) => [title, awaits])).toEqual([
			['wave -1: ConfigMap', [early.key]],
			['wave 2: Deployment', []],
		]);
	});

	it('do not wait when nothing comes after', () => {
		const result = plan({desired: [late, early, config], states: synced(late)});
		expect(result.steps.map(step => step.waitsForReady)).toEqual([false, false]);
	});

	it('do not wait for kinds without health, nor for objects that are ignored', () => {
		const ignored = desired('apps/v1/Deployment/prod/ignored', {wave: -1, apply: 'ignore'});
		const result = plan({desired: [late, config, ignored]});
		expect(result.steps.map(step => step.waitsForReady)).toEqual([false, false]);
	});

	it('are not mentioned where there is only one', () => {
		expect(plan({desired: [late]}).steps.map(({title}) => title)).toEqual(['Deployment']);
	});
});
