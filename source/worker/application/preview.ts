import {compareObjects} from '../../engine/fields/compare.ts';
import {managersOf} from '../../engine/fields/managers-of.ts';
import {printValue} from '../../engine/fields/print-value.ts';
import {heldBody} from '../../engine/hold/held-body.ts';
import {formatProblem, type Problem, toProblem} from '../../model/errors.ts';
import {parseJson} from '../../model/json.ts';
import type {FieldsV1, KubernetesObject, ObjectRef} from '../../model/object.ts';
import {nameOf} from '../../model/object.ts';
import type {Plan, PlanItem} from '../../model/plan.ts';
import {isSecretPath, redacted} from '../../model/redact.ts';
import type {DiffAnswer, FieldDiff, ObjectDiff} from '../../protocol/messages/diff.ts';
import {isChildKey} from './children.ts';
import type {ApplicationContext} from './context.ts';
import {printObject} from './print-object.ts';
import {desiredBody} from './writer.ts';

const valueLimit = 120;

/** Per object, what a sync would change: one dry run for each that differs, none for those known to be equal. */
export async function previewPlan(context: ApplicationContext, plan: Plan): Promise<DiffAnswer> {
	const problems: Problem[] = [...plan.blocked.map(item => item.problem)];
	const before = context.session.cluster.counters.dryRuns;
	const items = plan.steps.flatMap(step => step.items);
	const objects = await Promise.all(
		items.map(async item => {
			try {
				return await previewItem(context, item);
			} catch (error) {
				problems.push({...toProblem(error), object: nameOf(item.ref)});
				context.log.debug({problem: formatProblem(toProblem(error))}, 'no preview');
				return null;
			}
		}),
	);
	if (plan.deletion.type === 'needs-confirmation' || plan.deletion.type === 'refused') {
		problems.push({code: 'DeletionNeedsConfirmation', message: plan.deletion.reason});
	}
	return {
		application: plan.application,
		revision: plan.revision,
		objects: objects.filter(object => object !== null),
		problems,
		dryRuns: context.session.cluster.counters.dryRuns - before,
	};
}

async function previewItem(context: ApplicationContext, item: PlanItem): Promise<ObjectDiff | null> {
	const {session, state} = context;
	const tracked = state.objects.get(item.key);
	const place = {
		object: nameOf(item.ref),
		namespace: item.ref.namespace,
		group: item.ref.group,
		version: item.ref.version,
	};
	if (isChildKey(context, item.key)) {
		// It lives in this worker: there is nothing of it in the cluster to compare with.
		const child = state.children.get(item.key);
		if (item.action === 'hook') return null;
		const desired = child ? {desired: printObject(parseJson(child.desired.text) as KubernetesObject)} : {};
		return {...place, action: item.action, fields: [], ...desired};
	}
	if (item.action === 'delete') {
		const live = await session.cluster.get(item.ref, 'object');
		return {...place, action: 'delete', fields: [], ...(live ? {live: printObject(live)} : {})};
	}
	if (!tracked?.desired) return null;
	if (item.action === 'create') {
		return {...place, action: 'create', fields: [], desired: printObject(desiredBody(tracked))};
	}
	const live = await session.cluster.get(item.ref, 'object');
	const body = desiredBody(tracked);
	const paths = item.leave ?? [];
	const manager = state.fieldManager;
	// What somebody holds is left as it is, and not shown as if it went.
	const written = live && paths.length > 0 ? heldBody({body, live, paths, manager}) : body;
	const wanted = await session.cluster.apply(written, {
		manager,
		force: true,
		dryRun: true,
	});
	if (!live) return {...place, action: 'create', fields: [], desired: printObject(wanted)};
	const fields = compareFields(item.ref, live, wanted, state.fieldManager);
	if (fields.length === 0) return null;
	return {...place, action: 'change', fields, live: printObject(live), desired: printObject(wanted)};
}

function compareFields(ref: ObjectRef, live: KubernetesObject, wanted: KubernetesObject, manager: string): FieldDiff[] {
	const listKeysFrom: FieldsV1[] = [...(live.metadata.managedFields ?? []), ...(wanted.metadata.managedFields ?? [])]
		.map(entry => entry.fieldsV1)
		.filter(fields => fields !== undefined);
	return compareObjects(live, wanted, {listKeysFrom}).map(difference => {
		const isSecret = isSecretPath(ref, difference.path);
		const print = (value: unknown): string | null =>
			value === undefined ? null : isSecret ? redacted : printValue(value, valueLimit);
		const owner = managersOf(live, difference.steps).find(name => name !== manager);
		return {
			path: difference.path,
			live: print(difference.live),
			desired: print(difference.desired),
			...(owner ? {manager: owner} : {}),
		};
	});
}
