import type {KubernetesObject} from '../../../source/model/object.ts';
import type {Context} from '../api/context.ts';
import {administrators, type User} from './users.ts';

/** What is asked for. `resource` may be `deployments/scale`. */
export interface Access {
	readonly verb: string;
	readonly group: string;
	readonly resource: string;
	readonly namespace: string;
	readonly name: string;
}

interface Rule {
	readonly verbs?: readonly string[];
	readonly apiGroups?: readonly string[];
	readonly resources?: readonly string[];
	readonly resourceNames?: readonly string[];
}

interface Subject {
	readonly kind?: string;
	readonly name?: string;
	readonly namespace?: string;
}

interface Binding {
	readonly roleRef?: {readonly kind?: string; readonly name?: string};
	readonly subjects?: readonly Subject[];
}

/** Everybody may ask what they may do, and who they are. */
const ownRights: readonly Rule[] = [
	{
		verbs: ['create'],
		apiGroups: ['authorization.k8s.io'],
		resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
	},
	{verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews']},
];

/** Why a user may do something, by the roles that are stored (RBAC); null when nothing allows it. */
export function reasonToAllow(context: Context, user: User, access: Access): string | null {
	if (user.groups.includes(administrators)) return '';
	if (user.token && ownRights.some(rule => permits(rule, access))) return '';
	for (const binding of context.store.list('rbac.authorization.k8s.io/clusterrolebindings')) {
		if (bindingPermits(context, binding, user, access)) return because(binding, user);
	}
	if (!access.namespace) return null;
	for (const binding of context.store.list('rbac.authorization.k8s.io/rolebindings', `${access.namespace}/`)) {
		if (bindingPermits(context, binding, user, access)) return because(binding, user);
	}
	return null;
}

/** The rules that hold for a user in a namespace. */
export function rulesOf(context: Context, user: User, namespace: string): readonly Rule[] {
	if (user.groups.includes(administrators)) return [{verbs: ['*'], apiGroups: ['*'], resources: ['*']}];
	const bindings = [
		...context.store.list('rbac.authorization.k8s.io/clusterrolebindings'),
		...context.store.list('rbac.authorization.k8s.io/rolebindings', `${namespace}/`),
	];
	const granted = bindings.filter(binding => names(binding, user)).flatMap(binding => roleRules(context, binding));
	return [...ownRights, ...granted];
}

function bindingPermits(context: Context, binding: KubernetesObject, user: User, access: Access): boolean {
	return names(binding, user) && roleRules(context, binding).some(rule => permits(rule, access));
}

function names(binding: KubernetesObject, user: User): boolean {
	const {subjects = []} = binding as Binding;
	return subjects.some(({kind, name}) => (kind === 'Group' ? user.groups.includes(name ?? '') : name === user.name));
}

function roleRules({store}: Context, binding: KubernetesObject): readonly Rule[] {
	const {roleRef} = binding as Binding;
	const role =
		roleRef?.kind === 'ClusterRole'
			? store.get('rbac.authorization.k8s.io/clusterroles', `/${roleRef.name}`)
			: store.get('rbac.authorization.k8s.io/roles', `${binding.metadata.namespace}/${roleRef?.name}`);
	return (role?.rules ?? []) as readonly Rule[];
}

function permits({verbs = [], apiGroups = [], resources = [], resourceNames = []}: Rule, access: Access): boolean {
	const has = (list: readonly string[], value: string): boolean => list.includes('*') || list.includes(value);
	return (
		has(verbs, access.verb) &&
		has(apiGroups, access.group) &&
		has(resources, access.resource) &&
		(resourceNames.length === 0 || resourceNames.includes(access.name))
	);
}

function because(binding: KubernetesObject, user: User): string {
	const {roleRef} = binding as Binding;
	const {name, namespace} = binding.metadata;
	const text = namespace ? `RoleBinding "${name}/${namespace}"` : `ClusterRoleBinding "${name}"`;
	return `RBAC: allowed by ${text} of ${roleRef?.kind} "${roleRef?.name}" to User "${user.name}"`;
}
