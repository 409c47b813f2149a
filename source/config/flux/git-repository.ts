import type {TargetRevision} from '../../model/application.ts';
import type {Problem} from '../../model/errors.ts';
import {parseInterval} from '../duration.ts';
import {collectFindings, type Findings, subjectOf} from '../findings.ts';
import {identityOf} from '../foreign-name.ts';
import {checkShape} from '../schema/check-shape.ts';
import {takeRepositoryURL} from '../source-fields.ts';
import {checkRevision} from '../target-revision.ts';
import {type SourceDocument, withValue} from '../yaml/source-document.ts';
import {withoutNulls} from '../yaml/without-nulls.ts';
import {type FluxGitRepositorySpec, fluxGitRepositorySchema} from './git-repository-schema.ts';

/** A GitRepository as read. Without a source it has problems, and its applications are left out. */
export interface FluxGitRepository {
	readonly name: string;
	/** Empty where the document names none. */
	readonly namespace: string;
	readonly file: string;
	readonly line: number;
	readonly source?: {
		readonly repoURL: string;
		readonly target: TargetRevision;
		readonly intervalMilliseconds?: number;
		readonly isSuspended: boolean;
	};
	readonly problems: readonly Problem[];
	readonly notices: readonly Problem[];
}

export function readGitRepository(document: SourceDocument): FluxGitRepository {
	const plain = withValue(document, withoutNulls(document.value));
	const {name, namespace} = identityOf(plain.value);
	const hint = 'The applications that read from this repository are left out until this is fixed';
	const findings = collectFindings(plain, subjectOf('GitRepository', name), hint);
	const checked = checkShape(fluxGitRepositorySchema, findings, 'foreign');
	const source = checked && readSource(checked.spec, findings);
	const {problems, notices} = findings;
	const place = {name, namespace, file: document.file, line: document.positionOf([]).line};
	return {...place, ...(source && problems.length === 0 && {source}), problems, notices};
}

function readSource(spec: FluxGitRepositorySpec, findings: Findings): FluxGitRepository['source'] {
	const {url, interval, suspend = false, ref} = spec;
	return {
		repoURL: takeRepositoryURL(url, ['spec', 'url'], findings) ?? '',
		target: readTarget(ref ?? {}, findings),
		...(interval && {intervalMilliseconds: findings.take(['spec', 'interval'], parseInterval(interval))}),
		isSuspended: suspend,
	};
}

type Reference = NonNullable<FluxGitRepositorySpec['ref']>;

/** Which field of `ref` wins, first to last, and what it names (source-controller's own order). */
const precedence = ['commit', 'name', 'semver', 'tag', 'branch'] as const satisfies readonly (keyof Reference)[];

function readTarget(ref: Reference, findings: Findings): TargetRevision {
	// Flux's own default, whatever the remote's HEAD says.
	const fallback: TargetRevision = {type: 'branch', value: 'master'};
	const field = precedence.find(key => ref[key]);
	if (!field) return fallback;
	const value = findings.take(['spec', 'ref', field], checkRevision(ref[field] ?? ''));
	if (value === undefined) return fallback;
	return field === 'name' ? ofReferenceName(value) : {type: field, value};
}

function ofReferenceName(name: string): TargetRevision {
	if (name.startsWith('refs/heads/')) return {type: 'branch', value: name.slice('refs/heads/'.length)};
	if (name.startsWith('refs/tags/')) return {type: 'tag', value: name.slice('refs/tags/'.length)};
	return {type: 'auto', value: name};
}
