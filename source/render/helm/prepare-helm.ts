import type {HelmParameters} from '../../model/application.ts';
import {boundedText, safeText} from '../../model/text.ts';
import {keyOfParts} from '../key.ts';
import {failure, type Outcome, success} from '../outcome.ts';
import {isWithin, locate} from '../repository-path.ts';
import type {PreparedRender, RenderServices, RenderSource} from '../services.ts';
import {capabilities, isReleaseName} from './arguments.ts';
import {missingDependencies, readChart} from './chart.ts';
import {type HelmContext, renderChart} from './render-chart.ts';
import {resolveValueFiles} from './value-files.ts';

/**
 * Prepares a chart: refuses missing dependencies and value files outside of the repository, and derives the key from the
 * chart's folder, the value files, all that helm is told, and the program's version. `lookup` finds nothing while
 * rendering, as with `helm template`.
 */
export async function prepareHelm(
	source: RenderSource,
	parameters: HelmParameters,
	context: HelmContext,
	services: RenderServices,
): Promise<Outcome<PreparedRender>> {
	const {tree, folder} = source;
	const chart = await readChart(tree, folder, services.parsedFiles);
	if (!chart.ok) return chart;
	const missing = await missingDependencies(tree, folder, chart.value, services.parsedFiles);
	if (missing.length > 0) return failure(...missing);
	const valueFiles = await resolveValueFiles(source, parameters);
	if (!valueFiles.ok) return valueFiles;
	const releaseName = parameters.releaseName ?? context.application;
	if (!isReleaseName(releaseName)) return failure(badReleaseName(releaseName));
	const tool = await services.helm();
	if (!tool.ok) return tool;
	const links = await judgeLinks(source);
	if (!links.ok) return links;
	const isWhole = links.value;
	const key = keyOfParts(
		'helm',
		tool.value.version,
		folder,
		tree.hash(folder),
		isWhole ? tree.hash('') : null,
		valueFiles.value.map(({path, oid}) => [path, oid]),
		{...parameters, releaseName, valueFiles: null},
		context.namespace,
		context.kubernetesVersion,
		capabilities(context.apiVersions),
	);
	const chartRender = {
		source,
		parameters,
		context,
		releaseName,
		valueFiles: valueFiles.value,
		isWhole,
		tool: tool.value,
	};
	const reads = isWhole ? [''] : [folder, ...valueFiles.value.map(({path}) => path)];
	return success({
		key,
		renderer: 'helm',
		reads,
		notices: [],
		run: signal => renderChart(chartRender, services, signal),
	});
}

/**
 * Whether a link of the chart leads out of its folder: then only the whole commit has what the chart needs. A link out of
 * the repository is refused: helm would follow it (helm CVE-2025-53547).
 */
async function judgeLinks({tree, folder}: RenderSource): Promise<Outcome<boolean>> {
	let isLeaving = false;
	for (const {path, type} of tree.files(folder)) {
		if (type !== 'link') continue;
		const found = await locate(tree, path);
		if (found.type === 'outside') {
			const message = 'the link points outside of the repository';
			const hint = 'Replace the link by the file itself';
			return failure({code: 'PathOutsideRepository', message, file: safeText(path), hint});
		}
		if (found.type === 'missing' || !isWithin(found.path, folder)) isLeaving = true;
	}
	return success(isLeaving);
}

function badReleaseName(name: string) {
	return {
		code: 'ReleaseNameInvalid',
		message: `${boundedText(name, 100)} is not a release name: lower-case letters, digits, - and ., at most 53 characters`,
		hint: 'Set helm.releaseName',
	};
}
