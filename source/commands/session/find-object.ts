import {HoldfastError} from '../../model/errors.ts';
import type {HoldScope} from '../../model/hold.ts';
import type {ResourceStatus} from '../../model/status.ts';
import type {NamedObject, Target} from '../line/target.ts';
import {nearest} from '../line/usage-error.ts';
import type {Session} from './connect.ts';

/** An object, or a field of one, as the cluster spells it; the namespace only where somebody said it. */
export type FoundTarget = Exclude<HoldScope, {type: 'application'}>;

/**
 * The object that a word of the command line means, with its kind spelled as the cluster spells it. Where the application has
 * no such object, `KIND/NAMESPACE/NAME` is tried, which reads like an object with a field. What it does not have either way
 * is refused: a hold of a misspelled name would hold nothing, and nobody would notice. Where nothing is known of the
 * application yet, it is taken as typed.
 *
 * @throws HoldfastError ObjectNotFound with what was probably meant, ObjectAmbiguous when several fit
 */
export async function findObject(
	{client, tracker}: Session,
	target: Exclude<Target, {type: 'application'}>,
): Promise<FoundTarget> {
	const [application] = tracker.applications([target.application]);
	if (application?.clusterSeenAt === null) return asScope(target, target.kind, target);
	const resources = await client.resources({application: target.application});
	const found = resources.filter(resource => isMeant(resource, target));
	const [first] = found;
	if (found.length > 1) throw ambiguous(target, found);
	if (first) return asScope(target, first.kind, target);
	const inNamespace = target.type === 'field' ? readNamespace(target) : null;
	const placed = inNamespace && resources.find(each => each.namespace === target.name && isMeant(each, inNamespace));
	if (!placed) throw notFound(target, resources);
	// The namespace is told only where it tells two apart: a hold is ended by the name that it was placed with.
	const isOnly = resources.filter(each => isMeant(each, inNamespace)).length === 1;
	const {kind, name, namespace} = placed;
	return asScope(inNamespace, kind, isOnly ? {name} : {name, namespace});
}

function asScope(
	target: Exclude<Target, {type: 'application'}>,
	kind: string,
	{name, namespace}: {readonly name: string; readonly namespace?: string},
): FoundTarget {
	const object = {kind, name, ...(namespace === undefined ? {} : {namespace})};
	return target.type === 'field' ? {type: 'field', ...object, path: target.path} : {type: 'object', ...object};
}

/** `KIND/NAMESPACE/NAME[/FIELD]`, which was read as `KIND/NAME/FIELD`. */
function readNamespace({application, kind, path}: Extract<Target, {type: 'field'}>) {
	const [name = '', ...rest] = path.split('/');
	const object = {application, kind, name};
	return rest.length > 0
		? ({type: 'field', ...object, path: rest.join('/')} as const)
		: ({type: 'object', ...object} as const);
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
	const names = resources.map(resource => `${resource.kind}/${resource.name}`);
	const near = nearest(`${kind}/${name}`, names);
	return near && `Did you mean ${application}/${near}?`;
}

function ambiguous({application, kind, name}: NamedObject, found: readonly ResourceStatus[]): HoldfastError {
	const isOneKind = new Set(found.map(({group}) => group)).size === 1;
	const [first] = found;
	const places = isOneKind
		? `in the namespaces ${found.map(({namespace}) => namespace || '(none)').join(', ')}`
		: `of the groups ${found.map(({group}) => group || 'core').join(', ')}`;
	return new HoldfastError({
		code: 'ObjectAmbiguous',
		message: `${application} has ${found.length} objects ${kind}/${name}, ${places}`,
		hint: isOneKind
			? `Name the namespace: ${application}/${kind}/${first?.namespace}/${name}.`
			: `They cannot be told apart here; name the application: ${application}.`,
	});
}
