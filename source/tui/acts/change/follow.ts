import type {Advice} from '../../../model/followed.ts';
import {safeText} from '../../../model/text.ts';
import type {ActPorts} from '../ports.ts';
import {until} from '../until.ts';
import {type PushedAct, stationsOf} from './stations.ts';

/** How long the way stays in the Sync pane when it is over. */
const keptMilliseconds = 2 * 60_000;

const advice: Advice = {
	sync: () => 's syncs it',
	resume: () => 'p resumes it',
	confirm: () => 's shows the list, and deletes it if you say so',
};

export interface FollowedAct extends Pick<PushedAct, 'done' | 'title'> {
	readonly commit: string;
	/** Applications to follow, and the revision each had when the push was done. */
	readonly before: ReadonlyMap<string, string | null>;
}

/**
 * Follows a pushed commit in every application that it touches, until each is healthy or has a reason not to become so. The
 * Sync pane shows the way; how it ended is said once more at the foot of the screen.
 */
export async function followChange(ports: ActPorts, act: FollowedAct): Promise<void> {
	const names = [...act.before.keys()];
	// The worker would see it at its next pull; whoever reverts in an incident wants it now.
	ports
		.client()
		?.refresh({applications: names, hard: false})
		.catch(() => {});
	await Promise.all(names.map(name => followOne(ports, name, act)));
}

async function followOne(ports: ActPorts, name: string, {commit, before, done, title}: FollowedAct): Promise<void> {
	const {world, follows, now, toast} = ports;
	const look = () => {
		const {applications, worker} = world.getState();
		const isReconciled = worker?.mode === 'reconcile';
		const pushed = {commit, before: before.get(name), isReconciled, now: now(), advice};
		return stationsOf(name, applications.get(name), {done, title, pushed});
	};
	const isMine = () => follows.getState().get(name)?.title === title;
	follows.set(look());
	await until(world, () => {
		if (!isMine()) return true;
		const follow = look();
		follows.set(follow);
		return follow.isOver;
	});
	// A newer act has taken its place: this one is not spoken of any more.
	if (!isMine()) return;
	const {message, steps} = follows.getState().get(name)!;
	const isGood = steps.every(({state}) => state === 'done');
	toast(safeText(`${name}: ${title}: ${message}`), isGood ? 'toast' : 'toastBad');
	setTimeout(() => isMine() && follows.drop(name), keptMilliseconds).unref();
}
