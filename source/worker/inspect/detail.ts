import {healthOrder} from '../../model/status.ts';
import type {ChildObject} from './child-lists.ts';
import {descendants, type Offspring} from './offspring.ts';

/** `1/3 ready: ImagePullBackOff`, `2 of 3 endpoints ready`: of an object of the application, by what hangs below it. */
export function detailOfRoot(kind: string, uid: string, offspring: Offspring): string {
	const below = descendants(uid, offspring);
	if (kind === 'Service') return endpointsDetail(below);
	const pods = below.filter(({summary}) => summary.type === 'pod');
	const desired = desiredOf(below);
	if (pods.length === 0 && desired === null) return '';
	const running = pods.filter(({summary}) => summary.type === 'pod' && !summary.isDone);
	const ready = running.filter(({summary}) => summary.type === 'pod' && summary.isReady).length;
	if (desired === null && running.length === 0) return '';
	return withTrouble(`${ready}/${desired ?? running.length} ready`, running);
}

/** The most telling few words about an object that a controller made. */
export function detailOfChild(child: ChildObject, offspring: Offspring): string {
	const {summary} = child;
	switch (summary.type) {
		case 'pod':
			return summary.words;
		case 'replicas':
			return withTrouble(`${summary.ready}/${summary.desired} ready`, descendants(child.uid, offspring));
		case 'job': {
			const failed = summary.failed > 0 ? `, ${summary.failed} failed` : '';
			return `${summary.succeeded}/${summary.completions} done${failed}`;
		}
		case 'endpoints':
			return `${summary.ready} of ${summary.total} endpoints ready`;
		case 'other':
			return summary.words || (child.health.message ?? '');
	}
}

/** How many pods a Deployment wants is written on its ReplicaSets, so it needs no read of its own. */
function desiredOf(below: readonly ChildObject[]): number | null {
	const wanted = below.flatMap(({summary}) => (summary.type === 'replicas' ? (summary.desiredAbove ?? []) : []));
	return wanted.length > 0 ? Math.max(...wanted) : null;
}

function withTrouble(words: string, below: readonly ChildObject[]): string {
	const rank = (child: ChildObject) => healthOrder.indexOf(child.health.status);
	// A pod that goes is the past of its owner, not what is wrong with it.
	const bad = below.filter(
		({summary, health}) => summary.type === 'pod' && health.status !== 'Healthy' && summary.words !== 'Terminating',
	);
	const [worst] = bad.sort((one, other) => rank(other) - rank(one));
	return worst?.summary.type === 'pod' ? `${words}: ${worst.summary.words}` : words;
}

function endpointsDetail(below: readonly ChildObject[]): string {
	let ready = 0;
	let total = 0;
	let slices = 0;
	for (const {summary} of below) {
		if (summary.type !== 'endpoints') continue;
		slices++;
		ready += summary.ready;
		total += summary.total;
	}
	return slices === 0 ? '' : `${ready} of ${total} endpoints ready`;
}
