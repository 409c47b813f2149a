import type {KubernetesObject} from '../../source/model/object.ts';
import type {ControllerClient, Writer} from '../control-plane/types.ts';
import type {DemoRepository} from '../seed-repository.ts';

/** What the people and programs of the incident have their hands on. */
export interface World {
	readonly client: ControllerClient;
	readonly repository: DemoRepository;
}

const place = {kind: 'Deployment.apps', namespace: 'shop'} as const;

/** `kubectl scale`, or an autoscaler: the scale subresource under the given manager's name. */
export function scale({client}: World, name: string, replicas: number, manager: string): void {
	change(client, name, {manager, subresource: 'scale'}, spec => ({...spec, replicas}));
}

/** `kubectl set image` by whoever calls itself by this name. */
export function setImage({client}: World, name: string, image: string, manager: string): void {
	change(client, name, {manager}, spec => {
		const template = spec.template as {spec: {containers: Record<string, unknown>[]}};
		const containers = template.spec.containers.map((container, index) =>
			index === 0 ? {...container, image} : container,
		);
		return {...spec, template: {...template, spec: {...template.spec, containers}}};
	});
}

function change(
	client: ControllerClient,
	name: string,
	writer: Writer,
	edit: (spec: Record<string, unknown>) => Record<string, unknown>,
): void {
	const live = client.get(place.kind, place.namespace, name);
	if (!live) throw new Error(`there is no Deployment ${name} to change`);
	const changed: KubernetesObject = {...live, spec: edit(live.spec as Record<string, unknown>)};
	client.update(changed, writer);
}
