import {at, demand, each, fill, type Structure} from './fill.ts';

/** kubernetes pkg/apis/core/v1/defaults.go */

export function defaultService(object: Structure): void {
	const spec = demand(object, 'spec');
	fill(spec, {sessionAffinity: 'None', type: 'ClusterIP'});
	if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
	else fill(demand(demand(spec, 'sessionAffinityConfig'), 'clientIP'), {timeoutSeconds: 10_800});
	for (const port of each(spec.ports)) {
		fill(port, {protocol: 'TCP'});
		const {targetPort} = port;
		if (targetPort === undefined || targetPort === 0 || targetPort === '') port.targetPort = port.port;
	}
	const isExposed = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
	if (isExposed) fill(spec, {externalTrafficPolicy: 'Cluster'});
	if (isExposed || spec.type === 'ClusterIP') fill(spec, {internalTrafficPolicy: 'Cluster'});
	if (spec.type === 'LoadBalancer') fill(spec, {allocateLoadBalancerNodePorts: true});
}

/** `stringData` is only ever written: it ends in `data`, over what is there. */
export function defaultSecret(object: Structure): void {
	const texts = at(object, 'stringData');
	if (texts) {
		const data = demand(object, 'data');
		for (const [name, text] of Object.entries(texts)) data[name] = Buffer.from(String(text), 'utf8').toString('base64');
	}
	delete object.stringData;
	fill(object, {type: 'Opaque'});
}

export function defaultNamespace(object: Structure): void {
	fill(demand(object, 'status'), {phase: 'Active'});
	const metadata = demand(object, 'metadata');
	// A namespace without a name gets its label together with its name.
	if (metadata.name) demand(metadata, 'labels')['kubernetes.io/metadata.name'] = metadata.name;
}

export function defaultEndpoints(object: Structure): void {
	for (const subset of each(object.subsets)) {
		for (const port of each(subset.ports)) fill(port, {protocol: 'TCP'});
	}
}

export function defaultEndpointSlice(object: Structure): void {
	for (const port of each(object.ports)) fill(port, {name: '', protocol: 'TCP'});
}

export function defaultLimitRange(object: Structure): void {
	for (const item of each(at(object, 'spec')?.limits)) {
		if (item.type !== 'Container') continue;
		fill(item, {default: {}, defaultRequest: {}});
		const limits = at(item, 'default')!;
		const requests = at(item, 'defaultRequest')!;
		fill(limits, at(item, 'max') ?? {});
		fill(requests, limits);
		fill(requests, at(item, 'min') ?? {});
		for (const name of ['default', 'defaultRequest']) if (Object.keys(at(item, name)!).length === 0) delete item[name];
	}
}
