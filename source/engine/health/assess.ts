import {groupKindOf, type KubernetesObject, parseApiVersion} from '../../model/object.ts';
import type {Health} from '../../model/status.ts';
import {builtInGroups} from '../desired/built-in-groups.ts';
import {valueAt} from '../desired/tree.ts';
import {healthy, progressing} from './answers.ts';
import {customHealth} from './custom.ts';
import {customKinds} from './custom-kinds.ts';
import {builtInRules, kindsWithDeletionReport} from './rules.ts';
import type {HealthContext} from './types.ts';

export {hasHealth} from './has-health.ts';
export type {HealthContext} from './types.ts';

const ignoreAnnotation = 'argocd.argoproj.io/ignore-healthcheck';

/**
 * The health of a live object: kstatus' order of rules, Argo CD's words, without the traps of engines.md b.4. The
 * message says why, of the worst condition or container, on one safe and bounded line.
 */
export function assessHealth(object: KubernetesObject, context: HealthContext): Health {
	const {group} = parseApiVersion(object.apiVersion);
	const groupKind = groupKindOf({group, kind: object.kind});
	const {annotations, deletionTimestamp, finalizers} = object.metadata;
	if (annotations?.[ignoreAnnotation] === 'true') return healthy(`not checked: ${ignoreAnnotation}`);
	if (deletionTimestamp && !kindsWithDeletionReport.has(groupKind)) {
		const waitsFor = Array.isArray(finalizers) && finalizers.length > 0 ? `, waits for ${finalizers.join(', ')}` : '';
		return progressing(`is being deleted${waitsFor}`);
	}
	const rule =
		builtInRules.get(groupKind) ?? (builtInGroups.has(group) ? null : (customKinds.get(groupKind) ?? customHealth));
	if (!rule) return healthy();
	if (isBehind(object)) return progressing('its controller has not looked at the newest change yet');
	return rule(object, context);
}

/** Argo's Rollout writes the number as text; an object without the field says nothing about it. */
function isBehind(object: KubernetesObject): boolean {
	const observed = valueAt(object, ['status', 'observedGeneration']);
	const {generation} = object.metadata;
	if (generation === undefined || (typeof observed !== 'number' && typeof observed !== 'string')) return false;
	const seen = Number(observed);
	return Number.isInteger(seen) && seen !== generation;
}
