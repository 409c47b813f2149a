/**
 * Which renderers the tests can use. They come with the programs in KUBEBUILDER_ASSETS, or are on the PATH; what needs one
 * that is not there is skipped, and nobody can overlook why.
 */
import {existsSync} from 'node:fs';
import path from 'node:path';

const folders = [process.env.KUBEBUILDER_ASSETS ?? '', ...(process.env.PATH ?? '').split(path.delimiter)];
const isThere = (program: string): boolean =>
	folders.some(folder => folder !== '' && existsSync(path.join(folder, program)));

export const hasKustomize = isThere('kustomize');
export const hasHelm = isThere('helm');

const missing = [hasKustomize ? [] : ['kustomize'], hasHelm ? [] : ['helm']].flat();
if (missing.length > 0) {
	process.stderr.write(
		`!!! no ${missing.join(' and no ')} in KUBEBUILDER_ASSETS or on the PATH: THEIR TESTS ARE SKIPPED\n`,
	);
}
