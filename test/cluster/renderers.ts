/**
 * Which renderers the tests can use. They come with the programs in KUBEBUILDER_ASSETS, or are on the PATH; what needs one
 * that is not there is skipped, and nobody can overlook why.
 */
import path from 'node:path';
import {findRenderers} from '../../demo/folder.ts';

const folders = [process.env.KUBEBUILDER_ASSETS, process.env.PATH].filter(Boolean);
export const {kustomize: hasKustomize, helm: hasHelm} = findRenderers({PATH: folders.join(path.delimiter)});

const missing = [hasKustomize ? [] : ['kustomize'], hasHelm ? [] : ['helm']].flat();
if (missing.length > 0) {
	process.stderr.write(
		`!!! no ${missing.join(' and no ')} in KUBEBUILDER_ASSETS or on the PATH: THEIR TESTS ARE SKIPPED\n`,
	);
}
