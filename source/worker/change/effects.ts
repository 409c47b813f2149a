import pLimit from 'p-limit';
import {stopsSync} from '../../engine/hold/lifecycle.ts';
import {type Problem, toProblem} from '../../model/errors.ts';
import {canonicalJson} from '../../model/json.ts';
import type {Plan} from '../../model/plan.ts';
import type {GitTree} from '../../model/ports/git/tree.ts';
import type {ApplicationEffect} from '../../protocol/messages/change.ts';
import type {ApplicationContext} from '../application/context.ts';
import {meetAgain} from '../application/knowledge.ts';
import {planSync} from '../application/planning.ts';
import {previewPlan} from '../application/preview.ts';
import {renderTree} from '../application/source.ts';
import {dependencyProblems, windowProblem} from '../application/sync-gates.ts';
import type {TrackedObject} from '../application/tracked-object.ts';
import {describeLeaving, leavingChildren} from './leaving-children.ts';
import {compareRendered, renderObjects} from './rendered.ts';
import {shadowOf} from './shadow.ts';

const applicationsAtOnce = 4;

/** What a commit that nobody pulled yet would do. */
export interface ChangeEffects {
	/** Applications that it touches, the one asked about first. */
	readonly effects: readonly ApplicationEffect[];
	/** Names of those that it does not touch. */
	readonly untouched: readonly string[];
	/** Names of those that go with it, because their declaration does. */
	readonly leaving: ReadonlySet<string>;
	/** Says the same when, and only when, the same would happen to the same objects. */
	readonly signature: string;
}

/** Plans the sync of a commit for every application that follows its branch. `before` is the tip that it stands on. */
export async function planEffects(
	followers: readonly ApplicationContext[],
	trees: {before: GitTree; after: GitTree},
): Promise<ChangeEffects> {
	const limit = pLimit(applicationsAtOnce);
	const answers = await Promise.all(followers.map(context => limit(() => planOrSay(context, trees))));
	const touched = answers.filter(answer => answer !== null);
	const leaving = new Set(touched.flatMap(answer => answer.leaving));
	return {
		effects: touched.map(({effect}) => (leaving.has(effect.application) ? itselfLeaving(effect) : effect)),
		untouched: followers.filter((_context, index) => answers[index] === null).map(({application}) => application.name),
		leaving,
		signature: canonicalJson(touched.map(({signature}) => signature)),
	};
}

interface Answer {
	readonly effect: ApplicationEffect;
	readonly signature: unknown;
	/** Names of applications that go with it. */
	readonly leaving: readonly string[];
}

/** A cluster that cannot be asked keeps nobody from mending the others: its application says that nothing is known. */
async function planOrSay(
	context: ApplicationContext,
	trees: {before: GitTree; after: GitTree},
): Promise<Answer | null> {
	try {
		return (await isUnread(context, trees)) ? null : await planEffect(context, trees);
	} catch (error) {
		const problem = toProblem(error);
		const {name} = context.application;
		const effect = {...placeOf(context), plan: emptyPlan(name, trees.after.commit), objects: [], problems: [problem]};
		return {effect, signature: [name, problem.code], leaving: []};
	}
}

/** Nothing that its last render read is touched: most applications of a repository, most of the time. */
async function isUnread(
	{state, application, repository}: ApplicationContext,
	trees: {before: GitTree; after: GitTree},
) {
	if (state.renderedRevision === null || !state.isRenderComplete || state.reads.length === 0) return false;
	const rendered = await repository.tree(state.renderedRevision);
	return [application.source.path, ...state.reads].every(path => {
		const hash = rendered.hash(path);
		return trees.before.hash(path) === hash && trees.after.hash(path) === hash;
	});
}

function placeOf({application, session}: ApplicationContext) {
	return {
		application: application.name,
		context: session.cluster.context,
		namespace: application.destination.namespace,
		isAutomated: application.syncPolicy.automated !== undefined,
	};
}

async function planEffect(
	context: ApplicationContext,
	{before, after}: {before: GitTree; after: GitTree},
): Promise<Answer | null> {
	const [old, wanted] = [await renderObjects(context, before), await renderObjects(context, after)];
	if (old.ok && wanted.ok && isSame(old.objects, wanted.objects)) return null;
	if (!old.ok && !wanted.ok && isSameRead(context, before, after)) return null;
	const {application} = context;
	const place = placeOf(context);
	if (!wanted.ok) {
		const effect = {...place, plan: emptyPlan(application.name, after.commit), objects: [], problems: wanted.problems};
		// Their words may name the commit, which is another one each time it is made.
		const signature = wanted.problems.map(({code, file = '', line = 0}) => [code, file, line]);
		return {effect, signature: [application.name, signature], leaving: []};
	}
	const shadow = shadowOf(context);
	const {plan, objects, problems} = await planIn(shadow, after);
	const hashes = wanted.objects;
	const items = plan.steps.flatMap(step =>
		step.items.map(({action, key, uid}) => [
			action,
			key,
			action === 'delete' ? (uid ?? '') : (hashes.get(key) ?? hashes.get(`hook ${key}`) ?? ''),
		]),
	);
	const children = leavingChildren(context, plan);
	return {
		leaving: children.map(child => child.application.name),
		effect: {
			...place,
			plan,
			objects,
			problems: [...problems, ...describeLeaving(context, children), ...whyNotByItself(context)],
		},
		signature: [application.name, items, plan.deletion.type, 'token' in plan.deletion ? plan.deletion.token : ''],
	};
}

/** What its folder would render does not matter any more. */
function itselfLeaving(effect: ApplicationEffect): ApplicationEffect {
	const message = `${effect.application} itself goes: its declaration leaves Git`;
	return {...effect, problems: [{code: 'ApplicationGoes', message}]};
}

/** The way of a real pass: take the render, ask the cluster about what is new, plan, and see what a dry run says. */
async function planIn(
	shadow: ApplicationContext,
	tree: GitTree,
): Promise<Pick<ApplicationEffect, 'plan' | 'objects' | 'problems'>> {
	await renderTree(shadow, tree);
	try {
		const isByItself = shadow.application.syncPolicy.automated !== undefined;
		await meetAgain(shadow, tracked => isUncertain(tracked) || (!isByItself && isMissing(tracked)));
	} catch (error) {
		shadow.log.debug({problem: toProblem(error)}, 'the cluster could not be asked for a preview');
	}
	const plan = await planSync(shadow, {leavesDrift: shadow.application.syncPolicy.automated !== undefined});
	const {objects, problems} = await previewPlan(shadow, plan);
	return {plan, objects, problems};
}

/** What is new, and what others own: no watch tells of it, and a pass asks too. */
const isUncertain = ({presence, foreignOwner}: TrackedObject): boolean =>
	presence === 'unknown' || foreignOwner !== null;
/** A person's sync asks again about what is missing. */
const isMissing = ({presence, fingerprint}: TrackedObject): boolean => presence === 'missing' && fingerprint === null;

/** Why a sync would not follow when the commit is there. */
function whyNotByItself(context: ApplicationContext): Problem[] {
	const {application, services, state} = context;
	const {name} = application;
	const suspended = [...state.conditions.values()].filter(({type}) => type === 'Suspended');
	const closed = windowProblem(context, {isManual: false, ignoreWindows: false});
	const problems = [
		...suspended.map(({problem}) => problem),
		...(closed ? [closed] : []),
		...dependencyProblems(context),
	];
	if (!application.syncPolicy.automated) {
		const hint = `Sync it when the commit is there: holdfast sync ${name}`;
		problems.push({code: 'NotAutomated', message: `${name} is not synced automatically`, hint});
	}
	if (services.mode !== 'reconcile') {
		problems.push({code: 'Observing', message: `this worker only observes; another one has to sync ${name}`});
	}
	if (stopsSync(state.inventory.holds, services.clock())) {
		const hold = state.inventory.holds.find(({includesSync}) => includesSync);
		const message = `${name} is held by ${hold?.owner ?? 'somebody'}, automatic syncs included`;
		problems.push({code: 'Held', message, hint: 'Resume it, or sync with --override-hold'});
	}
	if (state.operation?.phase === 'Running') {
		problems.push({code: 'SyncRunning', message: `a sync of ${name} is running: the plan changes while it does`});
	}
	if (!state.isCompared) {
		problems.push({
			code: 'NotComparedYet',
			message: `${name} was not compared with the cluster yet: the plan may change`,
		});
	}
	return problems;
}

function isSame(left: ReadonlyMap<string, string>, right: ReadonlyMap<string, string>): boolean {
	const {created, changed, deleted} = compareRendered(left, right);
	return created.length + changed.length + deleted.length === 0;
}

/** Neither can be rendered: whether anything that a render looks at differs is all that can be said. */
function isSameRead({application, state}: ApplicationContext, before: GitTree, after: GitTree): boolean {
	return [application.source.path, ...state.reads].every(path => before.hash(path) === after.hash(path));
}

function emptyPlan(application: string, revision: string): Plan {
	return {
		application,
		revision,
		steps: [],
		counts: {create: 0, change: 0, delete: 0, hooks: 0, unchanged: 0, blocked: 0},
		blocked: [],
		kept: [],
		deletion: {type: 'none'},
		held: [],
	};
}
