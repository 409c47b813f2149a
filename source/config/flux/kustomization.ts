import {
	type Application,
	type Destination,
	defaultSyncPolicy,
	type KustomizeParameters,
	type SyncPolicy,
} from '../../model/application.ts';
import {plainKustomize} from '../../model/plain-kustomize.ts';
import type {Candidate, Dependency, ReadOptions} from '../candidate.ts';
import {parseInterval} from '../duration.ts';
import {collectFindings, type Findings, subjectOf} from '../findings.ts';
import {identityOf, takeName} from '../foreign-name.ts';
import {checkKustomizeFiles} from '../kustomize-fields.ts';
import {checkNamespace, withoutDots} from '../names.ts';
import {checkRepositoryPath} from '../repository-path.ts';
import {checkShape} from '../schema/check-shape.ts';
import {retryForEver} from '../sync-policy.ts';
import {type SourceDocument, withValue} from '../yaml/source-document.ts';
import {withoutNulls} from '../yaml/without-nulls.ts';
import {findRepository} from './find-repository.ts';
import type {FluxGitRepository} from './git-repository.ts';
import {readIgnoreRules} from './ignore-rules.ts';
import {type FluxKustomization, type FluxKustomizationSpec, fluxKustomizationSchema} from './kustomization-schema.ts';

/** Maps a Flux Kustomization together with the GitRepository it reads from. Flux always syncs and always heals. */
export function readKustomization(
	document: SourceDocument,
	repositories: readonly FluxGitRepository[],
	options: ReadOptions,
): Candidate {
	const plain = withValue(document, withoutNulls(document.value));
	const {name, namespace} = identityOf(plain.value);
	const subject = subjectOf('Kustomization', namespace && name ? `${namespace}/${name}` : name);
	const findings = collectFindings(plain, subject);
	const checked = checkShape(fluxKustomizationSchema, findings, 'foreign');
	const application = checked && mapApplication(checked, repositories, findings, options);
	const {problems} = findings;
	if (!application || problems.length > 0) return {type: 'left-out', problems};
	return {type: 'read', application, dependencies: dependenciesOf(application, checked.spec, findings)};
}

function mapApplication(
	{metadata, spec}: FluxKustomization,
	repositories: readonly FluxGitRepository[],
	findings: Findings,
	options: ReadOptions,
): Application | null {
	const found = findRepository(spec.sourceRef, metadata.namespace ?? '', repositories);
	const repository = findings.take(['spec', 'sourceRef'], found, 'SourceNotFound');
	const name = takeName(metadata.name, ['metadata', 'name'], findings);
	const path = findings.take(['spec', 'path'], checkRepositoryPath(spec.path ?? '')) ?? '';
	const destination = readDestination(spec, findings);
	const render = readRender(spec, path, findings);
	const syncPolicy = readSyncPolicy(spec, findings);
	const ignoreDifferences = readIgnoreRules(spec.ignore ?? [], ['spec', 'ignore'], findings);
	if (spec.postBuild?.substituteStrategy === 'Always') {
		const message = 'spec.postBuild.substituteStrategy Always is not supported: variables would be applied unreplaced';
		findings.problem(['spec', 'postBuild', 'substituteStrategy'], {code: 'UnsupportedField', message});
	}
	if (!repository?.source) return null;
	const {repoURL, target, intervalMilliseconds = options.intervalMilliseconds, isSuspended} = repository.source;
	return {
		name,
		source: {repoURL, target, path, render, intervalMilliseconds},
		destination,
		syncPolicy,
		driftPolicy: {mode: 'heal', foreignAdditions: 'observe', rules: []},
		ignoreDifferences,
		guards: {allowedNamespaces: [], allowedServers: [], allowedKinds: [], deniedKinds: []},
		dependsOn: [...new Set((spec.dependsOn ?? []).map(dependency => withoutDots(dependency.name)))],
		syncWindows: [],
		isSuspended: isSuspended || (spec.suspend ?? false),
		declaredAt: {file: findings.document.file, line: findings.document.positionOf([]).line, format: 'flux'},
		notices: [...findings.notices, ...repository.notices],
	};
}

/** A dependency in another namespace is another object; applications here are known by their name alone. */
function dependenciesOf({dependsOn}: Application, spec: FluxKustomizationSpec, findings: Findings): Dependency[] {
	const {document} = findings;
	return dependsOn.map(name => {
		const index = (spec.dependsOn ?? []).findIndex(dependency => withoutDots(dependency.name) === name);
		return {name, file: document.file, line: document.positionOf(['spec', 'dependsOn', index]).line};
	});
}

function readDestination({targetNamespace}: FluxKustomizationSpec, findings: Findings): Destination {
	const namespace = targetNamespace || 'default';
	return {namespace: findings.take(['spec', 'targetNamespace'], checkNamespace(namespace), 'InvalidName') ?? namespace};
}

/** Flux prunes in the background and, after a failure, tries again at a steady interval for ever. */
function readSyncPolicy(
	{prune = false, wait = false, retryInterval}: FluxKustomizationSpec,
	findings: Findings,
): SyncPolicy {
	const every = retryInterval && findings.take(['spec', 'retryInterval'], parseInterval(retryInterval));
	const steady = every ? {backoffMilliseconds: every, factor: 1, maximumMilliseconds: every} : {};
	return {
		...defaultSyncPolicy,
		automated: {prune, selfHeal: true, allowEmpty: false},
		waitForHealth: wait,
		prunePropagation: 'background',
		retry: {...defaultSyncPolicy.retry, ...steady, limit: retryForEver},
	};
}

/** With `generateWhenMissing` the renderer takes Flux's side in all else: common metadata reaches no selector and no template. */
function readRender(spec: FluxKustomizationSpec, folder: string, findings: Findings): KustomizeParameters {
	checkKustomizeFiles(spec, folder, ['spec'], findings);
	const {namePrefix, nameSuffix, targetNamespace, commonMetadata = {}, patches = [], components = []} = spec;
	return {
		...plainKustomize,
		...(namePrefix && {namePrefix}),
		...(nameSuffix && {nameSuffix}),
		...(targetNamespace && {namespace: targetNamespace}),
		images: (spec.images ?? []).flatMap(image => printImage(image) ?? []),
		commonLabels: commonMetadata.labels ?? {},
		commonAnnotations: commonMetadata.annotations ?? {},
		patches,
		components,
		generateWhenMissing: true,
	};
}

type Image = NonNullable<FluxKustomizationSpec['images']>[number];

/** In the spelling of `kustomize edit set image`; a digest wins over a tag. undefined: nothing would be changed. */
function printImage({name, newName, newTag, digest}: Image): string | undefined {
	if (digest) return `${name}=${newName || name}@${digest}`;
	if (newTag) return newName ? `${name}=${newName}:${newTag}` : `${name}:${newTag}`;
	return newName ? `${name}=${newName}` : undefined;
}
