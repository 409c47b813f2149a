import pLimit from 'p-limit';
import {markCommits} from '../../engine/history/mark.ts';
import type {ObjectCounts} from '../../model/commit.ts';
import {toProblem} from '../../model/errors.ts';
import type {HistoryCommit} from '../../model/ports/git/history.ts';
import type {LogAnswer} from '../../protocol/messages/history.ts';
import type {ApplicationContext} from '../application/context.ts';
import {compareRendered, renderObjects} from './rendered.ts';
import {trackedBranch} from './tracked-branch.ts';

const maximumCommits = 500;
/** How far back along the branch a revision is looked for. */
const chainLength = 2_000;
/** How far back in the journal. */
const entriesSearched = 2_000;
/** Commits that one request renders: the rest is told as not known, and asked for again by the next one. */
const rendersPerRequest = 20;
const renderMilliseconds = 5_000;
const countsKept = 2_000;

/** The commits that touch an application, newest first, each with what became of it. */
export async function logOf(context: ApplicationContext, limit: number): Promise<LogAnswer> {
	const {state, repository, application, services} = context;
	const branch = await trackedBranch(context).catch(() => application.source.target.value);
	const from = state.revision ?? (await repository.resolve(application.source.target))?.commit;
	if (!from) return {branch, commits: []};
	const paths = [application.source.path, ...state.reads];
	const wanted = Math.min(Math.max(1, Math.floor(limit)), maximumCommits);
	const commits = await repository.log({from, paths: state.reads.length > 0 ? state.reads : paths, limit: wanted});
	const chain = await repository.log({from, paths: [''], limit: chainLength});
	const counts = await countObjects(context, commits);
	const entries = services.journal.query({
		application: application.name,
		types: ['sync', 'error', 'revision'],
		limit: entriesSearched,
	});
	const failure = [...state.conditions.values()].find(({type}) => type === 'RenderError');
	return {
		branch,
		commits: markCommits({
			commits,
			chain: chain.map(({id}) => id),
			syncedRevision: state.syncedRevision,
			entries,
			renderFailure: failure?.problem.message ?? null,
			objects: id => counts.get(id) ?? null,
		}),
	};
}

/** A commit never changes, and neither does what it renders: by application, since each renders in its own way. */
const known = new WeakMap<ApplicationContext, Map<string, ObjectCounts>>();

/** One at a time, of all requests: nobody waits for it but who looks at a log. */
const inBackground = pLimit(1);

async function countObjects(
	context: ApplicationContext,
	commits: readonly HistoryCommit[],
): Promise<ReadonlyMap<string, ObjectCounts>> {
	const counts = known.get(context) ?? new Map<string, ObjectCounts>();
	known.set(context, counts);
	const deadline = performance.now() + renderMilliseconds;
	const unknown = commits.filter(({id}) => !counts.has(id)).slice(0, rendersPerRequest);
	for (const commit of unknown) {
		if (performance.now() > deadline || context.isStopped) break;
		const found = await inBackground(() => countOf(context, commit));
		if (!found) continue;
		counts.set(commit.id, found);
		if (counts.size > countsKept) counts.delete(counts.keys().next().value!);
	}
	return counts;
}

/** null: one of its sides cannot be rendered. */
async function countOf(context: ApplicationContext, {id, parents}: HistoryCommit): Promise<ObjectCounts | null> {
	try {
		const after = await renderAt(context, id);
		const [parent] = parents;
		const before = parent ? await renderAt(context, parent) : nothing;
		if (!before.ok || !after.ok) return null;
		const {created, changed, deleted} = compareRendered(before.objects, after.objects);
		return {created: created.length, changed: changed.length, deleted: deleted.length};
	} catch (error) {
		context.log.debug({commit: id, problem: toProblem(error)}, 'objects of a commit could not be counted');
		return null;
	}
}

/** Where its folder is not there yet, or no more, an application has no objects. */
async function renderAt(context: ApplicationContext, commit: string): ReturnType<typeof renderObjects> {
	const tree = await context.repository.tree(commit);
	const {path} = context.application.source;
	return path !== '' && tree.hash(path) === null ? nothing : renderObjects(context, tree);
}

const nothing = {ok: true, objects: new Map<string, string>()} as const;
