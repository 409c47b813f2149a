import type {Problem} from '../../model/errors.ts';
import type {GitTree} from '../../model/ports/git/tree.ts';
import {boundedText, safeText} from '../../model/text.ts';
import {isMap} from '../is-map.ts';
import {failure, type Outcome, success} from '../outcome.ts';
import type {ParsedFiles} from '../parsed-files.ts';
import {baseName, joinPath} from '../repository-path.ts';

/** What of a chart must be known before helm runs. */
export interface Chart {
	/** As in Chart.yaml; helm names templates by it, not by the folder. */
	readonly name: string;
	readonly dependencies: readonly ChartDependency[];
}

export interface ChartDependency {
	readonly name: string;
	readonly version: string;
	readonly repository: string;
	/** File that declares it. */
	readonly file: string;
}

type Fields = Record<string, unknown>;

/** Reads Chart.yaml, and requirements.yaml of charts of the first generation. */
export async function readChart(tree: GitTree, folder: string, parsedFiles: ParsedFiles): Promise<Outcome<Chart>> {
	const chartPath = joinPath(folder, 'Chart.yaml')!;
	const chart = await readMap(tree, chartPath, parsedFiles);
	if (!chart.ok) return chart;
	if (chart.value === null) return failure(chartMissing(folder));
	const requirementsPath = joinPath(folder, 'requirements.yaml')!;
	const isFirstGeneration = chart.value.apiVersion === 'v1';
	const requirements = isFirstGeneration ? await readMap(tree, requirementsPath, parsedFiles) : success(null);
	if (!requirements.ok) return requirements;
	const {name} = chart.value;
	return success({
		name: typeof name === 'string' ? name : baseName(folder),
		dependencies: [
			...dependenciesOf(chart.value, chartPath),
			...(requirements.value ? dependenciesOf(requirements.value, requirementsPath) : []),
		],
	});
}

/** Dependencies that are not in `charts/`. helm needs them all, also those that a condition turns off. */
export async function missingDependencies(
	tree: GitTree,
	folder: string,
	{dependencies}: Chart,
	parsedFiles: ParsedFiles,
): Promise<Problem[]> {
	if (dependencies.length === 0) return [];
	const vendored = await vendoredCharts(tree, joinPath(folder, 'charts')!, parsedFiles);
	return dependencies
		.filter(({name}) => !vendored.names.has(name) && !vendored.archives.some(archive => isArchiveOf(archive, name)))
		.map(dependencyMissing);
}

async function vendoredCharts(tree: GitTree, charts: string, parsedFiles: ParsedFiles) {
	const names = new Set<string>();
	const archives: string[] = [];
	for (const {path, type} of tree.files(charts)) {
		const [first = '', second, ...deeper] = path.slice(charts.length + 1).split('/');
		// Where a link leads, helm will see.
		if (type === 'link' && second === undefined) names.add(first);
		else if (second === undefined && first.endsWith('.tgz')) archives.push(first);
		else if (second === 'Chart.yaml' && deeper.length === 0) {
			const chart = await readMap(tree, path, parsedFiles);
			if (chart.ok && typeof chart.value?.name === 'string') names.add(chart.value.name);
		}
	}
	return {names, archives};
}

/** `wordpress-9.0.3.tgz`. */
function isArchiveOf(archive: string, name: string): boolean {
	return archive.startsWith(`${name}-`) && /^v?[0-9]/.test(archive.slice(name.length + 1));
}

function dependenciesOf({dependencies}: Fields, file: string): ChartDependency[] {
	if (!Array.isArray(dependencies)) return [];
	return dependencies
		.filter(isMap)
		.flatMap(({name, version, repository}) =>
			typeof name === 'string'
				? [{name, version: String(version ?? ''), repository: typeof repository === 'string' ? repository : '', file}]
				: [],
		);
}

async function readMap(tree: GitTree, path: string, parsedFiles: ParsedFiles): Promise<Outcome<Fields | null>> {
	const file = tree.file(path);
	if (file?.type !== 'file') return success(null);
	const [parsed] = await parsedFiles.read(tree, [file]);
	const problems = parsed?.problems ?? [];
	if (problems.length > 0) return failure(...problems.map(problem => ({...problem, file: safeText(path)})));
	const value = parsed?.documents[0]?.value;
	return success(isMap(value) ? value : {});
}

function dependencyMissing({name, version, repository, file}: ChartDependency): Problem {
	const where = repository === '' ? '' : ` from ${boundedText(withoutCredentials(repository), 200)}`;
	return {
		code: 'ChartDependencyMissing',
		message: `the chart needs ${boundedText(`${name} ${version}`.trim(), 200)}${where}, which is not in its charts/ folder`,
		file: safeText(file),
		hint: 'Run helm dependency build and commit charts/: nothing is downloaded while rendering',
	};
}

function withoutCredentials(repository: string): string {
	return repository.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');
}

function chartMissing(folder: string): Problem {
	return {
		code: 'ChartMissing',
		message: `${folder === '' ? 'the root of the repository' : safeText(folder)} has no Chart.yaml`,
		hint: 'Point the application at the folder of the chart itself',
	};
}
