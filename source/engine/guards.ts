import type {Application, Guards} from '../model/application.ts';
import type {Problem} from '../model/errors.ts';
import {groupKindOf, nameOf, type ObjectRef} from '../model/object.ts';
import type {BlockedObject} from '../model/plan.ts';
import {boundedText} from '../model/text.ts';
import {matchesAny, matchesGlob} from './globs.ts';

/** Where an application writes: the API server's address as resolved, and the context it came from. */
export interface GuardedDestination {
	readonly server: string;
	readonly context?: string;
}

/** Objects that the application's guards forbid, each with the rule that forbids it. */
export function checkGuards(
	application: Pick<Application, 'guards' | 'destination'>,
	destination: GuardedDestination,
	objects: readonly {readonly ref: ObjectRef}[],
): BlockedObject[] {
	return objects.flatMap(({ref}) => {
		const problem = guardProblem(application, destination, ref);
		return problem ? [{ref, problem}] : [];
	});
}

/**
 * Whether one object may be written, or deleted (argo-cd CVE-2023-22736: one function, on every path). null: it may.
 * Rules: a denied kind stays denied; lists that are empty allow everything; a leading `!` takes out again. With a list
 * of namespaces, a cluster-scoped kind needs to be allowed by name in allowedKinds, because it would reach beyond them,
 * and a Namespace has to be one of them itself.
 */
export function guardProblem(
	application: Pick<Application, 'guards' | 'destination'>,
	destination: GuardedDestination,
	ref: ObjectRef,
): Problem | null {
	const reason = whyForbidden(application.guards, serverNames(application, destination), ref);
	if (!reason) return null;
	return {
		code: 'GuardViolation',
		message: `${nameOf(ref)} is not allowed: ${reason.message}`,
		hint: `Change ${reason.guard} of the application, or remove the object`,
		object: nameOf(ref),
	};
}

interface Reason {
	readonly guard: keyof Guards;
	readonly message: string;
}

function whyForbidden(guards: Guards, servers: readonly string[], ref: ObjectRef): Reason | null {
	const allowedServers = guards.allowedServers.map(withoutSlash);
	if (allowedServers.length > 0 && !matchesAny(allowedServers, servers)) {
		return {guard: 'allowedServers', message: `cluster ${show(servers[0] ?? '')} is not on the list`};
	}
	const kind = groupKindOf(ref);
	// `ConfigMap` and `ConfigMap.` are the same core kind; `*.*` is often written for "everything".
	const names = ref.group === '' ? [kind, `${kind}.`] : [kind];
	if (names.some(name => guards.deniedKinds.some(pattern => matchesGlob(pattern, name)))) {
		return {guard: 'deniedKinds', message: `kind ${kind} is denied`};
	}
	const isKindListed = matchesAny(guards.allowedKinds, names);
	if (guards.allowedKinds.length > 0 && !isKindListed) {
		return {guard: 'allowedKinds', message: `kind ${kind} is not on the list`};
	}
	if (guards.allowedNamespaces.length === 0) return null;
	const isNamespace = ref.group === '' && ref.kind === 'Namespace';
	if (ref.namespace === '' && !isNamespace) {
		if (isKindListed) return null;
		return {guard: 'allowedKinds', message: `kind ${kind} is not bound to a namespace, and namespaces are limited`};
	}
	const namespace = isNamespace ? ref.name : ref.namespace;
	if (matchesAny(guards.allowedNamespaces, [namespace])) return null;
	return {guard: 'allowedNamespaces', message: `namespace ${show(namespace)} is not on the list`};
}

/** What Argo CD calls the cluster it runs in; guards may be written with it. */
const ownCluster = 'https://kubernetes.default.svc';

/** Names of the cluster really written to, the address first: it is what messages show. */
function serverNames(application: Pick<Application, 'destination'>, destination: GuardedDestination): string[] {
	const names = [destination.server];
	if (destination.context !== undefined) names.push(destination.context);
	if (application.destination.server === ownCluster) names.push(ownCluster);
	return names.map(withoutSlash);
}

function withoutSlash(address: string): string {
	return address.replace(/\/+$/, '');
}

function show(text: string): string {
	return boundedText(text, 120);
}
