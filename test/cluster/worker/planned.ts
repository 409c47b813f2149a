import type {ApplicationEffect} from '../../../source/protocol/messages/change.ts';
import {eventually, type WorkerBench} from './worker-bench.ts';

/** `create Deployment/web`, sorted: what a plan says that a sync will do. */
export function plannedItems({plan}: Pick<ApplicationEffect, 'plan'>): string[] {
	return plan.steps.flatMap(step => step.items.map(item => `${item.action} ${item.ref.kind}/${item.ref.name}`)).sort();
}

/** The same for what a sync of that commit then did, as the journal has it; waits until there is one. */
export async function doneItems(bench: WorkerBench, application: string, revision: string): Promise<string[]> {
	return eventually(() => {
		const sync = [...bench.entries.values()].find(
			entry => entry.type === 'sync' && entry.application === application && entry.revision === revision,
		);
		if (sync?.type !== 'sync') throw new Error(`${application} was not synced to ${revision}`);
		return sync.results
			.map(({action, object, result}) => `${action} ${object}${result === 'Succeeded' ? '' : result}`)
			.sort();
	}, 60_000);
}
