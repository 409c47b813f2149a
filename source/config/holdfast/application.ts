import type {Application, Destination, DriftPolicy, RenderParameters} from '../../model/application.ts';
import {plainKustomize} from '../../model/plain-kustomize.ts';
import type {Candidate, ReadOptions} from '../candidate.ts';
import {parseInterval} from '../duration.ts';
import type {Findings} from '../findings.ts';
import {readHelm} from '../helm-fields.ts';
import {checkKustomizeFiles} from '../kustomize-fields.ts';
import {takeLocation} from '../source-fields.ts';
import {readSyncPolicy} from '../sync-policy.ts';
import {readSyncWindows} from '../sync-windows.ts';
import type {Path} from '../yaml/source-document.ts';
import type {IgnoreDifferencesInput} from './policy-schema.ts';
import type {ApplicationInput} from './schema.ts';
import type {SourceInput} from './source-schema.ts';

/** Maps one checked application of our own format; `at` is where its spec stands in the document of the findings. */
export function readApplication(
	input: ApplicationInput,
	at: Path,
	findings: Findings,
	options: ReadOptions,
): Candidate {
	const {name, source, drift, guards, dependsOn = []} = input;
	const sourcePath = [...at, 'source'];
	const location = takeLocation(source, sourcePath, findings);
	const render = readRender(source, location.path, sourcePath, findings);
	const destination = readDestination(input.destination, [...at, 'destination'], findings);
	const syncPolicy = readSyncPolicy(input.syncPolicy ?? {}, [...at, 'syncPolicy'], findings, {
		strictness: 'own',
		readDuration: parseInterval,
	});
	const interval = source.interval && findings.take([...sourcePath, 'interval'], parseInterval(source.interval));
	const syncWindows = readSyncWindows(input.syncWindows ?? [], [...at, 'syncWindows'], findings);
	const {document, problems, notices} = findings;
	if (problems.length > 0) return {type: 'left-out', problems};
	const driftPolicy: DriftPolicy = {
		mode: drift?.mode ?? (syncPolicy.automated?.selfHeal ? 'heal' : 'observe'),
		foreignAdditions: drift?.foreignAdditions ?? 'observe',
		rules: drift?.rules ?? [],
	};
	const application: Application = {
		name,
		source: {...location, render, intervalMilliseconds: interval || options.intervalMilliseconds},
		destination,
		syncPolicy,
		driftPolicy,
		ignoreDifferences: readIgnoreDifferences(input.ignoreDifferences ?? []),
		guards: {
			allowedNamespaces: guards?.allowedNamespaces ?? [],
			allowedServers: guards?.allowedServers ?? [],
			allowedKinds: guards?.allowedKinds ?? [],
			deniedKinds: guards?.deniedKinds ?? [],
		},
		dependsOn: [...new Set(dependsOn)],
		syncWindows,
		isSuspended: input.suspend ?? false,
		declaredAt: {file: document.file, line: document.positionOf([]).line, format: 'holdfast'},
		notices,
	};
	const dependencies = dependsOn.map((dependency, index) => ({
		name: dependency,
		file: document.file,
		line: document.positionOf([...at, 'dependsOn', index]).line,
	}));
	return {type: 'read', application, dependencies};
}

const renderers = ['directory', 'kustomize', 'helm'] as const;

function readRender(source: SourceInput, folder: string, path: Path, findings: Findings): RenderParameters {
	const named = renderers.filter(renderer => source[renderer] !== undefined);
	const second = named[1];
	if (second) {
		const message = `source names ${named.join(' and ')}; an application has only one of them`;
		findings.problem([...path, second], {code: 'InvalidValue', message, part: 'key'});
	}
	const {directory, kustomize, helm} = source;
	if (directory) {
		const {recurse = false, include = '', exclude = ''} = directory;
		return {type: 'directory', recurse, include, exclude};
	}
	if (kustomize) {
		checkKustomizeFiles(kustomize, folder, [...path, 'kustomize'], findings);
		return {...plainKustomize, ...kustomize};
	}
	return helm ? readHelm(helm, folder, [...path, 'helm'], findings) : {type: 'auto'};
}

function readDestination(input: ApplicationInput['destination'], path: Path, findings: Findings): Destination {
	const {context, server, namespace} = input ?? {};
	if (context !== undefined && server !== undefined) {
		const message = 'destination names a context and a server; it must be one of them';
		findings.problem([...path, 'server'], {code: 'InvalidValue', message, part: 'key'});
	}
	if (namespace === undefined) {
		const hint = 'Name it here or in defaults: objects without a namespace go there, and the inventory lives there';
		findings.problem(path, {code: 'MissingKey', message: 'destination.namespace is required', hint, part: 'key'});
	}
	return {...(context && {context}), ...(server && {server}), namespace: namespace ?? ''};
}

function readIgnoreDifferences(input: IgnoreDifferencesInput): Application['ignoreDifferences'] {
	return input.map(({jsonPointers = [], paths = [], managedFieldsManagers = [], ...selector}) => ({
		...selector,
		jsonPointers,
		paths,
		managers: managedFieldsManagers,
	}));
}
