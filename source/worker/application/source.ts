import {isConfiguration} from '../../engine/desired/children.ts';
import {type DesiredObject, makeDesired} from '../../engine/desired/normalise.ts';
import {withoutAdopted} from '../../engine/drift/adopted.ts';
import {checkGuards} from '../../engine/guards.ts';
import {isSyncHook} from '../../engine/hooks/due.ts';
import {formatProblem, type Problem, toProblem} from '../../model/errors.ts';
import {keyOf, nameOf} from '../../model/object.ts';
import type {GitTree} from '../../model/ports/git/tree.ts';
import {takeChildren} from './children.ts';
import {type ApplicationContext, setCondition} from './context.ts';
import {trackInventory} from './inventory-keeper.ts';
import {renderRequest} from './render-request.ts';
import {type TrackedObject, trackObject} from './tracked-object.ts';
import {desiredBody} from './writer.ts';

/** What a look at the source brought. */
export type SourceOutcome =
	| {readonly type: 'unchanged'}
	| {readonly type: 'rendered'}
	/** The source cannot be used as it is: what was rendered before stays in force. */
	| {readonly type: 'failed'; readonly problems: readonly Problem[]};

/**
 * Pulls, and renders when the application's own tree changed. A commit that does not touch the application costs it
 * nothing: no render, no request. `isFresh`: somebody knows of a push; an answer of a second ago will not do.
 */
export async function refreshSource(
	context: ApplicationContext,
	options: {isFresh: boolean} = {isFresh: false},
): Promise<SourceOutcome> {
	const {state, repository, application, services} = context;
	let tree: GitTree;
	try {
		const pulled = await repository.pull(application.source.target, options);
		state.sourceSeenAt = services.clock();
		setCondition(context, 'SourceError', []);
		if (pulled.commit !== state.revision) await recordRevision(context, pulled.commit, pulled.isForced);
		state.revision = pulled.commit;
		// Objects that could not be written may have become possible without a change in Git, so those are looked at again.
		if (state.renderedRevision === pulled.commit && state.isRenderComplete && state.blocked.length === 0) {
			return {type: 'unchanged'};
		}
		tree = await repository.tree(pulled.commit);
	} catch (error) {
		const problem = toProblem(error, 'SourceFailed');
		setCondition(context, 'SourceError', [problem]);
		return {type: 'failed', problems: [problem]};
	}
	return renderTree(context, tree);
}

/** Renders one commit's tree and takes it as what Git wants. */
export async function renderTree(context: ApplicationContext, tree: GitTree): Promise<SourceOutcome> {
	const {state, application, services, session} = context;
	const result = await services.renderer.render(await renderRequest(context, tree));
	if (!result.ok) {
		state.isRenderComplete = false;
		const isNews = ![...state.conditions.values()].some(condition => condition.type === 'RenderError');
		setCondition(context, 'RenderError', result.problems);
		if (isNews) recordProblems(context, result.problems);
		return {type: 'failed', problems: result.problems};
	}
	setCondition(context, 'RenderError', []);
	state.reads = result.reads;
	state.renderer = result.renderer;
	state.renderedRevision = tree.commit;
	state.isRenderComplete = true;
	if (result.key === state.renderKey && state.blocked.length === 0) return {type: 'unchanged'};
	const kinds = await session.cluster.kinds();
	const scopeOf = scopeLookup(kinds);
	const versionsOf = versionLookup(kinds);
	const desired = makeDesired({
		application: application.name,
		manifests: result.manifests,
		defaultNamespace: application.destination.namespace,
		// What becomes an application needs no definition in the cluster.
		scopeOf: (group, kind) => (isConfiguration({group, kind}) ? 'namespaced' : scopeOf(group, kind)),
		versionsOf: (group, kind) => (isConfiguration({group, kind}) ? [] : versionsOf(group, kind)),
		applySetId: state.applySetId,
		hash: services.hash,
	});
	if (desired.problems.length > 0) {
		state.isRenderComplete = false;
		const isNews = ![...state.conditions.values()].some(condition => condition.type === 'RenderError');
		setCondition(context, 'RenderError', desired.problems);
		if (isNews) recordProblems(context, desired.problems);
		return {type: 'failed', problems: desired.problems};
	}
	// Of what leaves, Git is only asked for the hooks.
	if (state.leaving !== 'no') {
		state.hooks = desired.hooks;
		state.renderKey = result.key;
		return {type: 'rendered'};
	}
	const refused = [
		...checkGuards(application, session.cluster, desired.objects),
		// Nothing is synced without its hooks.
		...checkGuards(
			application,
			session.cluster,
			desired.hooks.filter(({options}) => isSyncHook(options)),
		).map(item => ({...item, isHook: true})),
	];
	const refusedKeys = new Set(refused.map(item => keyOf(item.ref)));
	setCondition(
		context,
		'GuardViolation',
		refused.map(item => item.problem),
	);
	setCondition(
		context,
		'ComparisonError',
		desired.blocked.map(item => item.problem),
	);
	setCondition(context, 'ConfigurationNotice', [...application.notices, ...result.notices, ...desired.notices]);
	setCondition(context, 'HooksNotRun', describeHooks(desired.hooks));
	state.hooks = desired.hooks;
	const taken = takeChildren(
		context,
		desired.objects.filter(object => !refusedKeys.has(object.key)),
	);
	state.blocked = [...desired.blocked, ...refused, ...taken.blocked];
	takeDesired(context, taken.objects);
	state.renderKey = result.key;
	return {type: 'rendered'};
}

/** Puts the new desired objects beside what is known; objects that left Git stay tracked while the inventory has them. */
function takeDesired(context: ApplicationContext, objects: readonly DesiredObject[]): void {
	const {state, services} = context;
	const wanted = new Set<string>();
	for (const desired of objects) {
		wanted.add(desired.key);
		let tracked = state.objects.get(desired.key);
		if (!tracked) {
			tracked = trackObject(desired.ref, desired.key, services.clock());
			state.objects.set(desired.key, tracked);
		}
		tracked.fingerprint ??= state.storedFingerprints.get(desired.key) ?? null;
		state.storedFingerprints.delete(desired.key);
		tracked.ref = desired.ref;
		tracked.desired = desired;
		forgetAdopted(tracked);
		if (!tracked.foreignOwner) tracked.problem = null;
	}
	for (const [key, tracked] of state.objects) {
		if (wanted.has(key)) continue;
		tracked.desired = null;
		tracked.drift = null;
	}
	trackInventory(context);
	state.needsLearning = true;
}

/** A hold keeps drift as it is; what Git wants by now is not kept from it. */
function forgetAdopted(tracked: TrackedObject): void {
	const {drift, ref} = tracked;
	if (!drift) return;
	const fields = withoutAdopted(drift.fields, {ref, desired: desiredBody(tracked)});
	tracked.drift = fields.length > 0 ? {...drift, fields} : null;
}

function scopeLookup(
	kinds: readonly {group: string; kind: string; isNamespaced: boolean}[],
): (group: string, kind: string) => 'namespaced' | 'cluster' | 'unknown' {
	const scopes = new Map(kinds.map(kind => [`${kind.group}/${kind.kind}`, kind.isNamespaced]));
	return (group, kind) => {
		const isNamespaced = scopes.get(`${group}/${kind}`);
		return isNamespaced === undefined ? 'unknown' : isNamespaced ? 'namespaced' : 'cluster';
	};
}

function versionLookup(
	kinds: readonly {group: string; kind: string; versions: readonly string[]}[],
): (group: string, kind: string) => readonly string[] {
	const versions = new Map(kinds.map(kind => [`${kind.group}/${kind.kind}`, kind.versions]));
	return (group, kind) => versions.get(`${group}/${kind}`) ?? [];
}

function describeHooks(hooks: readonly DesiredObject[]): Problem[] {
	const neverRun = hooks.filter(({options}) => options.hook?.phases.length === 0);
	return neverRun.map(hook => ({
		code: 'HooksNotRun',
		message: `${nameOf(hook.ref)} is a hook and never runs: a sync has no such moment`,
		hint: 'known are PreSync, Sync, PostSync, SyncFail, PreDelete and PostDelete, and what Helm calls these',
		file: hook.origin.file,
		...(hook.origin.line === undefined ? {} : {line: hook.origin.line}),
	}));
}

async function recordRevision(context: ApplicationContext, commit: string, isForced: boolean): Promise<void> {
	const {services, application, repository, state} = context;
	// The first look after a start is no news unless it differs from what was seen last.
	if (state.revision === null && isKnownRevision(context, commit)) return;
	const info = await repository.commit(commit);
	services.record({
		type: 'revision',
		id: services.newId(),
		time: services.clock(),
		application: application.name,
		revision: commit,
		author: info.author,
		subject: info.subject,
		isForced,
	});
	if (isForced) context.log.warn({commit}, 'the branch was rewritten');
}

function isKnownRevision(context: ApplicationContext, commit: string): boolean {
	const {state, services, application} = context;
	if (commit === state.syncedRevision) return true;
	const [last] = services.journal.query({application: application.name, types: ['revision'], limit: 1});
	return last?.type === 'revision' && last.revision === commit;
}

function recordProblems(context: ApplicationContext, problems: readonly Problem[]): void {
	const {services, application, log} = context;
	for (const problem of problems) {
		log.warn({problem}, formatProblem(problem));
		services.record({
			type: 'error',
			id: services.newId(),
			time: services.clock(),
			application: application.name,
			problem,
		});
	}
}
