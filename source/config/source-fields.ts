import type {TargetRevision} from '../model/application.ts';
import type {Findings} from './findings.ts';
import {checkRepositoryPath} from './repository-path.ts';
import {checkRepositoryURL, hasPassword} from './repository-url.ts';
import {autoRevision} from './target-revision.ts';
import type {Path} from './yaml/source-document.ts';

/** Reads a repository URL; undefined after it was reported. */
export function takeRepositoryURL(url: string, path: Path, findings: Findings): string | undefined {
	const code = hasPassword(url) ? 'CredentialsInURL' : 'InvalidValue';
	return findings.take(path, checkRepositoryURL(url, findings.document.folder), code);
}

/** The three fields that holdfast and Argo CD share: `repoURL`, `targetRevision` and `path`. */
export function takeLocation(
	source: {readonly repoURL: string; readonly targetRevision?: string; readonly path?: string},
	path: Path,
	findings: Findings,
): {readonly repoURL: string; readonly target: TargetRevision; readonly path: string} {
	return {
		repoURL: takeRepositoryURL(source.repoURL, [...path, 'repoURL'], findings) ?? '',
		target: findings.take([...path, 'targetRevision'], autoRevision(source.targetRevision)) ?? headRevision,
		path: findings.take([...path, 'path'], checkRepositoryPath(source.path ?? '')) ?? '',
	};
}

const headRevision: TargetRevision = {type: 'auto', value: 'HEAD'};
