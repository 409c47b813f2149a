import {applySetId, inventoryName} from '../../engine/inventory/record.ts';
import {sha256Base64Url} from '../hashing.ts';
import type {ApplicationContext} from './context.ts';
import {emptyInventory, loadInventory} from './inventory-keeper.ts';
import {shareTexts} from './writer.ts';

/** At the start: who the cluster is, what the inventory says, what the journal remembers. */
export async function recall(context: ApplicationContext): Promise<void> {
	const {state, session, application, services} = context;
	const {namespace} = application.destination;
	state.clusterUid = (await session.identity()).uid;
	state.applySetId = applySetId(inventoryName(application.name), namespace, sha256Base64Url);
	state.fieldManager = await session.fieldManager();
	state.inventory = emptyInventory(application, state);
	await loadInventory(context);
	const origin = services.children.originOf(application.name);
	const isWanted = !origin || (origin.proof === 'render' && !origin.isWithdrawn);
	if (state.inventory.leaving && !isWanted) state.leaving = 'remembered';
	state.formerStanding = services.journal.loadStanding(state.clusterUid, application.name);
	for (const [key, fingerprint] of services.journal.loadFingerprints(state.clusterUid, application.name)) {
		if (fingerprint.manager !== state.fieldManager) continue;
		state.storedFingerprints.set(key, shareTexts(fingerprint, services.share));
	}
}
