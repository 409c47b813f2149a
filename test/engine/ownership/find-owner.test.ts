import {describe, expect, it} from 'vitest';
import {findForeignOwner, type Self} from '../../../source/engine/ownership/find-owner.ts';
import type {ObjectMetadata} from '../../../source/model/object.ts';
import {ref} from '../plan/build.ts';

const self: Self = {application: 'shop', applySetId: 'applyset-ours-v1'};
const web = ref('apps/v1/Deployment/prod/web');

type Metadata = Partial<ObjectMetadata>;

const trackingId = (id: string): Metadata => ({annotations: {'argocd.argoproj.io/tracking-id': id}});
const flux = {'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system'};
const helmController = {'helm.toolkit.fluxcd.io/name': 'web', 'helm.toolkit.fluxcd.io/namespace': 'prod'};
const controller = {apiVersion: 'x/v1', kind: 'Thing', name: 'parent', uid: 'u', controller: true};

const owned: [string, Metadata, string, string][] = [
	['a controller', {ownerReferences: [controller]}, 'OwnedByController', 'Thing/parent, whose controller made it'],
	[
		'a controller that copied the labels of Flux',
		{ownerReferences: [controller], labels: flux},
		'OwnedByController',
		'Thing/parent, whose controller made it',
	],
	[
		'another set',
		{labels: {'applyset.kubernetes.io/part-of': 'applyset-x-v1'}},
		'OwnedByApplySet',
		'another set, applyset-x-v1',
	],
	['Argo CD', trackingId('shop:apps/Deployment:prod/web'), 'OwnedByArgoCD', 'Argo CD application shop'],
	[
		'Argo CD, application in a namespace',
		trackingId('team_shop:apps/Deployment:prod/web'),
		'OwnedByArgoCD',
		'Argo CD application team_shop',
	],
	['Argo CD by label', {labels: {'argocd.argoproj.io/instance': 'shop'}}, 'OwnedByArgoCD', 'Argo CD application shop'],
	['Flux Kustomization', {labels: flux}, 'OwnedByFlux', 'Flux Kustomization flux-system/apps'],
	[
		'Flux HelmRelease, which marks for Helm too',
		{labels: helmController, annotations: {'meta.helm.sh/release-name': 'web'}},
		'OwnedByFlux',
		'Flux HelmRelease prod/web',
	],
	[
		'Helm',
		{annotations: {'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'prod'}},
		'OwnedByHelm',
		'Helm release prod/web',
	],
	['Helm without a namespace', {annotations: {'meta.helm.sh/release-name': 'web'}}, 'OwnedByHelm', 'Helm release web'],
	[
		'cli-utils',
		{annotations: {'config.k8s.io/owning-inventory': 'id-1'}},
		'OwnedByOther',
		'inventory id-1 (cli-utils)',
	],
	[
		'cli-utils, newer key',
		{annotations: {'config.kubernetes.io/owning-inventory': 'id-1'}},
		'OwnedByOther',
		'inventory id-1 (cli-utils)',
	],
	['kapp', {labels: {'kapp.k14s.io/app': '17'}}, 'OwnedByOther', 'kapp application 17'],
];

const free: [string, Metadata][] = [
	['nothing', {}],
	['our own label', {labels: {'applyset.kubernetes.io/part-of': 'applyset-ours-v1'}}],
	[
		'labels that every chart has',
		{labels: {'app.kubernetes.io/managed-by': 'Helm', 'app.kubernetes.io/instance': 'web', 'helm.sh/chart': 'web-1'}},
	],
	['an owner that is no controller', {ownerReferences: [{...controller, controller: false}]}],
	['half of the Flux labels', {labels: {'kustomize.toolkit.fluxcd.io/name': 'apps'}}],
	['an empty mark', {annotations: {'meta.helm.sh/release-name': ''}}],
	['an id of another name', trackingId('shop:apps/Deployment:prod/other')],
	['an id of another namespace', trackingId('shop:apps/Deployment:dev/web')],
	['an id of another kind', trackingId('shop:apps/StatefulSet:prod/web')],
	['an id of another group', trackingId('shop:extensions/Deployment:prod/web')],
	['an id that is none', trackingId('shop')],
	[
		'an id of another object, with the label that was copied along',
		{...trackingId('shop:apps/Deployment:prod/other'), labels: {'argocd.argoproj.io/instance': 'shop'}},
	],
];

describe('findForeignOwner', () => {
	it.each(owned)('%s', (_title, metadata, code, owner) => {
		const found = findForeignOwner(metadata, self, web);
		expect(found).toMatchObject({code, owner});
		expect(found?.hint).not.toBe('');
	});

	it.each(free)('%s: nobody', (_title, metadata) => {
		expect(findForeignOwner(metadata, self, web)).toBeNull();
	});

	it('reads ids of cluster-scoped objects, whose names may hold colons', () => {
		const role = ref('rbac.authorization.k8s.io/v1/ClusterRole//system:web');
		const metadata = trackingId('shop:rbac.authorization.k8s.io/ClusterRole:prod/system:web');
		expect(findForeignOwner(metadata, self, role)?.owner).toBe('Argo CD application shop');
	});

	it('reads ids of the core group', () => {
		const found = findForeignOwner(trackingId('shop:/Service:prod/web'), self, ref('v1/Service/prod/web'));
		expect(found?.code).toBe('OwnedByArgoCD');
	});

	it('names the sets that this worker knows', () => {
		const knownSets = new Map([['applyset-x-v1', 'cart']]);
		const metadata = {labels: {'applyset.kubernetes.io/part-of': 'applyset-x-v1'}};
		expect(findForeignOwner(metadata, {...self, knownSets}, web)?.owner).toBe('application cart');
	});

	it('takes no mark for a claim that Git itself declares', () => {
		const annotations = {'meta.helm.sh/release-name': 'web'};
		expect(findForeignOwner({annotations}, {...self, declared: {annotations}}, web)).toBeNull();
		const changed = {annotations: {'meta.helm.sh/release-name': 'other'}};
		expect(findForeignOwner(changed, {...self, declared: {annotations}}, web)?.code).toBe('OwnedByHelm');
	});

	it('shows hostile names harmlessly', () => {
		const annotations = {'meta.helm.sh/release-name': `\u001b[2J${'x'.repeat(5_000)}`};
		const owner = findForeignOwner({annotations}, self, web)?.owner ?? '';
		expect(owner).toContain('\\x1b[2J');
		expect(owner.length).toBeLessThanOrEqual(160);
	});
});
