import {stringify} from 'yaml';
import type {Renderers} from './history.ts';

const held = {automated: {prune: true, selfHeal: true}, syncOptions: ['CreateNamespace=true']};

/** The configuration that holds the shop: production is healed, staging is only watched, dev follows Git. */
export function shopConfiguration(repoURL: string, {kustomize, helm}: Renderers): string {
	const application = (name: string, path: string, namespace: string, rest: object = {}) => ({
		name,
		source: {repoURL, targetRevision: 'main', path, interval: '5s'},
		destination: {namespace},
		syncPolicy: held,
		...rest,
	});
	return stringify({
		apiVersion: 'holdfast.dev/v1alpha1',
		kind: 'Configuration',
		applications: [
			application('platform', 'platform', 'shop'),
			...['storefront', 'checkout', 'cart', 'payments'].map(name =>
				application(name, `production/${name}`, 'shop', {dependsOn: ['platform']}),
			),
			application('search', 'production/search', 'shop', {dependsOn: ['platform']}),
			application('shop-staging', 'staging', 'shop-staging', {drift: {mode: 'observe'}}),
			application('shop-dev', 'dev', 'shop-dev'),
			...(kustomize
				? (['production', 'staging', 'dev'] as const).map(environment =>
						application(
							environment === 'production' ? 'catalog' : `catalog-${environment}`,
							`catalog/${environment}`,
							environment === 'production' ? 'shop' : `shop-${environment}`,
						),
					)
				: []),
			...(helm ? [application('mail', 'charts/mail', 'shop')] : []),
		],
	});
}
