import leven from 'leven';
import type {TargetRevision} from '../model/application.ts';
import {HoldfastError} from '../model/errors.ts';
import {boundedText} from '../model/text.ts';
import {isObjectId, isValidReferenceName, isValidShortName} from './reference-name.ts';
import {namesBelow, type RemoteReferences} from './remote-references.ts';
import {findHighestTag, isVersionRange} from './semver-tags.ts';

/** What to fetch for a target. `prefix`: an abbreviated commit id, to be completed locally. */
export type Selection =
	| {readonly type: 'reference'; readonly ref: string; readonly commit: string}
	| {readonly type: 'commit'; readonly id: string}
	| {readonly type: 'prefix'; readonly prefix: string};

const heads = 'refs/heads/';
const tags = 'refs/tags/';

/** Key of a target in the mirror's memory. */
export function targetKey(target: TargetRevision): string {
	return `${target.type}:${normalised(target)}`;
}

function normalised(target: TargetRevision): string {
	return target.type === 'commit' || isObjectId(target.value.toLowerCase()) ? target.value.toLowerCase() : target.value;
}

/** Whether HEAD of the remote, or a reference that is neither branch nor tag, must be known to select this target. */
export function needsEverything(target: TargetRevision): boolean {
	if (target.type !== 'auto') return false;
	const {value} = target;
	return isHead(value) || (value.startsWith('refs/') && !value.startsWith(heads) && !value.startsWith(tags));
}

const isHead = (value: string): boolean => value === '' || value === 'HEAD';

/** A target that names one commit in full: it needs no remote once the commit is there. */
export function fullCommit(target: TargetRevision): string | null {
	const value = target.value.toLowerCase();
	return (target.type === 'auto' || target.type === 'commit') && isObjectId(value) ? value : null;
}

/** Refuses what no repository can hold, before any command sees it. Throws InvalidTargetRevision. */
export function checkTarget(target: TargetRevision): void {
	const {type, value} = target;
	const isFine: Record<TargetRevision['type'], () => boolean> = {
		auto: () => isHead(value) || isValidShortName(value) || (!value.startsWith('-') && isVersionRange(value)),
		branch: () => isValidShortName(value),
		tag: () => isValidShortName(value),
		semver: () => isVersionRange(value),
		commit: () => /^[0-9a-f]{4,64}$/i.test(value),
	};
	if (isFine[type]()) return;
	const hints: Record<TargetRevision['type'], string> = {
		auto: 'Use HEAD, a branch, a tag, a commit or a semver range',
		branch: 'Use the name of a branch, as `git check-ref-format --branch` accepts it',
		tag: 'Use the name of a tag',
		semver: 'Use a semver range such as `1.x`, `^2.1` or `>=1.2.0 <2`',
		commit: 'Use a commit id of 4 to 40 hexadecimal digits',
	};
	throw new HoldfastError({
		code: 'InvalidTargetRevision',
		message: `the target revision "${boundedText(value, 100)}" is not ${type === 'auto' ? 'a revision' : `a ${type}`}`,
		hint: hints[type],
	});
}

/**
 * Chooses what a target means on this remote. `auto` follows Argo CD: HEAD or nothing, a whole commit id, a branch, a
 * tag, the highest tag of a semver range, an abbreviated commit id. `rememberedRef` is what it meant the last time: a
 * deleted branch is never replaced by a tag that happens to fit. Throws RevisionNotFound and EmptyRepository.
 */
export function selectTarget(options: {
	target: TargetRevision;
	remote: RemoteReferences;
	rememberedRef: string | undefined;
	display: string;
}): Selection {
	const {target, remote, rememberedRef, display} = options;
	const value = normalised(target);
	if (remote.references.size === 0 && !remote.head) {
		throw new HoldfastError({
			code: 'EmptyRepository',
			message: `repository ${display} is empty: it has no branch and no tag`,
			hint:
				rememberedRef === undefined
					? 'Push a first commit; holdfast keeps looking'
					: 'It was not empty before: ask those who run its server',
		});
	}
	const named = (ref: string): Selection | null => {
		const commit = remote.references.get(ref);
		return commit ? {type: 'reference', ref, commit} : null;
	};
	const highest = (): Selection | null => {
		const tag = isVersionRange(value) ? findHighestTag(value, namesBelow(remote, tags)) : null;
		return tag === null ? null : named(tags + tag);
	};
	const select = (): Selection | null => {
		switch (target.type) {
			case 'branch':
				return named(heads + value);
			case 'tag':
				return named(tags + value);
			case 'semver':
				return highest();
			case 'commit':
				return isObjectId(value) ? {type: 'commit', id: value} : {type: 'prefix', prefix: value};
			case 'auto': {
				if (isHead(value)) return remote.head ? {type: 'reference', ...remote.head} : null;
				if (isObjectId(value)) return {type: 'commit', id: value};
				const exact = named(heads + value) ?? named(tags + value) ?? (isFullName(value) ? named(value) : null);
				if (exact || rememberedRef?.startsWith(heads)) return exact;
				return highest() ?? (/^[0-9a-f]{7,63}$/i.test(value) ? {type: 'prefix', prefix: value.toLowerCase()} : null);
			}
		}
	};
	const selection = select();
	if (!selection) throw notFound(target, remote, display);
	return selection;
}

const isFullName = (value: string): boolean => value.startsWith('refs/') && isValidReferenceName(value);

function notFound(target: TargetRevision, remote: RemoteReferences, display: string): HoldfastError {
	const value = boundedText(target.value, 100);
	const branches = namesBelow(remote, heads);
	const known = target.type === 'tag' || target.type === 'semver' ? namesBelow(remote, tags) : branches;
	const kind = known === branches ? 'branches' : 'tags';
	const messages: Record<TargetRevision['type'], string> = {
		auto: isHead(target.value) ? 'has no default branch' : `has no branch, tag or commit "${value}"`,
		branch: `has no branch "${value}"`,
		tag: `has no tag "${value}"`,
		semver: `has no tag in the version range "${value}"`,
		commit: `has no commit "${value}"`,
	};
	return new HoldfastError({
		code: 'RevisionNotFound',
		message: `repository ${display} ${messages[target.type]}`,
		hint: known.length > 0 ? `Existing ${kind}: ${nearest(target.value, known).join(', ')}` : `It has no ${kind}`,
	});
}

/** The five names that look most like the one that was asked for. */
function nearest(value: string, names: readonly string[]): string[] {
	return names
		.slice(0, 10_000)
		.map(name => ({name, distance: leven(value.slice(0, 100), name.slice(0, 100))}))
		.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
		.slice(0, 5)
		.map(({name}) => boundedText(name, 60));
}
