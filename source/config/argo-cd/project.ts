import type {Application} from '../../model/application.ts';
import type {Problem} from '../../model/errors.ts';
import {collectFindings, type Findings, quoted, subjectOf} from '../findings.ts';
import {identityOf} from '../foreign-name.ts';
import {checkShape} from '../schema/check-shape.ts';
import {type SourceDocument, withValue} from '../yaml/source-document.ts';
import {withoutNulls} from '../yaml/without-nulls.ts';
import {kindGuards} from './project-kinds.ts';
import {judgeDestination, permitsRepository} from './project-permits.ts';
import {type ArgoProjectSpec, argoProjectSchema} from './project-schema.ts';
import {type ProjectWindow, readProjectWindows, windowsFor} from './project-windows.ts';

/** A project as read. Without a spec it has problems, and its applications cannot be judged. */
export interface ArgoProject {
	readonly name: string;
	readonly spec?: ArgoProjectSpec;
	readonly windows: readonly ProjectWindow[];
	readonly file: string;
	readonly line: number;
	readonly problems: readonly Problem[];
	/** Given to every application of the project. */
	readonly notices: readonly Problem[];
}

export function readProject(document: SourceDocument): ArgoProject {
	const plain = withValue(document, withoutNulls(document.value));
	const {name} = identityOf(plain.value);
	const hint = 'The applications of this project are left out until this is fixed';
	const findings = collectFindings(plain, subjectOf('AppProject', name), hint);
	const project = checkShape(argoProjectSchema, findings, 'foreign');
	const windows = readProjectWindows(project?.spec.syncWindows ?? [], ['spec', 'syncWindows'], findings);
	const {problems, notices} = findings;
	const place = {name, file: document.file, line: document.positionOf([]).line};
	return {...place, windows, ...(project && problems.length === 0 && {spec: project.spec}), problems, notices};
}

/**
 * Holds an application to its project: what the project forbids outright is a problem of the application, the rest becomes
 * guards. Limits that cannot be expressed are reported. Returns null when the application must be left out.
 */
export function applyProject(
	application: Application,
	projectName: string,
	projects: ReadonlyMap<string, ArgoProject>,
	findings: Findings,
): Application | null {
	const path = ['spec', 'project'];
	const project = projects.get(projectName);
	const name = quoted(projectName);
	if (!project) {
		if (projectName !== 'default') {
			const message = `project ${name} is not in the configuration: its limits are not applied`;
			findings.notice(path, {code: 'ProjectNotFound', message, hint: 'Add its AppProject document'});
		}
		return application;
	}
	const {spec} = project;
	if (!spec) {
		const message = `project ${name} (${project.file}:${project.line}) cannot be used, so its limits are not known`;
		findings.problem(path, {code: 'ProjectDenies', message});
		return null;
	}
	if (!permitsRepository(spec.sourceRepos ?? [], application.source.repoURL)) {
		const message = `project ${name} does not permit the repository of this application`;
		findings.problem(path, {code: 'ProjectDenies', message, hint: 'See sourceRepos of the project'});
	}
	const verdict = judgeDestination(spec.destinations ?? [], application.destination);
	if (verdict.type === 'denied') {
		const message = `project ${name} does not permit the destination of this application`;
		findings.problem(path, {code: 'ProjectDenies', message, hint: 'See destinations of the project'});
	}
	if (findings.problems.length > 0 || verdict.type === 'denied') return null;
	const {gaps, ...kinds} = kindGuards(spec);
	for (const gap of verdict.gap ? [...gaps, verdict.gap] : gaps) {
		findings.notice(path, {code: 'Unsupported', message: `project ${name} cannot be expressed exactly: ${gap}`});
	}
	findings.notices.push(...project.notices);
	const {allowedServers, allowedNamespaces} = verdict;
	const syncWindows = windowsFor(application, project.windows);
	return {...application, guards: {...kinds, allowedServers, allowedNamespaces}, syncWindows};
}
