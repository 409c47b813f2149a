import type {KubernetesObject} from '../../../source/model/object.ts';
import type {ListAnswer} from '../api/list.ts';
import type {Resource} from '../kinds/resource.ts';
import type {Column} from './columns/column.ts';
import {columnsOf} from './columns/index.ts';
import {metadataOf} from './metadata.ts';

export interface ViewOptions {
	/** What of an object stands in a table's row: its metadata, all of it, or nothing. */
	readonly includeObject: 'Metadata' | 'Object' | 'None';
	/** Epoch milliseconds. */
	readonly now: number;
}

/** Objects in the columns in which kubectl prints their kind. In a watch only the first event has the definitions. */
export function tableOf(
	resource: Resource,
	objects: readonly KubernetesObject[],
	metadata: ListAnswer['metadata'],
	{includeObject, now}: ViewOptions,
	{hasDefinitions = true}: {readonly hasDefinitions?: boolean} = {},
): object {
	const columns = columnsOf(resource);
	return {
		kind: 'Table',
		apiVersion: 'meta.k8s.io/v1',
		metadata,
		columnDefinitions: hasDefinitions ? columns.map(define) : null,
		rows: objects.map(object => ({
			cells: columns.map(column => column.cell(object, now)),
			object: rowObject(object, includeObject),
		})),
	};
}

function define({name, type = 'string', format = '', isWide = false}: Column): object {
	return {name, type, format, description: '', priority: isWide ? 1 : 0};
}

function rowObject(object: KubernetesObject, include: ViewOptions['includeObject']): object | null {
	switch (include) {
		case 'Metadata':
			return metadataOf(object);
		case 'Object':
			return object;
		case 'None':
			return null;
	}
}
