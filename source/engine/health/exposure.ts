import {healthy, progressing} from './answers.ts';
import {mapsAt, textAt} from './fields.ts';
import type {HealthRule} from './types.ts';

/** kstatus is content with a cluster address; a load balancer without an outer one serves nobody (as in Argo CD). */
export const serviceHealth: HealthRule = object => {
	if (textAt(object, 'spec.type') !== 'LoadBalancer') return healthy();
	if (mapsAt(object, 'status.loadBalancer.ingress').length > 0) return healthy();
	return progressing('waits for an external address');
};

export const ingressHealth: HealthRule = object => {
	if (mapsAt(object, 'status.loadBalancer.ingress').length > 0) return healthy();
	return progressing('waits for an address from its ingress controller');
};
