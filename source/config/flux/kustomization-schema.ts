import {z} from 'zod';
import {covered, ignored, refused} from '../schema/support.ts';
import {textMap} from '../schema/text.ts';

const versions = ['v1', 'v1beta2', 'v1beta1'];

/**
 * A Flux Kustomization (engines.md b.3; fields as of kustomize-controller 1.9). What is plain is carried out; `ignored`,
 * `refused` and `covered` say what happens with the rest. Refused is what would apply something else than Flux does, in
 * another cluster, or with other rights.
 */
export const fluxKustomizationSchema = z.strictObject({
	apiVersion: z.enum(versions.map(version => `kustomize.toolkit.fluxcd.io/${version}`)),
	kind: z.literal('Kustomization'),
	/** Everything else in metadata is Kubernetes' own bookkeeping. */
	metadata: z.looseObject({name: z.string(), namespace: z.string().optional()}),
	spec: z.strictObject({
		sourceRef: z.strictObject({
			apiVersion: covered('Every version of the source is read alike.'),
			kind: z.string(),
			name: z.string(),
			namespace: z.string().optional(),
		}),
		path: z.string().optional(),
		prune: z.boolean().optional(),
		suspend: z.boolean().optional(),
		targetNamespace: z.string().optional(),
		retryInterval: z.string().optional(),
		interval: covered('Drift is seen and undone at once, not at the next interval; the source has its own interval.'),
		namePrefix: z.string().optional(),
		nameSuffix: z.string().optional(),
		commonMetadata: z.strictObject({labels: textMap.optional(), annotations: textMap.optional()}).optional(),
		images: z
			.array(
				z.strictObject({
					name: z.string(),
					newName: z.string().optional(),
					newTag: z.string().optional(),
					digest: z.string().optional(),
				}),
			)
			.optional(),
		patches: z.array(z.looseObject({patch: z.string()})).optional(),
		components: z.array(z.string()).optional(),
		ignore: z
			.array(
				z.strictObject({
					paths: z.array(z.string()),
					target: z
						.strictObject({
							group: z.string().optional(),
							version: z.string().optional(),
							kind: z.string().optional(),
							namespace: z.string().optional(),
							name: z.string().optional(),
							labelSelector: z.string().optional(),
							annotationSelector: z.string().optional(),
						})
						.optional(),
				}),
			)
			.optional(),

		decryption: refused('encrypted Secrets would be applied as they are'),
		postBuild: z
			.strictObject({
				/** Judged in kustomization.ts: `Always` replaces variables that have defaults, without any being named. */
				substituteStrategy: z.enum(['WithVariables', 'Always']).optional(),
				substitute: refused('variables would be applied unreplaced'),
				substituteFrom: refused('variables would be applied unreplaced'),
			})
			.optional(),
		kubeConfig: refused('it would be applied to another cluster; use a context of your kubeconfig'),
		serviceAccountName: refused("it would be applied with the operator's own rights, which may be wider"),
		patchesStrategicMerge: refused('use patches'),
		patchesJson6902: refused('use patches'),

		dependsOn: z
			.array(
				z.strictObject({
					name: z.string(),
					namespace: z.string().optional(),
					readyExpr: ignored('a dependency is ready when it is Synced and Healthy'),
				}),
			)
			.optional(),
		/** A sync is done only when its last wave is healthy too. */
		wait: z.boolean().optional(),
		healthChecks: ignored('health is shown for every object'),
		healthCheckExprs: ignored('health follows from the conditions of an object, without expressions'),
		timeout: ignored('requests have time limits of their own'),
		force: ignored('a change of an immutable field fails visibly; nothing is deleted and made again'),
		deletionPolicy: ignored('removing an application from the configuration never deletes its objects'),
		buildMetadata: ignored('objects are not annotated with the file they come from'),
		ignoreMissingComponents: ignored('a component that is missing fails the build'),
		validation: ignored('the API server always validates'),
	}),
	status: covered('What Flux last saw; holdfast looks for itself.'),
});

export type FluxKustomization = z.output<typeof fluxKustomizationSchema>;
export type FluxKustomizationSpec = FluxKustomization['spec'];
