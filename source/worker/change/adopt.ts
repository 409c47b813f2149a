import {type AdoptedField, adoptedFields} from '../../engine/adopt/fields.ts';
import type {DesiredObject} from '../../engine/desired/types.ts';
import {isEqual} from '../../engine/fields/equal.ts';
import {lookup} from '../../engine/fields/lookup.ts';
import {printValue} from '../../engine/fields/print-value.ts';
import {holdOn, isHeldObject} from '../../engine/hold/coverage.ts';
import {HoldfastError, type Problem, toProblem} from '../../model/errors.ts';
import {parseJson} from '../../model/json.ts';
import {type KubernetesObject, nameOf} from '../../model/object.ts';
import type {PreparedCommit} from '../../model/ports/git/change.ts';
import type {GitTree} from '../../model/ports/git/tree.ts';
import type {AdoptAnswer, AdoptParameters} from '../../protocol/messages/adopt.ts';
import type {ChangePreview} from '../../protocol/messages/change.ts';
import type {FieldDiff} from '../../protocol/messages/diff.ts';
import type {ApplicationContext} from '../application/context.ts';
import {currentHolds} from '../application/holds.ts';
import {renderTree} from '../application/source.ts';
import type {TrackedObject} from '../application/tracked-object.ts';
import type {Worker} from '../worker.ts';
import {type Proposal, proposeFiles, refused} from './adopt-files.ts';
import {chooseCommit} from './choose.ts';
import {previewChange, whyNotApproved} from './preview.ts';
import {oneByOne, publish} from './publish.ts';
import {blankOf} from './shadow.ts';
import {followersOf, settledSoon, trackedBranch} from './tracked-branch.ts';

const valueLimit = 120;

/**
 * Turns a live edit into a commit: the fields that drifted, with the values that they have now, written where the object
 * comes from. A dry run shows the commit and everything that it would do; the real run makes it again, checks that it would
 * still do just that, and pushes it. Rejects with ObjectNotFound, DriftGone, AdoptRefused, TargetNotBranch, and the codes of
 * prepareChange and of a push.
 */
export async function adopt(worker: Worker, parameters: AdoptParameters): Promise<AdoptAnswer> {
	const {context} = worker.controller(parameters.application);
	await worker.settled([parameters.application]);
	const branch = await trackedBranch(context);
	const work = async (): Promise<AdoptAnswer> => carryOut(worker, context, branch, parameters);
	return parameters.dryRun ? work() : oneByOne(work);
}

async function carryOut(
	worker: Worker,
	context: ApplicationContext,
	branch: string,
	parameters: AdoptParameters,
): Promise<AdoptAnswer> {
	const {repository, session} = context;
	const tracked = findObject(context, parameters);
	const {commit} = await repository.pull({type: 'branch', value: branch}, {isFresh: true});
	const tree = await repository.tree(commit);
	const inGit = await renderAt(context, tree, tracked.key);
	if (!inGit.desired) {
		const object = nameOf(tracked.ref);
		throw new HoldfastError({code: 'AdoptRefused', message: `${object} is not in Git any more`, object});
	}
	const live = await session.cluster.get(inGit.desired.ref, 'object');
	const fields = adoptedFields({
		ref: tracked.ref,
		drifted: tracked.drift?.fields ?? [],
		paths: parameters.paths,
		live,
		desired: bodyOf(inGit.desired),
	});
	if ('code' in fields) throw new HoldfastError(fields);
	const prepared = await prepare(context, {branch, tree, parameters, fields, ...inGit, desired: inGit.desired});
	try {
		return await finish(worker, context, {branch, parameters, fields, tracked, prepared});
	} finally {
		await prepared.discard();
	}
}

function findObject({state}: ApplicationContext, {object, application}: AdoptParameters): TrackedObject {
	const found = [...state.objects.values()].filter(({ref, desired}) => desired !== null && isHeldObject(object, ref));
	const [first, second] = found;
	const name = nameOf(object);
	if (first && !second) return first;
	throw new HoldfastError(
		second
			? {
					code: 'ObjectAmbiguous',
					message: `${application} has ${found.length} objects ${name}`,
					hint: `Name the namespace: ${found.map(({ref}) => `${ref.kind}/${ref.namespace}/${ref.name}`).join(', ')}`,
				}
			: {code: 'ObjectNotFound', message: `${application} has no object ${name} in Git`},
	);
}

interface Rendered {
	readonly desired: DesiredObject | null;
	readonly renderer: 'directory' | 'kustomize' | 'helm';
}

/** One object as a commit makes it. Rejects with what is wrong with the commit. */
async function renderAt(context: ApplicationContext, tree: GitTree, key: string): Promise<Rendered> {
	const blank = blankOf(context);
	const outcome = await renderTree(blank, tree);
	if (outcome.type === 'failed') {
		throw new HoldfastError(
			outcome.problems[0] ?? {code: 'RenderFailed', message: 'the newest commit cannot be rendered'},
		);
	}
	return {desired: blank.state.objects.get(key)?.desired ?? null, renderer: blank.state.renderer ?? 'directory'};
}

/** The plainest commit that has the wanted effect, and no other one on the object. */
async function prepare(
	context: ApplicationContext,
	options: {
		branch: string;
		tree: GitTree;
		parameters: AdoptParameters;
		fields: readonly AdoptedField[];
		desired: DesiredObject;
		renderer: Rendered['renderer'];
	},
): Promise<PreparedCommit> {
	const {branch, tree, parameters, fields, desired, renderer} = options;
	const {source} = context.application;
	const names = source.render.type === 'kustomize' ? source.render : undefined;
	const proposals = await proposeFiles({
		tree,
		folder: source.path,
		renderer,
		desired,
		edits: fields.map(({steps, live}) => ({path: steps, value: live})),
		namePrefix: names?.namePrefix ?? '',
		nameSuffix: names?.nameSuffix ?? '',
	});
	const chosen = await chooseCommit(proposals, commitOf, hasEffect);
	if (chosen) return chosen;
	throw refused(
		desired,
		'would not become what it is in the cluster: something later in its render sets these fields',
		{
			hint: 'Look for replacements, or for images and replicas of the application itself, and change them there',
		},
	);

	async function hasEffect(prepared: PreparedCommit): Promise<boolean> {
		const made = await prepared.tree();
		const after = await renderAt(context, made, desired.key).catch(() => null);
		const body = after?.desired ? bodyOf(after.desired) : null;
		return body !== null && fields.every(({steps, live}) => isEqual(lookup(body, steps) ?? undefined, live));
	}

	/** null: the files say so already, and something later in the render says otherwise. */
	async function commitOf({files}: Proposal): Promise<PreparedCommit | null> {
		try {
			return await context.repository.prepareChange({
				branch,
				files,
				message: messageOf(parameters, desired, fields),
				author: {fallback: parameters.initiatedBy},
			});
		} catch (error) {
			if (toProblem(error).code === 'NothingToChange') return null;
			throw error;
		}
	}
}

function messageOf({application}: AdoptParameters, {ref}: DesiredObject, fields: readonly AdoptedField[]): string {
	const [first] = fields;
	const what = fields.length === 1 ? (first?.path ?? '') : `${fields.length} live edits`;
	const lines = fields.map(
		({path, live, desired, manager}) => `${path}: ${shown(desired)} → ${shown(live)} (${manager})`,
	);
	return [
		`Adopt ${what} of ${nameOf(ref)}`,
		lines.join('\n'),
		`Holdfast-Application: ${application}\nHoldfast-Object: ${nameOf(ref)}`,
	].join('\n\n');
}

const shown = (value: unknown): string => (value === undefined ? 'nothing' : printValue(value, valueLimit));

async function finish(
	worker: Worker,
	context: ApplicationContext,
	options: {
		branch: string;
		parameters: AdoptParameters;
		fields: readonly AdoptedField[];
		tracked: TrackedObject;
		prepared: PreparedCommit;
	},
): Promise<AdoptAnswer> {
	const {branch, parameters, prepared, tracked} = options;
	const {application, services, repository, log} = context;
	const followers = await followersOf(worker, context, branch);
	await settledSoon(worker, followers);
	const look = async () => (await previewChange(prepared, followers, branch)).preview;
	const putBack = whatElseGoes(context, tracked, options.fields);
	const preview = withProblem(await look(), application.name, putBack);
	const fields = options.fields.map(toFieldDiff);
	if (parameters.dryRun) return {preview, fields};
	const problem = whyNotApproved(parameters.token, preview);
	if (problem) return {preview, fields, problem};
	const result = await publish(prepared, {
		tracked: branch,
		...(parameters.branch === undefined ? {} : {wished: parameters.branch}),
		ownName: `holdfast-adopt-${application.name}-${prepared.commit.slice(0, 7)}`,
		url: repository.url,
		async approve() {
			const changed = whyNotApproved(parameters.token, await look());
			if (changed) throw new HoldfastError(changed);
		},
	});
	services.record({
		type: 'adopt',
		id: services.newId(),
		time: services.clock(),
		application: application.name,
		object: nameOf(tracked.ref),
		paths: fields.map(({path}) => path),
		commit: result.commit,
		branch: result.branch,
		by: parameters.initiatedBy,
	});
	const touched = preview.effects.map(effect => effect.application);
	void worker.refresh(touched, false).catch(error => {
		log.warn({problem: toProblem(error)}, 'the adopted commit could not be pulled at once');
	});
	return {preview, fields, result};
}

/** A sync writes the whole object: what drifted beside the adopted fields goes back to what Git says, once nobody holds it. */
function whatElseGoes(
	context: ApplicationContext,
	{drift, ref}: TrackedObject,
	adopted: readonly AdoptedField[],
): Problem | null {
	const paths = new Set(adopted.map(({path}) => path));
	const others = (drift?.fields ?? []).filter(field => field.class !== 'foreign-addition' && !paths.has(field.path));
	if (others.length === 0) return null;
	const holds = currentHolds(context);
	const isHeld = others.every(field => holdOn(holds, ref, field) !== null);
	const when = isHeld
		? 'when the hold is over, what else drifted'
		: 'the sync that follows puts back what else drifted';
	const names = others.map(({path}) => path).join(', ');
	return {
		code: 'OtherDriftPutBack',
		message: `${when} on ${nameOf(ref)}${isHeld ? ' is put back' : ''}: ${names}`,
		hint: isHeld ? 'Adopt these too' : 'Adopt these too, or hold them',
		object: nameOf(ref),
	};
}

function withProblem(preview: ChangePreview, application: string, problem: Problem | null): ChangePreview {
	if (!problem) return preview;
	return {
		...preview,
		effects: preview.effects.map(effect =>
			effect.application === application ? {...effect, problems: [...effect.problems, problem]} : effect,
		),
	};
}

function toFieldDiff({path, live, desired, manager}: AdoptedField): FieldDiff {
	const print = (value: unknown): string | null => (value === undefined ? null : printValue(value, valueLimit));
	return {path, live: print(live), desired: print(desired), manager};
}

function bodyOf({text}: DesiredObject): KubernetesObject {
	return parseJson(text) as KubernetesObject;
}
