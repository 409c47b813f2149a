import {z} from 'zod';
import {applicationNameText, intervalText, namespaceText} from '../schema/text.ts';
import {driftSchema, guardsSchema, ignoreDifferencesSchema, syncPolicySchema} from './policy-schema.ts';
import {sourceSchema} from './source-schema.ts';
import {syncWindowsSchema} from './sync-windows-schema.ts';

export const holdfastApiVersion = 'holdfast.dev/v1alpha1';

const destinationSchema = z.strictObject({
	context: z.string().min(1).optional().describe("Context of the kubeconfig. Default: the worker's own."),
	server: z
		.string()
		.min(1)
		.optional()
		.describe('API server URL instead of a context; https://kubernetes.default.svc is the cluster of the worker.'),
	namespace: namespaceText
		.optional()
		.describe('Namespace of objects that name none, and the home of the inventory. Required here or in defaults.'),
});

const driftText = 'What happens when the cluster no longer says what Git says.';

const windowsText = 'When automatic syncs may run. Healing goes on at all times.';

const specFields = {
	source: sourceSchema.describe('What to read from Git and how to render it.'),
	destination: destinationSchema.optional().describe('Where it lives.'),
	syncPolicy: syncPolicySchema.optional().describe('What may happen without a person.'),
	drift: driftSchema.optional().describe(driftText),
	ignoreDifferences: ignoreDifferencesSchema
		.optional()
		.describe('Fields that are neither compared nor written once another manager owns them.'),
	guards: guardsSchema.optional().describe('Limits; an empty list allows everything.'),
	dependsOn: z
		.array(applicationNameText)
		.optional()
		.describe('Applications that have to be Synced and Healthy before this one is synced automatically.'),
	syncWindows: syncWindowsSchema.optional().describe(windowsText),
	suspend: z.boolean().optional().describe('Observe only, never write. Default: false.'),
};

/** One entry of `applications`. */
export const applicationSchema = z.strictObject({
	name: applicationNameText.describe('Unique name; also names the inventory, holdfast-<name>. At most 63 characters.'),
	...specFields,
});

export const defaultsSchema = z.strictObject({
	interval: intervalText.optional().describe('Time between pulls, like 60s or 5m.'),
	destination: destinationSchema.optional(),
	syncPolicy: syncPolicySchema.optional(),
	drift: driftSchema.optional().describe(driftText),
	guards: guardsSchema.optional(),
	syncWindows: syncWindowsSchema.optional().describe(windowsText),
});

const apiVersion = z.literal(holdfastApiVersion);
const metadata = z
	.looseObject({name: z.string().optional()})
	.optional()
	.describe('For people and other tools; not read.');

const configurationFields = {
	$schema: z.string().optional().describe('For editors.'),
	apiVersion,
	kind: z.literal('Configuration'),
	metadata,
	productionContexts: z
		.array(z.string().min(1))
		.optional()
		.describe('Contexts (globs) where the screen starts read-only and every write asks for the name of the context.'),
	defaults: defaultsSchema
		.optional()
		.describe('For every application of this document; maps are merged, lists replaced.'),
};

export const configurationSchema = z.strictObject({
	...configurationFields,
	applications: z.array(applicationSchema).describe('The applications to hold.'),
});

/** The same, with the applications still unread: each is checked for itself, so that one cannot spoil the others. */
export const configurationShellSchema = z.strictObject({
	...configurationFields,
	defaults: z.unknown().optional(),
	applications: z.array(z.unknown()),
});

/** One application in a document of its own, in the form of a Kubernetes object. */
export const applicationDocumentSchema = z.strictObject({
	$schema: z.string().optional().describe('For editors.'),
	apiVersion,
	kind: z.literal('Application'),
	metadata: z.strictObject({
		name: applicationSchema.shape.name,
		labels: z.record(z.string(), z.string()).optional().describe('For people and other tools; not read.'),
		annotations: z.record(z.string(), z.string()).optional().describe('For people and other tools; not read.'),
	}),
	spec: z.strictObject(specFields),
});

export type ApplicationInput = z.output<typeof applicationSchema>;
export type DefaultsInput = z.output<typeof defaultsSchema>;
