import {argoApiVersion} from './argo-cd/application-schema.ts';
import {holdfastApiVersion} from './holdfast/schema.ts';

/** What a document is, told from its apiVersion and kind. */
export type DocumentKind =
	| 'configuration'
	| 'application'
	| 'argo-application'
	| 'argo-project'
	| 'flux-kustomization'
	| 'flux-git-repository'
	/** A kind of Argo CD or Flux that holdfast knows of, and does not read. */
	| 'unsupported'
	/** No configuration at all. */
	| 'unknown';

const readable: readonly {readonly apiVersion: RegExp; readonly kind: string; readonly is: DocumentKind}[] = [
	{apiVersion: exactly(holdfastApiVersion), kind: 'Configuration', is: 'configuration'},
	{apiVersion: exactly(holdfastApiVersion), kind: 'Application', is: 'application'},
	{apiVersion: exactly(argoApiVersion), kind: 'Application', is: 'argo-application'},
	{apiVersion: exactly(argoApiVersion), kind: 'AppProject', is: 'argo-project'},
	{apiVersion: /^kustomize\.toolkit\.fluxcd\.io\/v1(beta[12])?$/, kind: 'Kustomization', is: 'flux-kustomization'},
	{apiVersion: /^source\.toolkit\.fluxcd\.io\/v1(beta[12])?$/, kind: 'GitRepository', is: 'flux-git-repository'},
];

/** Groups whose kinds are configuration of somebody's GitOps, so that each one deserves a word of its own. */
const families: readonly RegExp[] = [
	exactlyGroup('argoproj.io'),
	/^[a-z]+\.toolkit\.fluxcd\.io\//,
	exactlyGroup('fluxcd.controlplane.io'),
	exactlyGroup('holdfast.dev'),
];

/** What some kinds would need instead; the others get the general sentence. */
const unsupportedHints: Readonly<Record<string, string>> = {
	ApplicationSet: 'Write the applications it would generate one by one',
	HelmRelease: 'Charts can be read from a Git repository: an application with source.helm',
	HelmRepository: 'Charts are read from Git repositories only',
	HelmChart: 'Charts are read from Git repositories only',
	OCIRepository: 'Only Git repositories can be read so far',
	Bucket: 'Only Git repositories can be read so far',
	ExternalArtifact: 'Only Git repositories can be read so far',
	ArtifactGenerator: 'Only Git repositories can be read so far',
};

export function kindOfDocument(apiVersion: string, kind: string): DocumentKind {
	const match = readable.find(entry => entry.kind === kind && entry.apiVersion.test(apiVersion));
	if (match) return match.is;
	return families.some(family => family.test(apiVersion)) ? 'unsupported' : 'unknown';
}

/** What to do about a kind that is not read. */
export function unsupportedHint(apiVersion: string, kind: string): string {
	if (apiVersion.startsWith('holdfast.dev/'))
		return `${holdfastApiVersion} has the kinds Configuration and Application`;
	const hint = Object.hasOwn(unsupportedHints, kind) ? unsupportedHints[kind] : undefined;
	return hint ?? 'Everything else goes on without it';
}

function exactly(apiVersion: string): RegExp {
	return new RegExp(`^${apiVersion.replaceAll('.', '\\.')}$`);
}

function exactlyGroup(group: string): RegExp {
	return new RegExp(`^${group.replaceAll('.', '\\.')}/`);
}
