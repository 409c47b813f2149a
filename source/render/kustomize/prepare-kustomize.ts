import type {KustomizeParameters} from '../../model/application.ts';
import type {Problem} from '../../model/errors.ts';
import {safeText} from '../../model/text.ts';
import {keyOfParts} from '../key.ts';
import {failure, type Outcome, success} from '../outcome.ts';
import {joinPath} from '../repository-path.ts';
import type {PreparedRender, RenderServices, RenderSource} from '../services.ts';
import {applyParameters} from './apply-parameters.ts';
import {buildKustomization} from './build.ts';
import {generateKustomization} from './generate.ts';
import {type Kustomization, type KustomizationFile, readKustomization} from './kustomization-file.ts';
import {scanKustomization} from './scan.ts';

/**
 * Prepares a kustomization: finds everything it reads, refuses what it may not, and derives the key from the rest and the
 * program's version.
 */
export async function prepareKustomize(
	source: RenderSource,
	parameters: KustomizeParameters,
	services: RenderServices,
): Promise<Outcome<PreparedRender>> {
	const {tree, folder} = source;
	const found = await readKustomization(tree, folder, services.parsedFiles);
	if (!found.ok) return found;
	const original = found.value ?? (parameters.generateWhenMissing ? generated(source) : null);
	if (original === null) return failure(kustomizationMissing(folder));
	const kustomization: KustomizationFile = {
		...original,
		content: applyParameters(original.content, parameters),
	};
	if (hasNothingToDo(kustomization.content)) return success(nothing(source, kustomization));
	if (isEmpty(kustomization.content)) return failure(kustomizationEmpty(kustomization));
	const scan = await scanKustomization(tree, folder, kustomization, services);
	if (!scan.ok) return scan;
	const tool = await services.kustomize();
	if (!tool.ok) return tool;
	const {contents, hasLinks} = scan.value;
	const key = keyOfParts(
		'kustomize',
		tool.value.version,
		kustomization,
		contents,
		hasLinks ? tree.hash('') : null,
		parameters,
	);
	return success({
		key,
		renderer: 'kustomize',
		reads: hasLinks ? [''] : [folder, ...contents.map(([path]) => path)],
		notices: [],
		run: signal =>
			buildKustomization({source, kustomization, parameters, scan: scan.value, tool: tool.value}, services, signal),
	});
}

function generated({tree, folder}: RenderSource): KustomizationFile {
	return {path: joinPath(folder, 'kustomization.yaml')!, content: generateKustomization(tree, folder), isLinked: false};
}

/** A folder without YAML, as generated: kustomize would call it an error, but there is nothing wrong with it. */
function hasNothingToDo({resources, components}: Kustomization): boolean {
	return [resources, components].every(entries => Array.isArray(entries) && entries.length === 0);
}

/** kustomize refuses this too; what we add to the file would hide it. */
function isEmpty(content: Kustomization): boolean {
	return Object.keys(content).every(field => ['apiVersion', 'kind', 'metadata'].includes(field));
}

function kustomizationEmpty({path}: KustomizationFile): Problem {
	const hint = 'Name what belongs to the application in resources';
	return {code: 'KustomizationInvalid', message: 'the kustomization is empty', file: safeText(path), hint};
}

function nothing({folder}: RenderSource, kustomization: KustomizationFile): PreparedRender {
	const message = `${folder === '' ? 'the root of the repository' : safeText(folder)} holds no YAML file to apply`;
	return {
		key: keyOfParts('kustomize', kustomization),
		renderer: 'kustomize',
		reads: [folder],
		notices: [{code: 'NoManifests', message, hint: 'Check the path'}],
		run: async () => success({manifests: [], notices: []}),
	};
}

function kustomizationMissing(folder: string): Problem {
	return {
		code: 'KustomizationMissing',
		message: `${folder === '' ? 'the root of the repository' : safeText(folder)} has no kustomization.yaml`,
		hint: 'Add one, or make the application a plain directory',
	};
}
