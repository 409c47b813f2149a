import type {Application, DriftPolicy, Guards} from '../../model/application.ts';
import type {Candidate, ReadOptions} from '../candidate.ts';
import {parseArgoInterval} from '../duration.ts';
import {collectFindings, type Findings, subjectOf} from '../findings.ts';
import {identityOf, takeName} from '../foreign-name.ts';
import {checkShape} from '../schema/check-shape.ts';
import {takeLocation} from '../source-fields.ts';
import {readSyncPolicy} from '../sync-policy.ts';
import {type Path, type SourceDocument, withValue} from '../yaml/source-document.ts';
import {withoutNulls} from '../yaml/without-nulls.ts';
import {readAnnotations} from './annotations.ts';
import {type ArgoSpec, argoApplicationSchema} from './application-schema.ts';
import {readDestination} from './destination.ts';
import {readIgnoreDifferences} from './ignore-differences.ts';
import {type ArgoProject, applyProject} from './project.ts';
import {readRender} from './render.ts';
import {type ArgoSource, argoSourceSchema} from './source-schema.ts';

const noGuards: Guards = {allowedNamespaces: [], allowedServers: [], allowedKinds: [], deniedKinds: []};

/** Maps an Argo CD Application, held to its project when that is in the configuration too. */
export function readArgoApplication(
	document: SourceDocument,
	projects: ReadonlyMap<string, ArgoProject>,
	options: ReadOptions,
): Candidate {
	const plain = withValue(document, withoutNulls(document.value));
	const findings = collectFindings(plain, subjectOf('Application', identityOf(plain.value).name));
	const application = readShape(findings, options);
	const guarded = application && applyProject(application.mapped, application.project, projects, findings);
	const {problems, notices} = findings;
	if (!guarded || problems.length > 0) return {type: 'left-out', problems};
	return {type: 'read', application: {...guarded, notices}};
}

function readShape(findings: Findings, options: ReadOptions): {mapped: Application; project: string} | null {
	const document = checkShape(argoApplicationSchema, findings, 'foreign');
	const chosen = chooseSource((findings.document.value as {spec?: ArgoSpec}).spec, findings);
	if (!document || !chosen) return null;
	const {metadata, spec} = document;
	const name = takeName(metadata.name, ['metadata', 'name'], findings);
	const location = takeLocation(chosen.source, chosen.path, findings);
	const destination = readDestination(spec.destination, ['spec', 'destination'], findings);
	const render = readRender(chosen.source, {
		folder: location.path,
		namespace: destination.namespace,
		path: chosen.path,
		findings,
	});
	const syncPolicy = readSyncPolicy(spec.syncPolicy ?? {}, ['spec', 'syncPolicy'], findings, {
		strictness: 'foreign',
		readDuration: parseArgoInterval,
	});
	const ignoreDifferences = readIgnoreDifferences(
		spec.ignoreDifferences ?? [],
		['spec', 'ignoreDifferences'],
		findings,
	);
	const {isSuspended} = readAnnotations(metadata.annotations ?? {}, ['metadata', 'annotations'], findings);
	const driftPolicy: DriftPolicy = {
		mode: syncPolicy.automated?.selfHeal ? 'heal' : 'observe',
		foreignAdditions: 'observe',
		rules: [],
	};
	const {file, positionOf} = findings.document;
	const mapped: Application = {
		name,
		source: {...location, render, intervalMilliseconds: options.intervalMilliseconds},
		destination,
		syncPolicy,
		driftPolicy,
		ignoreDifferences,
		guards: noGuards,
		dependsOn: [],
		syncWindows: [],
		isSuspended,
		declaredAt: {file, line: positionOf([]).line, format: 'argo-cd'},
		notices: [],
	};
	return {mapped, project: spec.project || 'default'};
}

/** `source`, or the only one of `sources`, which wins in Argo CD when both are there. */
function chooseSource(spec: ArgoSpec | undefined, findings: Findings): {source: ArgoSource; path: Path} | null {
	if (typeof spec !== 'object' || spec === null) return null;
	const {source, sources} = spec;
	if (!Array.isArray(sources) || sources.length === 0) {
		if (source) return {source, path: ['spec', 'source']};
		if (!spec.sourceHydrator) {
			findings.problem(['spec'], {code: 'MissingKey', message: 'spec.source is required', part: 'key'});
		}
		return null;
	}
	const path: Path = ['spec', 'sources', 0];
	if (sources.length > 1) {
		const message = `an application with ${sources.length} sources is not supported: only one can be read`;
		findings.problem(['spec', 'sources'], {code: 'UnsupportedField', message, part: 'key'});
		return null;
	}
	if (source) {
		const message = 'spec.source has no effect: spec.sources wins';
		findings.notice(['spec', 'source'], {code: 'Unsupported', message, part: 'key'});
	}
	const only = checkShapeAt(path, sources[0], findings);
	return only && {source: only, path};
}

/** Checks one entry of `sources` as a source, with the places it has in the whole document. */
function checkShapeAt(path: Path, value: unknown, findings: Findings): ArgoSource | null {
	const {document} = findings;
	const entry = collectFindings({
		...document,
		value,
		positionOf: (rest, part) => document.positionOf([...path, ...rest], part),
		writtenAs: rest => document.writtenAs([...path, ...rest]),
	});
	const source = checkShape(argoSourceSchema, entry, 'foreign');
	findings.problems.push(...entry.problems);
	findings.notices.push(...entry.notices);
	return source;
}
