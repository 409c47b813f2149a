import {HoldfastError} from '../../model/errors.ts';
import type {ResourceStatus} from '../../model/status.ts';
import type {NamedObject, Target} from '../line/target.ts';
import {nearest} from '../line/usage-error.ts';
import type {Session} from './connect.ts';

/**
 * The object that a word of the command line means, with its kind spelled as the cluster spells it. What an application
 * does not have is refused: a hold of a misspelled name would hold nothing, and nobody would notice. Where nothing is known
 * of the application yet, it is taken as typed.
 *
 * @throws HoldfastError ObjectNotFound with what was probably meant, ObjectAmbiguous when several fit
 */
export async function findObject({client, tracker}: Session, target: Exclude<Target, {type: 'application'}>) {
	const [application] = tracker.applications([target.application]);
	if (application?.clusterSeenAt === null) return {kind: target.kind, name: target.name};
	const resources = await client.resources({application: target.application});
	const found = resources.filter(resource => isMeant(resource, target));
	if (found.length === 0) throw notFound(target, resources);
	if (found.length > 1) throw ambiguous(target, found);
	return {kind: found[0]!.kind, name: found[0]!.name};
}

function isMeant(resource: ResourceStatus, {kind, name}: Pick<NamedObject, 'kind' | 'name'>): boolean {
	return resource.name === name && resource.kind.toLowerCase() === kind.toLowerCase();
}

function notFound(target: Exclude<Target, {type: 'application'}>, resources: readonly ResourceStatus[]): HoldfastError {
	return new HoldfastError({
		code: 'ObjectNotFound',
		message: `${target.application} has no ${target.kind}/${target.name}`,
		hint: guess(target, resources) ?? `holdfast status ${target.application} lists its objects.`,
	});
}

function guess(
	target: Exclude<Target, {type: 'application'}>,
	resources: readonly ResourceStatus[],
): string | undefined {
	const {application, kind, name} = target;
	// KIND/NAMESPACE/NAME, as some outputs print it, reads like an object with a field.
	const [inPath = ''] = target.type === 'field' ? target.path.split('/') : [];
	const elsewhere = resources.find(resource => resource.namespace === name && isMeant(resource, {kind, name: inPath}));
	if (elsewhere) return `Leave the namespace out: ${application}/${elsewhere.kind}/${elsewhere.name}.`;
	const names = resources.map(resource => `${resource.kind}/${resource.name}`);
	const near = nearest(`${kind}/${name}`, names);
	return near && `Did you mean ${application}/${near}?`;
}

function ambiguous({application, kind, name}: NamedObject, found: readonly ResourceStatus[]): HoldfastError {
	const isOneKind = new Set(found.map(({group}) => group)).size === 1;
	const places = isOneKind
		? `in the namespaces ${found.map(({namespace}) => namespace || '(none)').join(', ')}`
		: `of the groups ${found.map(({group}) => group || 'core').join(', ')}`;
	return new HoldfastError({
		code: 'ObjectAmbiguous',
		message: `${application} has ${found.length} objects ${kind}/${name}, ${places}`,
		hint: `They cannot be told apart here; name the application: ${application}.`,
	});
}
