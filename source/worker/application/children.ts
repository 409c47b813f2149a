import {readRenderedDocuments} from '../../config/load.ts';
import {declaresApplication, isConfiguration} from '../../engine/desired/children.ts';
import type {DesiredObject} from '../../engine/desired/types.ts';
import {partOfLabel} from '../../engine/inventory/keys.ts';
import type {ChildRecord} from '../../engine/inventory/types.ts';
import type {LiveHint, ObjectKnowledge} from '../../engine/plan/types.ts';
import type {Application} from '../../model/application.ts';
import type {Problem} from '../../model/errors.ts';
import {parseJson} from '../../model/json.ts';
import {type KubernetesObject, keyOf, nameOf, type ObjectKey} from '../../model/object.ts';
import type {BlockedObject, InventoryEntry, PlanItem} from '../../model/plan.ts';
import type {Health} from '../../model/status.ts';
import type {ChildDeclaration} from './child-types.ts';
import type {ApplicationContext} from './context.ts';
import {saveInventory} from './inventory-keeper.ts';
import {parentRecord} from './parentage.ts';

/** A uid for what lives in this worker instead of in the cluster. */
const uidOf = (key: ObjectKey): string => `child ${key}`;

/**
 * Takes the documents that declare applications out of a render, and answers with the rest. A declaration that cannot be
 * read is blocked: it is in Git, so what it made before stays.
 */
export function takeChildren(
	context: ApplicationContext,
	objects: readonly DesiredObject[],
): {objects: DesiredObject[]; blocked: BlockedObject[]} {
	const isRead = ({ref, options}: DesiredObject): boolean => isConfiguration(ref) && options.apply !== 'ignore';
	const documents = objects.filter(isRead);
	const answers = readRenderedDocuments(
		documents.map(({text, origin}) => ({text, ...origin})),
		{
			defaultIntervalMilliseconds: context.application.source.intervalMilliseconds,
			knownApplications: context.services.children.knownNames(),
		},
	);
	const blocked: BlockedObject[] = [];
	const children = new Map<ObjectKey, ChildDeclaration>();
	for (const [index, desired] of documents.entries()) {
		if (!declaresApplication(desired.ref)) continue;
		const {application, problems} = answers[index]!;
		const self = application?.name === context.application.name;
		if (application && !self) children.set(desired.key, {desired, application, cascades: cascadesOf(desired)});
		else blocked.push({ref: desired.ref, problem: notDeclared(desired, self ? [selfDeclared] : problems)});
	}
	context.state.children = children;
	const rest = objects.filter(object => !isConfiguration(object.ref));
	return {objects: rest, blocked};
}

const selfDeclared: Problem = {code: 'NameTaken', message: 'an application cannot declare itself'};

function notDeclared({ref, origin}: DesiredObject, problems: readonly Problem[]): Problem {
	const [first] = problems;
	return {
		code: 'ChildNotDeclared',
		message: `${nameOf(ref)} does not become an application: ${first?.message ?? 'it cannot be read'}`,
		...(first?.hint ? {hint: first.hint} : {}),
		...origin,
		object: nameOf(ref),
	};
}

/** Argo CD deletes what an Application made only when it carries the finalizer; Flux when the Kustomization prunes. */
function cascadesOf({text}: DesiredObject): boolean {
	const {metadata, spec, kind} = parseJson(text) as KubernetesObject & {spec?: Record<string, unknown>};
	if (kind === 'Kustomization') return spec?.prune === true && spec.deletionPolicy !== 'Orphan';
	if (metadata.finalizers?.some(name => name.startsWith('resources-finalizer.argocd.argoproj.io'))) return true;
	const automated = (spec?.syncPolicy as {automated?: {prune?: unknown}} | undefined)?.automated;
	return (parseJson(text) as KubernetesObject).apiVersion.startsWith('holdfast.dev/') && automated?.prune === true;
}

function recordOf({state}: ApplicationContext, key: ObjectKey): ChildRecord | undefined {
	return state.inventory.children.find(({ref}) => keyOf(ref) === key);
}

/** The inventory may name a child that somebody else declares by now: that one is neither ours to change nor to speak for. */
function isHeldHere({services, application}: ApplicationContext, name: string): boolean {
	return services.children.isDeclaredBy(application.name, name);
}

/** Whether a plan's item is about a child instead of an object of the cluster. */
export function isChildKey(context: ApplicationContext, key: ObjectKey): boolean {
	return context.state.children.has(key) || recordOf(context, key) !== undefined;
}

export function childKnowledge(context: ApplicationContext, key: ObjectKey): ObjectKnowledge {
	const record = recordOf(context, key);
	if (!record) return {type: 'missing'};
	const uid = uidOf(key);
	if (!isHeldHere(context, record.application.name)) return {type: 'changed', uid, reason: 'not set up here'};
	const isSame = record.desiredHash === context.state.children.get(key)?.desired.desiredHash;
	return isSame ? {type: 'synced', uid} : {type: 'changed', uid, reason: 'changed in Git'};
}

/** Children in the inventory, as a plan of deletions looks at them. */
export function childEntries({state}: ApplicationContext): InventoryEntry[] {
	return state.inventory.children.map(({ref}) => ({ref, uid: uidOf(keyOf(ref))}));
}

export function childHint(context: ApplicationContext, key: ObjectKey): LiveHint | null {
	return recordOf(context, key) ? {uid: uidOf(key), labels: {[partOfLabel]: context.state.applySetId}} : null;
}

/** Written ahead, like every object: a child that began is never forgotten, whatever happens to this worker. */
export async function declareChild(context: ApplicationContext, item: PlanItem): Promise<void> {
	const child = context.state.children.get(item.key);
	if (!child) return;
	const {desired, application, cascades} = child;
	const record: ChildRecord = {ref: desired.ref, desiredHash: desired.desiredHash, cascades, application};
	context.services.children.refuseTaken(context.application.name, application.name);
	await saveInventory(context, inventory => ({
		...inventory,
		children: [...inventory.children.filter(({ref}) => keyOf(ref) !== item.key), record],
	}));
	const parent = parentRecord(context, record);
	await context.services.children.declare({parent, proof: 'render', isWithdrawn: false}, application);
}

/** Answers null when the child is gone, else what it waits for. */
export async function withdrawChild(context: ApplicationContext, item: PlanItem): Promise<Problem | null> {
	const record = recordOf(context, item.key);
	if (!record) return null;
	// Where the render declares it under another name by now, only the record of the former declaration goes.
	if (!isDeclaredAnew(context, record)) {
		const obstacle = await context.services.children.withdraw(parentRecord(context, record), record);
		if (obstacle) return obstacle;
	}
	await saveInventory(context, inventory => ({
		...inventory,
		children: inventory.children.filter(({ref}) => keyOf(ref) !== item.key),
	}));
	return null;
}

function isDeclaredAnew({state}: ApplicationContext, record: ChildRecord): boolean {
	return [...state.children.values()].some(({application}) => application.name === record.application.name);
}

/**
 * After a start: what was declared before is there again, also while the parent's repository cannot be read. The inventory
 * is a ConfigMap that others may write, and must not hand out the operator's rights: only what the parent's render declares
 * acts by itself, the rest is observed until it does.
 */
export async function resumeChildren(context: ApplicationContext): Promise<void> {
	const {state, services, log} = context;
	// Later on, one that is not there is one that left, and whose record is about to go.
	const isFirst = !state.haveChildrenResumed;
	state.haveChildrenResumed = true;
	await Promise.all(
		state.inventory.children.map(async record => {
			const {ref, desiredHash, application} = record;
			const declared = state.children.get(keyOf(ref));
			const isConfirmed = declared?.desired.desiredHash === desiredHash;
			const known = services.children.originOf(application.name);
			const isActing = known?.proof === 'render' && !known.isWithdrawn;
			const isDue = isHeldHere(context, application.name) ? isConfirmed && !isActing : isFirst;
			if (!isDue) return;
			try {
				const parent = parentRecord(context, record);
				const origin = {parent, proof: isConfirmed ? 'render' : 'inventory', isWithdrawn: false} as const;
				await services.children.declare(origin, isConfirmed ? declared.application : observed(application));
			} catch (error) {
				log.warn({child: application.name, error: String(error)}, 'a child could not be set up again');
			}
		}),
	);
}

/** The same application, which acts by itself no more. */
export function observed({
	syncPolicy: {automated: _automated, ...syncPolicy},
	...application
}: Application): Application {
	return {...application, syncPolicy};
}

/** How an application stands, as health of the document that declares it. */
export function childHealth(context: ApplicationContext, key: ObjectKey): Health {
	const application = context.state.children.get(key)?.application;
	const isOurs = application && recordOf(context, key) && isHeldHere(context, application.name);
	const status = isOurs && context.services.children.statusOf(application.name);
	if (!status) return {status: 'Missing'};
	if (status.syncStatus === 'Synced') return status.health;
	const [condition] = status.conditions;
	return condition ? {status: 'Degraded', message: condition.problem.message} : {status: 'Progressing'};
}
