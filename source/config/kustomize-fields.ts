import type {Findings} from './findings.ts';
import {checkRelativeFile} from './repository-path.ts';
import {accept, refuse} from './result.ts';
import type {Path} from './yaml/source-document.ts';

/** Checks what holdfast, Argo CD and Flux all have: components and patch files stay inside the repository. */
export function checkKustomizeFiles(
	fields: {readonly components?: readonly string[]; readonly patches?: readonly Readonly<Record<string, unknown>>[]},
	folder: string,
	path: Path,
	findings: Findings,
): void {
	for (const [index, component] of (fields.components ?? []).entries()) {
		findings.take([...path, 'components', index], checkRelativeFile(component, folder));
	}
	for (const [index, patch] of (fields.patches ?? []).entries()) {
		const place = [...path, 'patches', index];
		if (typeof patch.path === 'string') findings.take([...place, 'path'], checkRelativeFile(patch.path, folder));
		const hasPatch = typeof patch.patch === 'string' || typeof patch.path === 'string';
		findings.take(place, hasPatch ? accept(patch) : refuse('needs a `patch` (text) or a `path`'));
	}
}
