import {inventoryName} from '../../engine/inventory/keys.ts';
import {isSameParent} from '../../engine/inventory/parent-text.ts';
import type {ChildRecord, ParentRecord} from '../../engine/inventory/types.ts';
import {HoldfastError, toProblem} from '../../model/errors.ts';
import {stringifyJson} from '../../model/json.ts';
import {keyOf} from '../../model/object.ts';
import {sha256Base64Url} from '../hashing.ts';
import {type ApplicationContext, setCondition} from './context.ts';
import {saveInventory} from './inventory-keeper.ts';

/**
 * The parent that a record of its inventory makes of it. It names all that the record says: one that somebody changed is
 * not the one that the child was declared by.
 */
export function parentRecord({state, application: parent}: ApplicationContext, child: ChildRecord): ParentRecord {
	const {ref, cascades, application} = child;
	return {
		cluster: state.clusterUid,
		namespace: parent.destination.namespace,
		name: parent.name,
		declaration: sha256Base64Url(stringifyJson([keyOf(ref), cascades, application])),
	};
}

/**
 * The inventory names who declares the application, once a render, or the configuration, said so in this run; one that
 * was leaving stays then. What only a parent's inventory says is taken for nothing here: it is what this record is there
 * to be checked against. Never rejects.
 */
export async function noteParent(context: ApplicationContext): Promise<void> {
	const {state, services, application, log} = context;
	const origin = services.children.originOf(application.name);
	if (origin?.proof === 'inventory') return;
	const parent = origin?.parent ?? null;
	const isToGo = origin?.isWithdrawn === true;
	if (isSameParent(state.inventory.parent, parent) && (isToGo || state.inventory.leaving === null)) return;
	// One that does not exist yet is made with it.
	if (state.inventory.resourceVersion === undefined) state.inventory = {...state.inventory, parent};
	else if (services.mode === 'reconcile') {
		await saveInventory(context, record => ({...record, parent, leaving: isToGo ? record.leaving : null})).catch(
			error => log.warn({problem: toProblem(error)}, 'the inventory could not be told who declares the application'),
		);
	}
}

/** Throws ParentNotRecorded unless the application's own inventory names the one that wants to let it go. */
export function admitLeaving(context: ApplicationContext, parent: ParentRecord | undefined): void {
	const {name} = context.application;
	if (parent && isSameParent(context.state.inventory.parent, parent)) return;
	const who = parent?.name ?? 'a parent';
	const inventory = parent ? `ConfigMap ${parent.namespace}/${inventoryName(parent.name)}` : "its parent's inventory";
	const problem = {
		code: 'ParentNotRecorded',
		message: `${name} stays: ${who} wants to let it go, and the inventory of ${name} does not say that ${who} declared it like this`,
		hint: `put its declaration into Git until it was synced, and take it out again; or take it out of data.children of ${inventory}: then what it made stays`,
	};
	setCondition(context, 'Leaving', [problem]);
	throw new HoldfastError(problem);
}
