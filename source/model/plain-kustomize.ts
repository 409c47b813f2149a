import type {KustomizeParameters} from './application.ts';

/** Everything kustomize does nothing with. */
export const plainKustomize: KustomizeParameters = {
	type: 'kustomize',
	images: [],
	commonLabels: {},
	commonAnnotations: {},
	patches: [],
	components: [],
	generateWhenMissing: false,
};
