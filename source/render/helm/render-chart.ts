import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {HelmParameters} from '../../model/application.ts';
import type {Problem} from '../../model/errors.ts';
import {stringifyJson} from '../../model/json.ts';
import type {GitFile} from '../../model/ports/git/tree.ts';
import type {RenderRequest} from '../../model/ports/render.ts';
import type {RenderLimits} from '../limits.ts';
import {failure, type Outcome, success} from '../outcome.ts';
import {decodeOutput, readOutput} from '../output.ts';
import {confinedEnvironment} from '../program/environment.ts';
import {programText} from '../program/messages.ts';
import {type RunResult, runProgram} from '../program/run.ts';
import {inWorkspace, runProblem, type Tool} from '../program/tool.ts';
import type {Workspace} from '../program/workspace.ts';
import {folderOf, isWithin} from '../repository-path.ts';
import type {Rendered, RenderServices, RenderSource} from '../services.ts';
import {templateArguments} from './arguments.ts';
import {findExternalSchema} from './external-schema.ts';
import {createOriginLookup} from './origin.ts';
import {templateProblem} from './template-problem.ts';

const inlineValues = 'inline.json';

/** What helm is told of the application and its cluster. */
export type HelmContext = Pick<RenderRequest, 'application' | 'namespace' | 'kubernetesVersion' | 'apiVersions'>;

export interface ChartRender {
	readonly source: RenderSource;
	readonly parameters: HelmParameters;
	readonly context: HelmContext;
	readonly releaseName: string;
	readonly valueFiles: readonly GitFile[];
	/** Check the whole commit out, not the chart's folder alone. */
	readonly isWhole: boolean;
	readonly tool: Tool;
}

/** Runs `helm template` over a checkout of the chart: no plugins, no repositories, no network, no cluster. */
export async function renderChart(
	render: ChartRender,
	services: RenderServices,
	signal: AbortSignal,
): Promise<Outcome<Rendered>> {
	const {limits} = services;
	const {tree, folder} = render.source;
	return inWorkspace(services, signal, async workspace => {
		await tree.checkout(workspace.tree, render.isWhole || folder === '' ? undefined : [folder]);
		const schemaNotice = await findExternalSchema(tree, folder, limits);
		const {releaseName, parameters, context, tool} = render;
		const call = {
			...context,
			releaseName,
			parameters,
			chart: join(workspace.tree, folder),
			valueFiles: await writeValues(render, workspace),
			isSchemaChecked: schemaNotice === null,
		};
		const result = await runProgram({
			program: tool.path,
			arguments: templateArguments(call),
			directory: workspace.root,
			environment: confinedEnvironment(workspace),
			limits,
			signal,
		});
		if (result.type !== 'done') return failure(explain(result, render, workspace, limits));
		const text = decodeOutput(result.output);
		if (!text.ok) return text;
		const read = readOutput(text.value, limits, createOriginLookup(text.value, folder));
		if (!read.ok || schemaNotice === null) return read;
		return success({...read.value, notices: [schemaNotice, ...read.value.notices]});
	});
}

function explain(
	result: Exclude<RunResult, {type: 'done'}>,
	{source}: ChartRender,
	workspace: Workspace,
	limits: RenderLimits,
): Problem {
	if (result.type !== 'failed' || !result.errors.trim()) return runProblem('helm', result, workspace, limits);
	const said = programText(result.errors, workspace).replaceAll(`values/${inlineValues}`, 'the inline values');
	return templateProblem(said, source.folder, source.tree);
}

/** Value files in the order of their weight, as absolute paths. Those in the chart's folder are there already. */
async function writeValues(render: ChartRender, workspace: Workspace): Promise<string[]> {
	const {source, parameters, valueFiles, isWhole} = render;
	const elsewhere = valueFiles.filter(({path}) => !isWhole && !isWithin(path, source.folder));
	const contents = await source.tree.read(elsewhere);
	for (const [index, {path}] of elsewhere.entries()) {
		await mkdir(join(workspace.tree, folderOf(path)), {recursive: true, mode: 0o700});
		await writeFile(join(workspace.tree, path), contents[index]!, {mode: 0o600});
	}
	const paths = valueFiles.map(({path}) => join(workspace.tree, path));
	if (Object.keys(parameters.values).length === 0) return paths;
	const inline = join(workspace.values, inlineValues);
	await writeFile(inline, stringifyJson(parameters.values), {flag: 'wx', mode: 0o600});
	return [...paths, inline];
}
