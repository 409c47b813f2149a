import type {Problem} from '../../model/errors.ts';
import {keyOf, type Manifest, type ObjectKey, type ObjectRef, parseApiVersion} from '../../model/object.ts';
import {boundedText} from '../../model/text.ts';
import {isMap, typeName} from './tree.ts';

/** Who a manifest says it is, before its namespace is settled. */
export type Identity =
	| {readonly type: 'named'; readonly ref: ObjectRef; readonly key: ObjectKey}
	| {readonly type: 'generated'; readonly ref: ObjectRef}
	| {readonly type: 'problem'; readonly problem: Problem};

/**
 * Reads apiVersion, kind and name. The name only has to be a safe path segment (RBAC allows colons, and each kind has
 * rules of its own, which the server explains well); what is not a text or has a slash cannot be addressed at all.
 */
export function identify(manifest: Manifest): Identity {
	// Whatever the type says: this came from a repository.
	const object: unknown = manifest.object;
	if (!isMap(object)) return unnamed(manifest, 'NotAnObject', `the document is ${typeName(object)}, not an object`);
	const {apiVersion, kind, metadata} = object;
	if (typeof apiVersion !== 'string' || apiVersion === '')
		return unnamed(manifest, 'NotAnObject', 'apiVersion is missing');
	if (typeof kind !== 'string' || !/^[A-Za-z][A-Za-z0-9]*$/.test(kind)) {
		return unnamed(manifest, 'NotAnObject', kind === undefined ? 'kind is missing' : 'kind is not a name of a kind');
	}
	if (!/^([a-z0-9.-]+\/)?[A-Za-z0-9-]+$/.test(apiVersion)) {
		return unnamed(
			manifest,
			'NotAnObject',
			`apiVersion ${boundedText(apiVersion, 80)} of a ${kind} is not GROUP/VERSION`,
		);
	}
	if (!isMap(metadata)) return unnamed(manifest, 'NameMissing', `a ${kind} has no metadata.name`);
	const {name, generateName, namespace} = metadata;
	if (namespace !== undefined && namespace !== null && typeof namespace !== 'string') {
		return unnamed(
			manifest,
			'InvalidNamespace',
			`metadata.namespace of a ${kind} is ${typeName(namespace)}; put it in quotes`,
		);
	}
	const ref = {
		...parseApiVersion(apiVersion),
		kind,
		namespace: namespace ?? '',
	};
	if ((name === undefined || name === null || name === '') && typeof generateName === 'string' && generateName !== '') {
		return {type: 'generated', ref: {...ref, name: generateName}};
	}
	if (name === undefined || name === null || name === '') {
		return unnamed(manifest, 'NameMissing', `a ${kind} has no metadata.name`);
	}
	if (typeof name !== 'string') {
		return unnamed(manifest, 'InvalidName', `the name of a ${kind} is ${typeName(name)}; put it in quotes`);
	}
	if (name.length > 253 || name === '.' || name === '..' || /[/%\u0000-\u001f\u007f]/.test(name)) {
		return unnamed(manifest, 'InvalidName', `${kind}/${boundedText(name, 80)} is not a possible name`);
	}
	const named = {...ref, name};
	return {type: 'named', ref: named, key: keyOf(named)};
}

function unnamed(manifest: Manifest, code: string, message: string): Identity {
	return {type: 'problem', problem: {code, message, ...placeOf(manifest)}};
}

/** Where a manifest stands, as the fields of a Problem. */
export function placeOf(manifest: Pick<Manifest, 'origin'>): {file: string; line?: number} {
	const {file, line} = manifest.origin;
	return line === undefined ? {file} : {file, line};
}
