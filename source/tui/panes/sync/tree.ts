import {compareText, type Standing, standings} from '../../../model/standing.ts';
import type {TreeNode} from '../../../protocol/messages/inspect.ts';

/** A row of the resource tree: a node and where it hangs. */
export interface TreeRow {
	readonly node: TreeNode;
	/** For every level above this one whether more siblings follow there; then whether it is the last of its own. */
	readonly rails: readonly boolean[];
	readonly isLast: boolean;
}

/** Roots that need a look first, then by kind and name; children stand as they were told: the worst first. */
export function treeRows(nodes: readonly TreeNode[]): TreeRow[] {
	const children = new Map<string | null, TreeNode[]>();
	const known = new Set(nodes.map(({key}) => key));
	for (const node of nodes) {
		const parent = node.parent !== null && known.has(node.parent) ? node.parent : null;
		const siblings = children.get(parent);
		if (siblings) siblings.push(node);
		else children.set(parent, [node]);
	}
	const roots = [...(children.get(null) ?? [])].sort(worstFirst);
	const rows: TreeRow[] = [];
	// A controller's child may be listed below two owners; each place is a row, no node twice in its own branch.
	const walk = (node: TreeNode, rails: readonly boolean[], isLast: boolean, path: ReadonlySet<string>): void => {
		rows.push({node, rails, isLast});
		const below = (children.get(node.key) ?? []).filter(({key}) => !path.has(key));
		below.forEach((child, index) => {
			const isRoot = node.parent === null || !known.has(node.parent);
			walk(child, isRoot ? [] : [...rails, !isLast], index === below.length - 1, new Set([...path, child.key]));
		});
	};
	for (const root of roots) walk(root, [], true, new Set([root.key]));
	return rows;
}

/** Names a row: a child that has two owners stands below both. */
export function treeRowKey({node}: TreeRow): string {
	return `${node.parent ?? ''} ${node.key}`;
}

/** How a node stands; children have no sync status of their own. */
export function nodeStanding({problem, health, syncStatus, requiresPruning, isHook}: TreeNode): Standing {
	if (problem) return 'failed';
	if (health.status === 'Degraded') return 'degraded';
	if (isHook) return 'good';
	if (health.status === 'Missing') return 'missing';
	if (requiresPruning || syncStatus === 'OutOfSync') return 'out-of-sync';
	if (syncStatus === 'Unknown' || health.status === 'Unknown') return 'unknown';
	if (health.status === 'Progressing') return 'progressing';
	return health.status === 'Suspended' ? 'suspended' : 'good';
}

function worstFirst(one: TreeNode, other: TreeNode): number {
	const rank = (node: TreeNode) => standings.indexOf(nodeStanding(node)) - (node.drift ? 0.5 : 0);
	return (
		rank(one) - rank(other) ||
		compareText(one.ref.kind, other.ref.kind) ||
		compareText(one.ref.name, other.ref.name) ||
		compareText(one.ref.namespace, other.ref.namespace)
	);
}
