import {z} from 'zod';
import {covered, ignored, refused} from '../schema/support.ts';

const versions = ['v1', 'v1beta2', 'v1beta1'];
const credentials = "the operator's own git credentials are used";

/** A Flux GitRepository (fields as of source-controller 1.9); its notices go to every application that reads from it. */
export const fluxGitRepositorySchema = z.strictObject({
	apiVersion: z.enum(versions.map(version => `source.toolkit.fluxcd.io/${version}`)),
	kind: z.literal('GitRepository'),
	metadata: z.looseObject({name: z.string(), namespace: z.string().optional()}),
	spec: z.strictObject({
		url: z.string(),
		interval: z.string().optional(),
		suspend: z.boolean().optional(),
		ref: z
			.strictObject({
				branch: z.string().optional(),
				tag: z.string().optional(),
				semver: z.string().optional(),
				name: z.string().optional(),
				commit: z.string().optional(),
			})
			.optional(),

		verify: refused('signatures are not verified, so nothing of this repository can be trusted'),
		recurseSubmodules: refused('submodules are not read: their objects would be missing, and pruned'),
		include: refused('other repositories are not merged in: their objects would be missing, and pruned'),

		secretRef: ignored(credentials),
		provider: ignored(credentials),
		serviceAccountName: ignored(credentials),
		proxySecretRef: ignored("git's own proxy settings are used"),
		ignore: ignored('nothing is left out; a folder without a kustomization is read whole'),
		timeout: ignored('git has a time limit of its own'),
		gitImplementation: covered('There is one implementation of git.'),
		sparseCheckout: covered('Only what an application needs is read anyway.'),
		accessFrom: ignored('any application of the configuration may read from this repository'),
	}),
	status: covered('What Flux last saw; holdfast looks for itself.'),
});

export type FluxGitRepositorySpec = z.output<typeof fluxGitRepositorySchema>['spec'];
