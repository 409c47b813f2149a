import {inventoryName} from '../../engine/inventory/record.ts';
import {toProblem} from '../../model/errors.ts';
import type {ApplicationContext} from './context.ts';

/**
 * Tells everybody who looks at the cluster, by a Kubernetes Event about the inventory ConfigMap. Events are courtesy: one
 * that cannot be written (no rights, no namespace) changes nothing.
 */
export function announce(
	context: ApplicationContext,
	{type, reason, message}: {type: 'Normal' | 'Warning'; reason: string; message: string},
): void {
	const {services, session, state, application} = context;
	const name = inventoryName(application.name);
	const {namespace} = application.destination;
	const {uid} = state.inventory;
	// Of an inventory that is not in the cluster nobody could find it; a worker that only observes announces nothing.
	if (services.mode !== 'reconcile' || uid === undefined) return;
	const time = new Date(services.clock()).toISOString().replace(/\.\d+Z$/, 'Z');
	session.cluster
		.create(
			{
				apiVersion: 'v1',
				kind: 'Event',
				metadata: {name: `${name}.${services.newId().toLowerCase()}`, namespace},
				involvedObject: {apiVersion: 'v1', kind: 'ConfigMap', namespace, name, uid},
				type,
				reason,
				message,
				source: {component: 'holdfast'},
				firstTimestamp: time,
				lastTimestamp: time,
				count: 1,
			},
			{manager: state.fieldManager},
		)
		.catch(error => context.log.debug({problem: toProblem(error)}, 'an Event could not be written'));
}
