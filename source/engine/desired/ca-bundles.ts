import type {KubernetesObject, ObjectRef} from '../../model/object.ts';
import {groupKindOf} from '../../model/object.ts';
import {decodeBase64} from './base64.ts';
import {changeAt, changeItems, isMap} from './tree.ts';

const webhookList = ['webhooks'];

/** Where a client configuration with a `caBundle` stands. */
const placesOf: ReadonlyMap<string, {list: readonly string[]; config: readonly string[]}> = new Map([
	[
		'CustomResourceDefinition.apiextensions.k8s.io',
		{list: [], config: ['spec', 'conversion', 'webhook', 'clientConfig']},
	],
	['MutatingWebhookConfiguration.admissionregistration.k8s.io', {list: webhookList, config: ['clientConfig']}],
	['ValidatingWebhookConfiguration.admissionregistration.k8s.io', {list: webhookList, config: ['clientConfig']}],
	['APIService.apiregistration.k8s.io', {list: [], config: ['spec']}],
]);

/**
 * Removes `caBundle` placeholders such as `Cg==`. Generated manifests carry them for a certificate injector to fill in;
 * applied, they would be refused, or would fight with the injector for ever.
 */
export function withoutPlaceholderBundles(object: KubernetesObject, ref: ObjectRef): KubernetesObject {
	const place = placesOf.get(groupKindOf(ref));
	if (!place) return object;
	if (place.list.length === 0) return changeAt(object, place.config, withoutPlaceholder);
	return changeAt(object, place.list, webhooks =>
		changeItems(webhooks, webhook => changeAt(webhook, place.config, withoutPlaceholder)),
	);
}

function withoutPlaceholder(config: unknown): unknown {
	if (!isMap(config) || typeof config.caBundle !== 'string') return config;
	if (decodeBase64(config.caBundle)?.includes('-----BEGIN CERTIFICATE-----')) return config;
	const {caBundle: _caBundle, ...rest} = config;
	return rest;
}
