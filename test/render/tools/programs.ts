import {accessSync, constants} from 'node:fs';
import {delimiter, join} from 'node:path';

/**
 * Finds a real program: in KUBEBUILDER_ASSETS (envtest's convention), else on the PATH. undefined, and a loud line, when
 * there is none: the tests that need it are skipped.
 */
export function realProgram(name: 'kubectl' | 'helm' | 'helm3' | 'kustomize'): string | undefined {
	const folders = [process.env.KUBEBUILDER_ASSETS ?? '', ...(process.env.PATH ?? '').split(delimiter)];
	for (const folder of folders) {
		if (folder === '') continue;
		try {
			accessSync(join(folder, name), constants.X_OK);
			return join(folder, name);
		} catch {
			// The next folder may have it.
		}
	}
	process.stderr.write(`!!!! ${name} is not installed: tests that need it are SKIPPED (set KUBEBUILDER_ASSETS) !!!!\n`);
	return undefined;
}
