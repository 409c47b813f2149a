import {setTimeout as sleep} from 'node:timers/promises';
import {HoldfastError} from '../../model/errors.ts';
import type {ApplicationContext} from '../application/context.ts';
import type {Worker} from '../worker.ts';

const heads = 'refs/heads/';

/**
 * The branch that an application follows. Rejects with TargetNotBranch, and what to change instead, when its target is a
 * tag, a fixed commit or a version range: a commit on a branch would not reach it.
 */
export async function trackedBranch({application, repository}: ApplicationContext): Promise<string> {
	const {target} = application.source;
	if (target.type === 'branch') return target.value.replace(heads, '');
	const {ref} =
		target.type === 'auto'
			? ((await repository.resolve(target)) ?? (await repository.pull(target)))
			: {ref: target.type === 'commit' ? '' : 'refs/tags/'};
	if (ref.startsWith(heads)) return ref.slice(heads.length);
	const isRange = target.type === 'semver' || (target.type === 'auto' && ref !== `refs/tags/${target.value}`);
	const [what, hint] =
		ref === ''
			? ['the fixed commit', 'Set its targetRevision to an earlier commit, or to a branch']
			: isRange
				? ['the version range', 'Publish a newer tag without the change, or narrow the range in its targetRevision']
				: ['the tag', 'Set its targetRevision to an earlier tag, or to a branch'];
	throw new HoldfastError({
		code: 'TargetNotBranch',
		message: `${application.name} follows ${what} ${target.value}, not a branch: a commit would not reach it`,
		hint: `${hint}, in ${application.declaredAt.file}`,
	});
}

/** All applications of this worker that follow this branch of the application's repository, that one first. */
export async function followersOf(
	worker: Worker,
	context: ApplicationContext,
	branch: string,
): Promise<ApplicationContext[]> {
	const others = worker.controllers
		.map(controller => controller.context)
		.filter(other => other !== context && isSameRepository(other, context));
	const branches = await Promise.all(others.map(other => trackedBranch(other).catch(() => null)));
	const followers = others.filter((_other, index) => branches[index] === branch);
	followers.sort((left, right) => (left.application.name < right.application.name ? -1 : 1));
	return [context, ...followers];
}

const settleMilliseconds = 10_000;

/** Waits until all were compared once, but not long: whoever was not says so in its plan. */
export async function settledSoon(worker: Worker, followers: readonly ApplicationContext[]): Promise<void> {
	const settled = worker.settled(followers.map(({application}) => application.name));
	await Promise.race([settled, sleep(settleMilliseconds, undefined, {ref: false})]);
}

/** Also when it is written in another way: with or without `.git`, or a slash at the end. */
function isSameRepository(left: ApplicationContext, right: ApplicationContext): boolean {
	if (left.repository === right.repository) return true;
	const plain = (url: string): string => url.replace(/\/+$/, '').replace(/\.git$/, '');
	return plain(left.repository.url) === plain(right.repository.url);
}
