import {z} from 'zod';
import {covered, ignored, refused} from '../schema/support.ts';
import {argoApiVersion} from './application-schema.ts';

const groupKinds = z.array(z.strictObject({group: z.string().optional(), kind: z.string()}));
const clusterKinds = z.array(
	z.strictObject({group: z.string().optional(), kind: z.string(), name: z.string().optional()}),
);
const verification = 'signatures are not verified, so nothing of this project can be trusted';

/** An Argo CD AppProject (fields as of Argo CD 3.6); it becomes the guards of the applications that name it. */
export const argoProjectSchema = z.strictObject({
	apiVersion: z.literal(argoApiVersion),
	kind: z.literal('AppProject'),
	metadata: z.looseObject({name: z.string()}),
	spec: z.strictObject({
		description: covered('For people.'),
		sourceRepos: z.array(z.string()).optional(),
		destinations: z
			.array(
				z.strictObject({
					server: z.string().optional(),
					name: z.string().optional(),
					namespace: z.string().optional(),
				}),
			)
			.optional(),
		clusterResourceWhitelist: clusterKinds.optional(),
		clusterResourceBlacklist: clusterKinds.optional(),
		namespaceResourceWhitelist: groupKinds.optional(),
		namespaceResourceBlacklist: groupKinds.optional(),
		syncWindows: z
			.array(
				z.strictObject({
					kind: z.enum(['allow', 'deny']),
					schedule: z.string(),
					duration: z.string(),
					timeZone: z.string().optional(),
					manualSync: z.boolean().optional(),
					applications: z.array(z.string()).optional(),
					namespaces: z.array(z.string()).optional(),
					clusters: z.array(z.string()).optional(),
					/** Judged in project-windows.ts: all lists have to match instead of any. */
					andOperator: z.boolean().optional(),
					syncOverrun: covered('A sync that runs when a window closes is always finished.'),
					description: covered('For people.'),
				}),
			)
			.optional(),
		signatureKeys: refused(verification),
		sourceIntegrity: refused(verification),
		roles: ignored('who may do what is decided by the rights in the cluster'),
		orphanedResources: ignored('objects that belong to no application are not looked for'),
		sourceNamespaces: ignored('every application of the configuration may name this project'),
		permitOnlyProjectScopedClusters: ignored('clusters are not scoped to projects'),
		destinationServiceAccounts: refused("a sync has the operator's own rights, which may be wider"),
	}),
	status: covered('Bookkeeping of Argo CD.'),
});

export type ArgoProjectSpec = z.output<typeof argoProjectSchema>['spec'];
