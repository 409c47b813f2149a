import type {KubernetesObject} from '../../../source/model/object.ts';
import type {ListAnswer} from '../api/list.ts';
import type {Encoding} from '../http/negotiate.ts';
import {apiVersionOfKind, type Resource} from '../kinds/resource.ts';
import {metadataOf} from './metadata.ts';
import {tableOf, type ViewOptions} from './table.ts';

/** One object as it was asked for. */
export function viewObject(
	resource: Resource,
	object: KubernetesObject,
	view: Encoding['view'],
	options: ViewOptions,
): unknown {
	switch (view) {
		case 'object':
			return withKindFirst(object);
		case 'metadata':
			return metadataOf(object);
		case 'table':
			return tableOf(resource, [object], {resourceVersion: object.metadata.resourceVersion ?? ''}, options);
	}
}

/** Many objects as they were asked for. */
export function viewList(
	resource: Resource,
	{items, metadata}: ListAnswer,
	view: Encoding['view'],
	options: ViewOptions,
): unknown {
	switch (view) {
		case 'object':
			return {
				kind: resource.listKind,
				apiVersion: apiVersionOfKind(resource),
				metadata,
				items: resource.custom ? items : items.map(withoutKind),
			};
		case 'metadata':
			return {kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata, items: items.map(metadataOf)};
		case 'table':
			return tableOf(resource, items, metadata, options);
	}
}

function withKindFirst({kind, apiVersion, ...rest}: KubernetesObject): object {
	return {kind, apiVersion, ...rest};
}

/** In lists the items of built-in kinds do not repeat what the list says. */
function withoutKind({kind: _kind, apiVersion: _version, ...rest}: KubernetesObject): object {
	return rest;
}
