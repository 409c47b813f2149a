import {formatChange, formatManager} from '../../../model/change-text.ts';
import {nameOf} from '../../../model/object.ts';
import {safeText} from '../../../model/text.ts';
import type {TreeNode} from '../../../protocol/messages/inspect.ts';
import type {Jump} from '../../present/jump.ts';
import {formatAge, formatTimeOfDay} from '../../store/ages.ts';
import type {Evidence, Finding, FindingCode} from './types.ts';

const perKind = 3;

/** Broken pods by what breaks them, other broken objects, and what is missing. */
export function objectFindings(evidence: Evidence): Finding[] {
	const {application, tree} = evidence;
	const pods = new Map<FindingCode, TreeNode[]>();
	const findings: Finding[] = [];
	for (const node of tree) {
		if (node.ref.kind !== 'Pod' || node.health.status !== 'Degraded') continue;
		const code = podCode(node);
		pods.set(code, [...(pods.get(code) ?? []), node]);
	}
	for (const [code, nodes] of pods) findings.push(podFinding(code, nodes, evidence));
	const explained = new Set(
		pods.size > 0 ? tree.filter(hasPodBelow(tree, [...pods.values()].flat())).map(({key}) => key) : [],
	);
	const others = tree.filter(
		node => node.ref.kind !== 'Pod' && node.health.status === 'Degraded' && !explained.has(node.key),
	);
	findings.push(
		...limited(others, node => ({
			code: 'ObjectTrouble',
			text: `${name(node)} is Degraded${node.health.message ? `: ${safeText(node.health.message)}` : ''}`,
			jump: jumpTo(node, application.name),
		})),
	);
	const missing = tree.filter(({health, problem}) => health.status === 'Missing' && !problem);
	findings.push(
		...limited(missing, node => ({
			code: 'ObjectMissing',
			text: `${name(node)} is in Git and not in the cluster`,
			jump: jumpTo(node, application.name),
		})),
	);
	// Before the tree came the worst health is all there is to say.
	if (findings.length === 0 && application.health.status === 'Degraded' && application.health.message) {
		findings.push({
			code: 'ObjectTrouble',
			text: safeText(application.health.message),
			jump: {type: 'sync', application: application.name},
		});
	}
	return findings;
}

function podCode({health, detail}: TreeNode): FindingCode {
	const words = `${detail} ${health.message ?? ''}`;
	if (/ImagePull|ErrImage|InvalidImageName|RegistryUnavailable/.test(words)) return 'ImagePull';
	return /CrashLoop/.test(words) ? 'CrashLoop' : 'PodTrouble';
}

function podFinding(code: FindingCode, pods: readonly TreeNode[], {application, events, now}: Evidence): Finding {
	const [pod] = pods as [TreeNode];
	const verbs: Partial<Record<FindingCode, string>> = {
		ImagePull: 'cannot pull its image',
		CrashLoop: 'crashes again and again',
	};
	const others = pods.length > 1 ? ` and ${pods.length - 1} more pod${pods.length === 2 ? '' : 's'}` : '';
	const why = safeText(pod.health.message ?? pod.detail);
	const warnings = events.filter(({type, object}) => type === 'Warning' && object === nameOf(pod.ref));
	const worst = [...warnings].sort((one, other) => other.count - one.count)[0];
	const often = worst && worst.count > 1 ? `, ${worst.count} times since ${formatTimeOfDay(worst.firstSeen)}` : '';
	const age = often === '' && pod.createdAt !== null ? `, the pod is ${formatAge(now - pod.createdAt)} old` : '';
	return {
		code,
		text: `${name(pod)}${others} ${verbs[code] ?? 'is broken'}: ${why}${often}${age}`,
		jump: jumpTo(pod, application.name),
	};
}

/** Owners of a broken pod are broken because of it: saying so again is no evidence. */
function hasPodBelow(tree: readonly TreeNode[], pods: readonly TreeNode[]): (node: TreeNode) => boolean {
	const parents = new Map(tree.map(({key, parent}) => [key, parent]));
	const above = new Set<string>();
	for (const pod of pods) {
		for (let key = pod.parent; key !== null && !above.has(key); key = parents.get(key) ?? null) above.add(key);
	}
	return node => above.has(node.key);
}

/** What stands drifted now, each with who did it. */
export function driftFindings({application, now}: Evidence): Finding[] {
	return application.drift.slice(0, perKind).map(drift => {
		const [first, ...others] = drift.fields;
		const more = others.length > 0 ? ` and ${others.length} more field${others.length === 1 ? '' : 's'}` : '';
		const what = first ? `${formatChange(first, ' to ')}${more}, set by ${formatManager(first)}` : drift.type;
		return {
			code: drift.action === 'contested' ? ('Contested' as const) : ('Drift' as const),
			text: `${safeText(drift.object)} drifted ${formatAge(now - drift.since)} ago: ${what}; ${drift.action}`,
			jump: {type: 'drift' as const, application: application.name, id: drift.eventId},
		};
	});
}

function limited(nodes: readonly TreeNode[], tell: (node: TreeNode) => Finding): Finding[] {
	const told = nodes.slice(0, perKind).map(tell);
	const rest = nodes.length - told.length;
	const last = told.at(-1);
	return rest > 0 && last ? [...told.slice(0, -1), {...last, text: `${last.text}; and ${rest} more like it`}] : told;
}

function name(node: TreeNode): string {
	return `${safeText(node.ref.kind)} ${safeText(node.ref.name)}`;
}

function jumpTo({ref}: TreeNode, application: string): Jump {
	return {
		type: 'object',
		application,
		object: {group: ref.group, kind: ref.kind, namespace: ref.namespace, name: ref.name},
	};
}
