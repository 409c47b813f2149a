import {tmpdir} from 'node:os';
import pLimit from 'p-limit';
import {type Problem, toProblem} from '../model/errors.ts';
import type {Manifest} from '../model/object.ts';
import type {Renderer, RenderRequest, RenderResult} from '../model/ports/render.ts';
import {createCache} from './cache.ts';
import {ignoredOverrides, resolveParameters} from './detect.ts';
import {prepareDirectory} from './directory/render-directory.ts';
import {findFolder} from './find-folder.ts';
import {prepareHelm} from './helm/prepare-helm.ts';
import {prepareKustomize} from './kustomize/prepare-kustomize.ts';
import {defaultRenderLimits, type RenderLimits} from './limits.ts';
import {failure, type Outcome, success} from './outcome.ts';
import {createParsedFiles} from './parsed-files.ts';
import {createToolFinder} from './program/tool.ts';
import {removeStaleWorkspaces} from './program/workspace.ts';
import type {PreparedRender, Rendered, RenderServices, RenderSource} from './services.ts';
import {createSharedRuns} from './shared-runs.ts';
import {type Stored, store, take} from './stored.ts';

export interface RendererOptions {
	/** Name or path of the program; default `helm` on the PATH. Versions 3 and 4 work. */
	readonly helm?: string;
	/** Name or path of the program; default `kustomize` on the PATH. */
	readonly kustomize?: string;
	/** Where runs get their short-lived folders; default the system's. */
	readonly temporaryDirectory?: string;
	readonly limits?: Partial<RenderLimits>;
	/** Results kept, whatever their size below the cache's total. */
	readonly cacheEntries?: number;
}

export interface RendererCounters {
	/** Renders done: files parsed, or a program run. */
	renders: number;
	/** Requests answered by an earlier render, or by one under way. */
	cacheHits: number;
}

/** A result at rest. Failures are kept as well: the same commit fails the same way. */
type CachedResult =
	| {readonly ok: true; readonly manifests: Stored<readonly Manifest[]>; readonly notices: readonly Problem[]}
	| {readonly ok: false; readonly problems: readonly Problem[]};

/** Child processes at a time, of all applications. */
const concurrentPrograms = 2;

const defaultCacheEntries = 4_096;
const cacheBytes = 64 * 1024 * 1024;

/** Failures that say nothing about the input. */
const passingCodes = new Set(['ProgramMissing', 'ProgramFailed', 'RenderTimeout', 'RenderCancelled', 'RenderFailed']);

/** Creates the renderer of a worker. It keeps results and parsed files in memory, and nothing on disk. */
export function createRenderer(options: RendererOptions = {}): Renderer & {readonly counters: RendererCounters} {
	const limits: RenderLimits = {...defaultRenderLimits, ...options.limits};
	const temporaryDirectory = options.temporaryDirectory ?? tmpdir();
	const tool = {temporaryDirectory, limits};
	const queue = pLimit(concurrentPrograms);
	const services: RenderServices = {
		limits,
		temporaryDirectory,
		queue: work => queue(work),
		parsedFiles: createParsedFiles(limits),
		helm: createToolFinder({...tool, name: 'helm', program: options.helm ?? 'helm'}),
		kustomize: createToolFinder({...tool, name: 'kustomize', program: options.kustomize ?? 'kustomize'}),
	};
	const counters: RendererCounters = {renders: 0, cacheHits: 0};
	const runs = createSharedRuns<Outcome<Rendered>>();
	const cache = createCache<CachedResult>({
		entries: options.cacheEntries ?? defaultCacheEntries,
		bytes: cacheBytes,
		size: result => (result.ok ? result.manifests.length : 1_000),
	});
	const swept = removeStaleWorkspaces(temporaryDirectory, Date.now());

	return {
		counters,
		async render(request) {
			try {
				await swept;
				const prepared = await prepare(request, services);
				return prepared.ok ? await finish(prepared.value, request.signal) : failed(prepared.problems);
			} catch (error) {
				return failed([request.signal?.aborted ? cancelled : toProblem(error, 'RenderFailed')]);
			}
		},
	};

	async function finish({run, ...prepared}: PreparedRender, signal: AbortSignal | undefined): Promise<RenderResult> {
		const {key, notices, renderer, reads} = prepared;
		const known = cache.get(key);
		if (known) {
			counters.cacheHits++;
			return known.ok ? fromCache(prepared, known) : failed(known.problems);
		}
		const {result, isShared} = await runs.join(key, signal, async runSignal => {
			counters.renders++;
			const outcome = await run(runSignal);
			remember(key, outcome);
			return outcome;
		});
		if (isShared) counters.cacheHits++;
		if (!result.ok) return failed(result.problems);
		// Whoever shares a run gets objects of their own.
		const manifests = isShared ? structuredClone(result.value.manifests) : result.value.manifests;
		const all = [...notices, ...result.value.notices];
		return {ok: true, key, renderer, reads, manifests, notices: all, isCached: isShared};
	}

	function remember(key: string, outcome: Outcome<Rendered>): void {
		if (outcome.ok) {
			cache.set(key, {ok: true, manifests: store(outcome.value.manifests), notices: outcome.value.notices});
		} else if (!outcome.problems.some(({code}) => passingCodes.has(code))) {
			cache.set(key, outcome);
		}
	}

	function failed(problems: readonly Problem[]): RenderResult {
		const more = problems.length - limits.problems;
		if (more <= 0) return failure(...problems);
		const rest = {code: 'MoreProblems', message: `${more} more problems are not listed`};
		return failure(...problems.slice(0, limits.problems), rest);
	}
}

const cancelled: Problem = {code: 'RenderCancelled', message: 'rendering was cancelled'};

/** Looks into the source just far enough to know what a render would read. */
async function prepare(request: RenderRequest, services: RenderServices): Promise<Outcome<PreparedRender>> {
	const {tree, application} = request;
	const folder = findFolder(tree, request.path);
	if (!folder.ok) return folder;
	const prepared = await prepareFolder({tree, folder: folder.value}, request, services);
	if (!prepared.ok) return prepared;
	const notices = [...ignoredOverrides(tree, folder.value, application), ...prepared.value.notices];
	return success({...prepared.value, notices});
}

async function prepareFolder(
	source: RenderSource,
	request: RenderRequest,
	services: RenderServices,
): Promise<Outcome<PreparedRender>> {
	const parameters = resolveParameters(request.parameters, source.tree, source.folder);
	switch (parameters.type) {
		case 'directory':
			return prepareDirectory(source, parameters, services);
		case 'kustomize':
			return prepareKustomize(source, parameters, services);
		case 'helm':
			return prepareHelm(source, parameters, request, services);
	}
}

/** The objects are made when somebody asks for them: most who find the key unchanged never do. */
function fromCache(
	{key, renderer, reads, notices}: Omit<PreparedRender, 'run'>,
	cached: Extract<CachedResult, {ok: true}>,
): RenderResult {
	let manifests: readonly Manifest[] | undefined;
	return {
		ok: true,
		key,
		renderer,
		reads,
		get manifests() {
			manifests ??= take(cached.manifests);
			return manifests;
		},
		notices: [...notices, ...cached.notices],
		isCached: true,
	};
}
