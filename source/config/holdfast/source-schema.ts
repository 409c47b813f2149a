import {z} from 'zod';
import {intervalText, namespaceText, textMap} from '../schema/text.ts';

/** The keys are Argo CD's wherever Argo CD has them. */
const directory = z.strictObject({
	recurse: z.boolean().optional().describe('Also read the folders below. Default: false.'),
	include: z
		.string()
		.optional()
		.describe('Glob of files to read, relative to the path, e.g. {app,base}/*.yaml. Default: all.'),
	exclude: z.string().optional().describe('Glob of files to leave out.'),
});

const patch = z.strictObject({
	patch: z.string().optional().describe('Strategic merge or JSON 6902 patch, as text.'),
	path: z.string().optional().describe('File with the patch, relative to the path, instead of the text.'),
	target: z
		.strictObject({
			group: z.string().optional().describe('API group.'),
			version: z.string().optional().describe('API version.'),
			kind: z.string().optional().describe('Regular expression.'),
			name: z.string().optional().describe('Regular expression.'),
			namespace: z.string().optional().describe('Regular expression.'),
			labelSelector: z.string().optional().describe('As for kubectl -l.'),
			annotationSelector: z.string().optional().describe('Like labelSelector, for annotations.'),
		})
		.optional()
		.describe("What to patch. Default: the object of the patch's own kind and name."),
	options: z.record(z.string(), z.boolean()).optional().describe('allowNameChange, allowKindChange.'),
});

const kustomize = z.strictObject({
	namePrefix: z.string().optional().describe('Put before the name of every object.'),
	nameSuffix: z.string().optional().describe('Put after the name of every object.'),
	namespace: namespaceText.optional().describe('Set as the namespace of every namespaced object.'),
	images: z
		.array(z.string().min(1))
		.optional()
		.describe('Replaced images: name=newName:newTag, name:newTag or name=newName@digest.'),
	commonLabels: textMap
		.optional()
		.describe(
			'Labels for every object, its selectors and its pod templates; only for its metadata with generateWhenMissing.',
		),
	commonAnnotations: textMap
		.optional()
		.describe('Annotations for every object and its pod templates; only for its metadata with generateWhenMissing.'),
	patches: z.array(patch).optional().describe('Kustomize patches.'),
	components: z.array(z.string().min(1)).optional().describe('Kustomize components, relative to the path.'),
	generateWhenMissing: z
		.boolean()
		.optional()
		.describe('Make a kustomization of all files when the folder has none, as Flux does. Default: false.'),
});

const helm = z.strictObject({
	releaseName: z.string().min(1).optional().describe("Helm's release name. Default: the application's name."),
	valueFiles: z.array(z.string().min(1)).optional().describe('Values files, relative to the chart; later ones win.'),
	ignoreMissingValueFiles: z.boolean().optional().describe('Skip values files that do not exist. Default: false.'),
	values: z
		.union([z.record(z.string(), z.unknown()), z.string()])
		.optional()
		.describe('Chart values, as a map or as a block of YAML; they win over valueFiles.'),
	parameters: z
		.array(
			z.strictObject({
				name: z.string().min(1).describe('Path of the value, as for helm --set.'),
				value: z.string().describe('Always a string; helm tells numbers and booleans apart.'),
				forceString: z.boolean().optional().describe('As helm --set-string. Default: false.'),
			}),
		)
		.optional()
		.describe('Single values; they win over values.'),
	skipCrds: z.boolean().optional().describe("Leave the chart's CRDs out. Default: false."),
	skipTests: z.boolean().optional().describe("Leave the chart's test hooks out. Default: false."),
});

export const sourceSchema = z.strictObject({
	repoURL: z
		.string()
		.describe("Repository as git takes it: https, ssh, git@host:path, file, or a path; ./ is this file's folder."),
	targetRevision: z
		.string()
		.optional()
		.describe('Branch, tag, commit or semver range such as 1.x or >=2.0. Default: HEAD.'),
	path: z.string().optional().describe('Folder within the repository. Default: its root.'),
	interval: intervalText.optional().describe('Time between pulls, like 60s or 5m. Default: 60s.'),
	directory: directory.optional().describe('Read plain YAML and JSON files. Without it the kind is found out.'),
	kustomize: kustomize.optional().describe('Build with kustomize.'),
	helm: helm.optional().describe('Render a Helm chart.'),
});

export type SourceInput = z.output<typeof sourceSchema>;
