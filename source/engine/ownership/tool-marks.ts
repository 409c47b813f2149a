import type {ObjectRef} from '../../model/object.ts';

type Marks = Readonly<Record<string, string>>;

/** How one tool marks what it owns, in labels or annotations. */
export interface ToolMark {
	readonly code: string;
	/** Keys that make the mark; what Git itself declares under them is no mark. */
	readonly keys: readonly string[];
	/** The owner in words, or null when the mark is absent or does not describe this object. */
	readonly read: (mark: (key: string) => string | undefined, ref: Omit<ObjectRef, 'version'>) => string | null;
	readonly hint: string;
}

export type {Marks};

const stopTheOther = (tool: string): string => `Take it out of ${tool} first, or remove it from this application`;

function oneKey(key: string, code: string, tool: string, words: (value: string) => string): ToolMark {
	const read: ToolMark['read'] = mark => {
		const value = mark(key);
		return value ? words(value) : null;
	};
	return {code, keys: [key], read, hint: stopTheOther(tool)};
}

/** Engines.md b.9, the surest first. Helm's comes after Flux', which installs releases too. */
export const toolMarks: readonly ToolMark[] = [
	{
		code: 'OwnedByArgoCD',
		keys: ['argocd.argoproj.io/tracking-id', 'argocd.argoproj.io/instance'],
		read: (mark, ref) => {
			const trackingId = mark('argocd.argoproj.io/tracking-id');
			// Label tracking has no id. With an id that names another object, both were copied by an operator (b.1).
			const application =
				trackingId === undefined ? mark('argocd.argoproj.io/instance') : applicationOfTrackingId(trackingId, ref);
			return application ? `Argo CD application ${application}` : null;
		},
		hint: stopTheOther('Argo CD'),
	},
	namedPair('OwnedByFlux', 'Flux', 'kustomize.toolkit.fluxcd.io/', 'Flux Kustomization'),
	namedPair('OwnedByFlux', 'Flux', 'helm.toolkit.fluxcd.io/', 'Flux HelmRelease'),
	{
		code: 'OwnedByHelm',
		keys: ['meta.helm.sh/release-name', 'meta.helm.sh/release-namespace'],
		read: mark => {
			const name = mark('meta.helm.sh/release-name');
			const namespace = mark('meta.helm.sh/release-namespace');
			if (!name) return null;
			return `Helm release ${namespace ? `${namespace}/` : ''}${name}`;
		},
		hint: stopTheOther('Helm'),
	},
	oneKey('config.k8s.io/owning-inventory', 'OwnedByOther', 'kpt or Config Sync', id => `inventory ${id} (cli-utils)`),
	oneKey(
		'config.kubernetes.io/owning-inventory',
		'OwnedByOther',
		'kpt or Config Sync',
		id => `inventory ${id} (cli-utils)`,
	),
	oneKey('configsync.gke.io/resource-id', 'OwnedByOther', 'Config Sync', () => 'Config Sync'),
	oneKey('kapp.k14s.io/app', 'OwnedByOther', 'kapp', id => `kapp application ${id}`),
	oneKey('objectset.rio.cattle.io/id', 'OwnedByOther', 'Rancher', id => `Rancher object set ${id}`),
];

function namedPair(code: string, tool: string, prefix: string, words: string): ToolMark {
	const keys = [`${prefix}name`, `${prefix}namespace`] as const;
	const read: ToolMark['read'] = mark => {
		const [name, namespace] = [mark(keys[0]), mark(keys[1])];
		return name && namespace ? `${words} ${namespace}/${name}` : null;
	};
	return {code, keys, read, hint: stopTheOther(tool)};
}

/**
 * `<app>:<group>/<Kind>:<namespace>/<name>`. An id that does not describe the object it sits on was copied there and
 * says nothing. Names may hold colons (RBAC); for cluster-scoped objects the namespace is the application's.
 */
function applicationOfTrackingId(trackingId: string, ref: Omit<ObjectRef, 'version'>): string | null {
	const match = /^([^:]+):([^:/]*)\/([^:/]+):([^/]*)\/(.+)$/s.exec(trackingId);
	if (!match) return null;
	const [, application = '', group, kind, namespace, name] = match;
	const isThisObject =
		group === ref.group &&
		kind === ref.kind &&
		name === ref.name &&
		(ref.namespace === '' || namespace === ref.namespace);
	return isThisObject ? application : null;
}
