import {z} from 'zod';
import {covered, ignored, refused} from '../schema/support.ts';
import {textMap} from '../schema/text.ts';

/**
 * `spec.source` of an Argo CD Application (engines.md b.1; fields as of Argo CD 3.6). What is plain is carried out;
 * `ignored`, `refused` and `covered` say what happens with the rest.
 */
const directory = z.strictObject({
	recurse: z.boolean().optional(),
	include: z.string().optional(),
	exclude: z.string().optional(),
	jsonnet: z
		.strictObject({
			extVars: refused('Jsonnet is not rendered'),
			tlas: refused('Jsonnet is not rendered'),
			libs: refused('Jsonnet is not rendered'),
		})
		.optional(),
	disableExtensionFilter: ignored('only .yaml, .yml and .json files are read'),
});

const capabilities = 'charts are rendered for the version and the APIs that the cluster really serves';

const helm = z.strictObject({
	releaseName: z.string().optional(),
	valueFiles: z.array(z.string()).optional(),
	ignoreMissingValueFiles: z.boolean().optional(),
	values: z.string().optional(),
	valuesObject: z.record(z.string(), z.unknown()).optional(),
	parameters: z
		.array(
			z.strictObject({
				name: z.string().optional(),
				value: z.string().optional(),
				forceString: z.boolean().optional(),
			}),
		)
		.optional(),
	skipCrds: z.boolean().optional(),
	skipTests: z.boolean().optional(),
	fileParameters: refused('values cannot be read from files one by one; use valueFiles'),
	/** Judged in render.ts: the same as the destination's is fine. */
	namespace: z.string().optional(),
	version: ignored('the helm program that is installed renders the chart'),
	passCredentials: ignored("helm uses the operator's own credentials"),
	kubeVersion: ignored(capabilities),
	apiVersions: ignored(capabilities),
	skipSchemaValidation: ignored("values are always checked against the chart's schema"),
});

const kustomize = z.strictObject({
	namePrefix: z.string().optional(),
	nameSuffix: z.string().optional(),
	namespace: z.string().optional(),
	images: z.array(z.string()).optional(),
	commonLabels: textMap.optional(),
	commonAnnotations: textMap.optional(),
	/** With it commonLabels touch metadata only: a patch instead of kustomize's commonLabels. */
	labelWithoutSelector: z.boolean().optional(),
	labelIncludeTemplates: refused('labels cannot be put on pod templates without changing selectors'),
	/** Judged in render.ts: only annotations with a $ in them would be different. */
	commonAnnotationsEnvsubst: z.boolean().optional(),
	replicas: z
		.array(
			z.strictObject({
				name: z.string(),
				count: z.union([z.int().min(0), z.string().regex(/^[0-9]+$/, {error: 'is not a whole number'})]),
			}),
		)
		.optional(),
	patches: z.array(z.looseObject({})).optional(),
	components: z.array(z.string()).optional(),
	forceCommonLabels: covered('Labels given here always win over those in the repository.'),
	forceCommonAnnotations: covered('Annotations given here always win over those in the repository.'),
	version: ignored('the kustomize program that is installed builds the folder'),
	ignoreMissingComponents: ignored('a component that is missing fails the build'),
	kubeVersion: ignored(capabilities),
	apiVersions: ignored(capabilities),
});

export const argoSourceSchema = z.strictObject({
	repoURL: z.string(),
	targetRevision: z.string().optional(),
	path: z.string().optional(),
	directory: directory.optional(),
	helm: helm.optional(),
	kustomize: kustomize.optional(),
	plugin: refused('config management plugins are not run'),
	chart: refused('charts are read from Git repositories only, not from Helm or OCI registries'),
	tagPrefix: refused('a semver range is matched against whole tags'),
	ref: ignored('no other source refers to this one'),
	name: covered('A label for multi-source applications in the user interface.'),
});

export type ArgoSource = z.output<typeof argoSourceSchema>;
