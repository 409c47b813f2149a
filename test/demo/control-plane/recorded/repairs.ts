/** Requests that the recorder wrote down otherwise than it had sent them, made right again. */
import type {KubernetesObject} from '../../../../source/model/object.ts';
import type {Exchange} from '../recordings.ts';

type Body = Exchange['request']['body'];

const bigConfigMap = (name: string, content: {data?: object; annotations?: object}): Body => ({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: {name, namespace: 'fx', ...(content.annotations ? {annotations: content.annotations} : {})},
	...(content.data ? {data: content.data} : {}),
});

/** By `case/step`. */
const repairs: Readonly<Record<string, (body: Body) => Body>> = {
	// Its resourceVersion was taken out for the next step before it was written down.
	'41/3': body => {
		const object = body as KubernetesObject;
		return {...object, metadata: {...object.metadata, resourceVersion: '271'}};
	},
	// Bodies of this size were left out.
	'61/1': () => bigConfigMap('big1', {data: {a: 'x'.repeat(1_048_577)}}),
	'61/2': () => bigConfigMap('big2', {data: {a: 'x'.repeat(4_194_304)}}),
	'61/3': () => bigConfigMap('big3', {annotations: {a: 'x'.repeat(262_144)}}),
};

export function repaired(name: string, body: Body): Body {
	return repairs[name]?.(body) ?? body;
}
