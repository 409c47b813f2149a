import type {LoggedCommit} from '../../source/model/commit.ts';
import type {Hold} from '../../source/model/hold.ts';
import type {SyncEntry} from '../../source/model/journal.ts';
import {keyOf} from '../../source/model/object.ts';
import type {Condition, Health} from '../../source/model/status.ts';
import type {ClusterEvent, TreeNode} from '../../source/protocol/messages/inspect.ts';
import {now, revision} from '../commands/fixtures.ts';

const minute = 60_000;

export function makeHold(overrides: Partial<Hold> = {}): Hold {
	return {
		id: 'h1',
		scope: {type: 'application'},
		owner: 'lena@bastion-1',
		reason: 'INC-2231',
		since: now - 18 * minute,
		until: now + 42 * minute,
		includesSync: false,
		...overrides,
	};
}

/** `path`: kinds and names from the root down, `Deployment/web ReplicaSet/web-1`; the last one is the node. */
export function makeNode(path: string, overrides: Partial<TreeNode> = {}): TreeNode {
	const groups: Record<string, string> = {Deployment: 'apps', ReplicaSet: 'apps', Pod: '', Service: '', ConfigMap: ''};
	const refs = path.split(' ').map(part => {
		const [kind = '', name = ''] = part.split('/');
		return {group: groups[kind] ?? '', version: 'v1', kind, namespace: 'shop', name};
	});
	const ref = refs.at(-1)!;
	const parent = refs.at(-2);
	return {
		ref,
		key: keyOf(ref),
		parent: parent ? keyOf(parent) : null,
		syncStatus: parent ? null : 'Synced',
		health: {status: 'Healthy'},
		isHook: false,
		requiresPruning: false,
		createdAt: parent ? now - 41_000 : null,
		detail: '',
		drift: null,
		...overrides,
	};
}

export const degraded = (message: string): Health => ({status: 'Degraded', message});

export function makeCondition(
	type: Condition['type'],
	message: string,
	overrides: Partial<Condition['problem']> = {},
): Condition {
	return {type, problem: {code: type, message, ...overrides}, since: now - 3 * minute};
}

export function makeCommit(overrides: Partial<LoggedCommit> = {}): LoggedCommit {
	return {
		id: revision,
		author: 'lena',
		email: 'lena@example.com',
		time: now - 12 * minute,
		subject: 'raise memory',
		parents: ['77e01bd4b4d5e6f708192a3b4c5d6e7f80123456'],
		state: 'past',
		objects: {created: 0, changed: 2, deleted: 0},
		...overrides,
	};
}

export function makeSync(overrides: Partial<SyncEntry> = {}): SyncEntry {
	return {
		type: 'sync',
		id: 's1',
		time: now - 10 * minute,
		application: 'checkout',
		revision,
		initiatedBy: 'automated',
		phase: 'Succeeded',
		message: '',
		duration: 900,
		created: 0,
		changed: 2,
		deleted: 0,
		failed: 0,
		results: [],
		...overrides,
	};
}

export function makeClusterEvent(overrides: Partial<ClusterEvent> = {}): ClusterEvent {
	return {
		object: 'Pod/checkout-7c9f-x2x',
		namespace: 'shop',
		type: 'Warning',
		reason: 'Failed',
		message: 'Failed to pull image "shop/checkout:2.3.O"',
		count: 6,
		firstSeen: now - 2 * minute,
		lastSeen: now - 5_000,
		source: 'kubelet',
		...overrides,
	};
}
