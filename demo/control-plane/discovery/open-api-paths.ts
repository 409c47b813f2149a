import type {Resource} from '../kinds/resource.ts';

const queryParameter = (name: string, type: 'string' | 'boolean' | 'integer'): object => ({
	name,
	in: 'query',
	schema: {type, uniqueItems: true},
});

const pathParameter = (name: string): object => ({
	name,
	in: 'path',
	required: true,
	schema: {type: 'string', uniqueItems: true},
});

const writeParameters = [
	queryParameter('dryRun', 'string'),
	queryParameter('fieldManager', 'string'),
	queryParameter('fieldValidation', 'string'),
];

const listParameters = [
	queryParameter('continue', 'string'),
	queryParameter('fieldSelector', 'string'),
	queryParameter('labelSelector', 'string'),
	queryParameter('limit', 'integer'),
	queryParameter('resourceVersion', 'string'),
	queryParameter('watch', 'boolean'),
];

const patchTypes = ['application/apply-patch+yaml', 'application/json-patch+json', 'application/merge-patch+json'];

/** The paths of a kind with what clients look for in them: which kind, which parameters, which patches. */
export function pathsOf(resource: Resource, reference: string): Record<string, object> {
	const {group, version, kind, isNamespaced} = resource;
	const root = group ? `/apis/${group}/${version}` : `/api/${version}`;
	const collection = `${root}${isNamespaced ? '/namespaces/{namespace}' : ''}/${resource.resource}`;
	const scope = isNamespaced ? [pathParameter('namespace')] : [];
	const content = (ref: string): object => ({'application/json': {schema: {$ref: ref}}});
	const operation = (action: string, ref: string, more: object): object => ({
		...more,
		responses: {'200': {description: 'OK', content: content(ref)}},
		'x-kubernetes-action': action,
		'x-kubernetes-group-version-kind': {group, version, kind},
	});
	const body = {content: content(reference), required: true};
	const patchContent = Object.fromEntries(
		[...patchTypes, ...(resource.custom ? [] : ['application/strategic-merge-patch+json'])].map(type => [
			type,
			{schema: {type: 'object'}},
		]),
	);
	return {
		[collection]: {
			parameters: scope,
			get: operation('list', `${reference}List`, {parameters: listParameters}),
			post: operation('post', reference, {parameters: writeParameters, requestBody: body}),
		},
		[`${collection}/{name}`]: {
			parameters: [pathParameter('name'), ...scope],
			get: operation('get', reference, {}),
			put: operation('put', reference, {parameters: writeParameters, requestBody: body}),
			patch: operation('patch', reference, {
				parameters: [...writeParameters, queryParameter('force', 'boolean')],
				requestBody: {content: patchContent, required: true},
			}),
			delete: operation('delete', reference, {parameters: [queryParameter('dryRun', 'string')]}),
		},
	};
}
