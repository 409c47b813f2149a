import {dirname} from 'node:path';
import type {Application} from '../model/application.ts';
import type {Problem} from '../model/errors.ts';
import {readArgoApplication} from './argo-cd/application.ts';
import {type ArgoProject, readProject} from './argo-cd/project.ts';
import {type Candidate, defaultIntervalMilliseconds, type ReadOptions} from './candidate.ts';
import {declaredNames} from './declared-names.ts';
import {withPossibleDependencies} from './dependencies.ts';
import {type FluxGitRepository, readGitRepository} from './flux/git-repository.ts';
import {readKustomization} from './flux/kustomization.ts';
import {readApplicationDocument, readConfigurationDocument} from './holdfast/documents.ts';
import {type SortedDocument, sortDocuments} from './sort-documents.ts';
import {applicationsWithOwnName, projectsByName} from './unique-names.ts';
import {parseDocuments} from './yaml/parse.ts';

export interface ConfigurationFile {
	/** As shown in problems. */
	readonly path: string;
	readonly text: string;
	/** Where relative repository paths start; the folder of `path` when absent. */
	readonly folder?: string;
}

export interface ConfigurationOptions {
	/** Milliseconds between pulls for sources that set no interval of their own; 60,000 when absent. */
	readonly defaultIntervalMilliseconds?: number;
	/** Applications that are declared elsewhere, and may be depended upon. */
	readonly knownApplications?: readonly string[];
}

/**
 * Turns the texts of configuration files into applications. Documents of holdfast, Argo CD and Flux may be mixed. Pure and
 * total: whatever is wrong becomes a problem with file and line, and takes nothing with it but the application concerned.
 */
export function readConfiguration(
	files: readonly ConfigurationFile[],
	options: ConfigurationOptions = {},
): {applications: Application[]; problems: Problem[]; productionContexts: string[]} {
	const problems: Problem[] = [];
	const sorted: SortedDocument[] = [];
	for (const {path, text, folder = dirname(path)} of files) {
		const parsed = parseDocuments({file: path, folder, text});
		const found = sortDocuments(parsed.documents);
		problems.push(...parsed.problems, ...found.problems);
		sorted.push(...found.sorted);
	}
	const productionContexts: string[] = [];
	const candidates = readDocuments(
		sorted,
		{problems, productionContexts},
		{
			intervalMilliseconds: options.defaultIntervalMilliseconds ?? defaultIntervalMilliseconds,
		},
	);
	const read = candidates.filter(candidate => candidate.type === 'read');
	for (const candidate of candidates) if (candidate.type === 'left-out') problems.push(...candidate.problems);
	const unique = applicationsWithOwnName(read.map(({application}) => application));
	const possible = withPossibleDependencies(
		read
			.filter(({application}) => unique.applications.includes(application))
			.map(({application, dependencies = []}) => ({application, dependencies})),
		new Set([...declaredNames(sorted), ...(options.knownApplications ?? [])]),
	);
	return {
		applications: possible.applications,
		problems: inOrder([...problems, ...unique.problems, ...possible.problems], files),
		productionContexts,
	};
}

function readDocuments(
	sorted: readonly SortedDocument[],
	{problems, productionContexts}: {problems: Problem[]; productionContexts: string[]},
	options: ReadOptions,
): Candidate[] {
	// What applications refer to comes first, wherever it stands.
	const repositories: FluxGitRepository[] = [];
	const declaredProjects: ArgoProject[] = [];
	for (const {kind, document} of sorted) {
		if (kind === 'flux-git-repository') repositories.push(readGitRepository(document));
		if (kind === 'argo-project') declaredProjects.push(readProject(document));
	}
	const projects = projectsByName(declaredProjects);
	for (const declared of [...repositories, ...projects.values()]) problems.push(...declared.problems);
	const candidates: Candidate[] = [];
	for (const {kind, document} of sorted) {
		switch (kind) {
			case 'configuration': {
				const read = readConfigurationDocument(document, options);
				problems.push(...read.problems);
				productionContexts.push(...read.productionContexts);
				candidates.push(...read.candidates);
				break;
			}
			case 'application':
				candidates.push(readApplicationDocument(document, options));
				break;
			case 'argo-application':
				candidates.push(readArgoApplication(document, projects, options));
				break;
			case 'flux-kustomization':
				candidates.push(readKustomization(document, repositories, options));
				break;
			case 'argo-project':
			case 'flux-git-repository':
				break;
		}
	}
	return candidates;
}

/** By file in the order given, then by line: as a person works through them. */
function inOrder(problems: readonly Problem[], files: readonly ConfigurationFile[]): Problem[] {
	const order = new Map(files.map(({path}, index) => [path, index]));
	const rank = (problem: Problem) => order.get(problem.file ?? '') ?? -1;
	return [...problems].sort((left, right) => rank(left) - rank(right) || (left.line ?? 0) - (right.line ?? 0));
}
