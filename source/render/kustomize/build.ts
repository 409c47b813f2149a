import {rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {KustomizeParameters} from '../../model/application.ts';
import type {Problem} from '../../model/errors.ts';
import {stringifyJson} from '../../model/json.ts';
import {safeText} from '../../model/text.ts';
import {failure, type Outcome, success} from '../outcome.ts';
import {decodeOutput, readOutput} from '../output.ts';
import {confinedEnvironment} from '../program/environment.ts';
import {programText} from '../program/messages.ts';
import {runProgram} from '../program/run.ts';
import {inWorkspace, runProblem, type Tool} from '../program/tool.ts';
import type {Workspace} from '../program/workspace.ts';
import {isWithin} from '../repository-path.ts';
import type {Rendered, RenderServices, RenderSource} from '../services.ts';
import {isFluxLike} from './apply-parameters.ts';
import {buildProblem} from './build-problem.ts';
import {withCommonMetadata} from './common-metadata.ts';
import type {KustomizationFile} from './kustomization-file.ts';
import {originOf, wantsOriginAnnotations, withOriginAnnotations, withoutOriginAnnotation} from './origin.ts';
import type {KustomizationScan} from './scan.ts';

export interface Build {
	readonly source: RenderSource;
	/** With the application's parameters laid over it. */
	readonly kustomization: KustomizationFile;
	readonly parameters: KustomizeParameters;
	readonly scan: KustomizationScan;
	readonly tool: Tool;
}

/** Runs `kustomize build` over a checkout of what the kustomization reads. Alpha plugins, exec functions and helm stay off. */
export async function buildKustomization(
	build: Build,
	services: RenderServices,
	signal: AbortSignal,
): Promise<Outcome<Rendered>> {
	const {limits} = services;
	return inWorkspace(services, signal, async workspace => {
		await checkout(build, workspace);
		const result = await runProgram({
			program: build.tool.path,
			arguments: ['build', '--load-restrictor', 'LoadRestrictionsRootOnly', join(workspace.tree, build.source.folder)],
			directory: workspace.root,
			environment: confinedEnvironment(workspace),
			limits,
			signal,
		});
		if (result.type === 'done') return readManifestsOf(build, result.output, services);
		if (result.type === 'failed' && result.errors.trim() !== '') {
			return failure(...(await explain(build, programText(result.errors, workspace), services)));
		}
		return failure(runProblem('kustomize', result, workspace, limits));
	});
}

async function checkout({source, kustomization, scan}: Build, workspace: Workspace): Promise<void> {
	const folders = outermost(scan.roots);
	const isWhole = scan.hasLinks || folders.includes('');
	await source.tree.checkout(workspace.tree, isWhole ? undefined : folders);
	const path = join(workspace.tree, kustomization.path);
	await rm(path, {force: true});
	// JSON is YAML; what was read as Kubernetes reads it is written without doubt.
	const content = stringifyJson(withOriginAnnotations(kustomization.content));
	await writeFile(path, content, {flag: 'wx', mode: 0o600});
}

/** Without folders that lie in another one. */
function outermost(folders: readonly string[]): string[] {
	return folders.filter(folder => !folders.some(other => other !== folder && isWithin(folder, other)));
}

function readManifestsOf(
	{source, kustomization, parameters}: Build,
	output: Buffer,
	{limits}: RenderServices,
): Outcome<Rendered> {
	const text = decodeOutput(output);
	if (!text.ok) return text;
	const read = readOutput(
		text.value,
		limits,
		(_line, value) => originOf(value, source.folder, limits) ?? kustomization.path,
	);
	if (!read.ok) return read;
	const isKept = wantsOriginAnnotations(kustomization.content);
	const manifests = read.value.manifests.map(({object, origin}) => {
		const bare = isKept ? object : withoutOriginAnnotation(object);
		return {object: isFluxLike(parameters) ? withCommonMetadata(bare, parameters) : bare, origin};
	});
	return success({...read.value, manifests});
}

/**
 * Why kustomize failed. Where it stumbled over YAML, all manifests are read again by our own reader: it names every broken
 * file with its line, kustomize one, with a line counted from the document's start.
 */
async function explain(
	{source, kustomization, scan}: Build,
	text: string,
	{parsedFiles}: RenderServices,
): Promise<readonly Problem[]> {
	if (/yaml: |json: |MalformedYAML|MissingMeta|missing metadata/i.test(text)) {
		const parsed = await parsedFiles.read(source.tree, scan.resources);
		const broken = parsed.flatMap(({problems}, index) =>
			problems.map(problem => ({...problem, file: safeText(scan.resources[index]!.path)})),
		);
		if (broken.length > 0) return broken;
	}
	return [await buildProblem(text, source.folder, kustomization.path, source.tree)];
}
