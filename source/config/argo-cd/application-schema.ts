import {z} from 'zod';
import {covered, ignored, refused} from '../schema/support.ts';
import {argoSourceSchema} from './source-schema.ts';

export const argoApiVersion = 'argoproj.io/v1alpha1';

/** An Argo CD Application (fields as of Argo CD 3.6); the marks are explained in schema/support.ts. */
export const argoApplicationSchema = z.strictObject({
	apiVersion: z.literal(argoApiVersion),
	kind: z.literal('Application'),
	/** Everything else in metadata is Kubernetes' own bookkeeping. */
	metadata: z.looseObject({
		name: z.string(),
		annotations: z.record(z.string(), z.string()).optional(),
		finalizers: ignored('removing an application from the configuration never deletes its objects'),
	}),
	spec: z.strictObject({
		project: z.string().optional(),
		source: argoSourceSchema.optional(),
		sources: z.array(z.looseObject({})).optional(),
		sourceHydrator: refused('manifests are rendered when they are needed, not written back to Git'),
		destination: z.strictObject({
			server: z.string().optional(),
			name: z.string().optional(),
			namespace: z.string().optional(),
		}),
		syncPolicy: z
			.strictObject({
				automated: z
					.strictObject({
						enabled: z.boolean().optional(),
						prune: z.boolean().optional(),
						selfHeal: z.boolean().optional(),
						allowEmpty: z.boolean().optional(),
					})
					.optional(),
				syncOptions: z.array(z.string()).optional(),
				retry: z
					.strictObject({
						limit: z.int().optional(),
						backoff: z
							.strictObject({
								duration: z.string().optional(),
								factor: z.number().min(1).max(100).optional(),
								maxDuration: z.string().optional(),
							})
							.optional(),
						refresh: covered('A retry always looks at the newest commit.'),
					})
					.optional(),
				managedNamespaceMetadata: ignored('a namespace is created without labels and annotations; put it in Git'),
			})
			.optional(),
		ignoreDifferences: z
			.array(
				z.strictObject({
					group: z.string().optional(),
					kind: z.string(),
					name: z.string().optional(),
					namespace: z.string().optional(),
					jsonPointers: z.array(z.string()).optional(),
					/** Those that only walk down are understood, others are reported; see jq-path.ts. */
					jqPathExpressions: z.array(z.string()).optional(),
					managedFieldsManagers: z.array(z.string()).optional(),
				}),
			)
			.optional(),
		info: ignored('links and notes are not shown'),
		revisionHistoryLimit: ignored('the journal keeps history, Git keeps revisions'),
	}),
	status: covered('What Argo CD last saw; holdfast looks for itself.'),
	operation: ignored('a requested operation is not started'),
});

export type ArgoApplication = z.output<typeof argoApplicationSchema>;
export type ArgoSpec = ArgoApplication['spec'];
