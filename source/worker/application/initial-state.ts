import {emptyFlipHistory} from '../../engine/heal/flip-history.ts';
import type {Application} from '../../model/application.ts';
import type {ApplicationState} from './context.ts';
import {emptyInventory} from './inventory-keeper.ts';

export function initialState(application: Application): ApplicationState {
	return {
		clusterUid: '',
		fieldManager: '',
		applySetId: '',
		revision: null,
		renderedRevision: null,
		renderKey: '',
		reads: [],
		renderer: null,
		isRenderComplete: false,
		hooks: [],
		children: new Map(),
		haveChildrenResumed: false,
		leaving: 'no',
		heldBack: new Set(),
		blocked: [],
		objects: new Map(),
		formerStanding: null,
		storedFingerprints: new Map(),
		inventory: emptyInventory(application, {fieldManager: '', applySetId: ''}),
		syncedRevision: null,
		syncedAt: null,
		operation: null,
		running: null,
		attemptedRenderKey: '',
		isCompared: false,
		needsLearning: true,
		watched: new Set(),
		conditions: new Map(),
		flips: emptyFlipHistory,
		sourceSeenAt: null,
		clusterSeenAt: null,
	};
}
