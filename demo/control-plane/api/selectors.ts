import type {KubernetesObject} from '../../../source/model/object.ts';
import type {Resource} from '../kinds/resource.ts';
import {badRequest} from './failures.ts';

export type Predicate = (object: KubernetesObject) => boolean;

const requirement = /^([^\s!=<>(),]+)\s*(?:(==|=|!=)\s*([^\s=!,()]*)|\s(in|notin)\s*\(([^()]*)\)|([<>])\s*(-?\d+))?$/;
const absence = /^!\s*([^\s!=<>(),]+)$/;

/** Compiles a label selector. Throws 400 for text that is none. */
export function labelSelector(text: string): Predicate | null {
	if (!text.trim()) return null;
	const tests = splitOutsideBrackets(text).map(part => labelTest(part.trim(), text));
	return object => {
		const labels = object.metadata.labels ?? {};
		return tests.every(test => test(labels));
	};
}

type LabelTest = (labels: Readonly<Record<string, string>>) => boolean;

function labelTest(part: string, whole: string): LabelTest {
	const absent = absence.exec(part)?.[1];
	if (absent) return labels => !Object.hasOwn(labels, absent);
	const found = requirement.exec(part);
	if (!found) throw badRequest(`unable to parse requirement: ${complaint(part, whole)}`);
	const [, key = '', equality, value = '', membership, list = '', comparison, bound] = found;
	if (equality === '!=') return labels => labels[key] !== value;
	if (equality) return labels => labels[key] === value;
	if (comparison) {
		return labels => {
			const actual = Number(labels[key] ?? Number.NaN);
			return comparison === '<' ? actual < Number(bound) : actual > Number(bound);
		};
	}
	if (!membership) return labels => Object.hasOwn(labels, key);
	const values = new Set(list.split(',').map(item => item.trim()));
	if (membership === 'in') return labels => Object.hasOwn(labels, key) && values.has(labels[key] ?? '');
	return labels => !(Object.hasOwn(labels, key) && values.has(labels[key] ?? ''));
}

function complaint(part: string, whole: string): string {
	const doubled = /^[^=]+==+(=.*)?$/.exec(part);
	if (doubled) return `found '${doubled[1] ?? ''}', expected: identifier`;
	return `found '${part.slice(0, 1)}' in '${whole}', expected: identifier`;
}

function splitOutsideBrackets(text: string): string[] {
	const parts: string[] = [];
	let depth = 0;
	let start = 0;
	for (let at = 0; at < text.length; at++) {
		if (text[at] === '(') depth++;
		else if (text[at] === ')') depth--;
		else if (text[at] === ',' && depth === 0) {
			parts.push(text.slice(start, at));
			start = at + 1;
		}
	}
	return [...parts, text.slice(start)];
}

/** Fields that can be selected besides name and namespace, by collection. */
const fieldsOfCollection: Readonly<Record<string, readonly string[]>> = {
	'/pods': [
		'spec.nodeName',
		'spec.restartPolicy',
		'spec.schedulerName',
		'spec.serviceAccountName',
		'spec.hostNetwork',
		'status.phase',
		'status.podIP',
		'status.nominatedNodeName',
	],
	'/events': [
		'involvedObject.kind',
		'involvedObject.namespace',
		'involvedObject.name',
		'involvedObject.uid',
		'involvedObject.apiVersion',
		'involvedObject.resourceVersion',
		'involvedObject.fieldPath',
		'reason',
		'reportingComponent',
		'source',
		'type',
	],
	'/namespaces': ['status.phase'],
	'/nodes': ['spec.unschedulable'],
	'/secrets': ['type'],
	'/services': ['spec.clusterIP', 'spec.type'],
	'/replicationcontrollers': ['status.replicas'],
	'apps/replicasets': ['status.replicas'],
	'batch/jobs': ['status.successful'],
};

/** Compiles a field selector. Throws 400 for fields that cannot be selected. Objects are seen as they are stored. */
export function fieldSelector(text: string, resource: Resource): Predicate | null {
	if (!text.trim()) return null;
	const known = fieldsOfCollection[resource.collection] ?? [];
	const tests = text.split(',').map(part => {
		const [, field = '', operator = '', value = ''] = /^\s*([^=!]+?)\s*(==|=|!=)\s*(.*?)\s*$/.exec(part) ?? [];
		if (!field) throw badRequest(`invalid selector: '${text}'; can't understand '${part}'`);
		if (field !== 'metadata.name' && field !== 'metadata.namespace' && !known.includes(field)) {
			throw badRequest(unknownField(field, resource));
		}
		const isWanted = operator !== '!=';
		return (object: KubernetesObject) => (readField(object, field) === value) === isWanted;
	});
	return object => tests.every(test => test(object));
}

/** The general answer and the one of custom resources; kinds with fields of their own have their own words. */
function unknownField(field: string, resource: Resource): string {
	if (resource.custom || !fieldsOfCollection[resource.collection]) {
		return resource.custom
			? `field label not supported: ${field}`
			: `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`;
	}
	return `field label not supported: ${field}`;
}

function readField(object: KubernetesObject, field: string): string {
	if (field === 'source') return String((object.source as {component?: string} | undefined)?.component ?? '');
	let value: unknown = object;
	for (const part of field.split('.')) value = (value as Record<string, unknown> | undefined)?.[part];
	if (value === undefined || value === null) {
		return field === 'status.replicas'
			? '0'
			: field === 'spec.unschedulable' || field === 'spec.hostNetwork'
				? 'false'
				: '';
	}
	return String(value);
}
