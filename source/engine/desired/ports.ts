import type {KubernetesObject, ObjectRef} from '../../model/object.ts';
import {containerLists, podTemplatePath} from './pod-templates.ts';
import {changeAt, changeItems, isMap} from './tree.ts';

/**
 * Gives ports their default protocol. It is part of the key by which server-side apply tells ports apart; without it,
 * older servers and custom resources without the default do not recognise a port again (structured-merge-diff #130).
 */
export function withPortProtocols(object: KubernetesObject, ref: ObjectRef): KubernetesObject {
	if (ref.kind === 'Service' && ref.group === '') return changeAt(object, ['spec', 'ports'], withProtocols);
	const template = podTemplatePath(ref);
	if (!template) return object;
	let result = object;
	for (const list of containerLists) {
		result = changeAt(result, [...template, 'spec', list], containers =>
			changeItems(containers, container => changeAt(container, ['ports'], withProtocols)),
		);
	}
	return result;
}

function withProtocols(ports: unknown): unknown {
	return changeItems(ports, port => {
		if (!isMap(port) || (port.protocol !== undefined && port.protocol !== null)) return port;
		return {...port, protocol: 'TCP'};
	});
}
