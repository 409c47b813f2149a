import type {ObjectMetadata, ObjectRef} from '../../model/object.ts';
import {boundedText} from '../../model/text.ts';
import {partOfLabel} from '../inventory/keys.ts';
import {toolMarks} from './tool-marks.ts';

export interface ForeignOwner {
	/** In words, safe to show: `Flux Kustomization flux-system/apps`. */
	readonly owner: string;
	/** OwnedByController, OwnedByApplySet, OwnedByArgoCD, OwnedByFlux, OwnedByHelm or OwnedByOther. */
	readonly code: string;
	readonly hint: string;
}

export interface Self {
	readonly application: string;
	readonly applySetId: string;
	/** Names of other sets of this worker by id, so that a person reads a name and not a hash. */
	readonly knownSets?: ReadonlyMap<string, string>;
	/** Marks that Git itself declares are no claim of somebody else: manifests may come from an export. */
	readonly declared?: Pick<ObjectMetadata, 'labels' | 'annotations'>;
}

/**
 * Who else holds a live object (engines.md b.9); null: nobody that can be seen. Two tools that write one object undo
 * each other for ever, so an object that somebody holds is left alone until a person decides. Generic labels such as
 * `app.kubernetes.io/instance` and `managed-by` are no claim: every Helm chart has them, also the ones we render.
 */
export function findForeignOwner(
	metadata: Pick<ObjectMetadata, 'labels' | 'annotations' | 'ownerReferences'>,
	self: Self,
	ref: Omit<ObjectRef, 'version'>,
): ForeignOwner | null {
	const controller = metadata.ownerReferences?.find(reference => reference.controller === true);
	if (controller) {
		return {
			owner: show(`${controller.kind}/${controller.name}, whose controller made it`),
			code: 'OwnedByController',
			hint: 'Its controller writes it; change the owner instead, or remove it from this application',
		};
	}
	const set = metadata.labels?.[partOfLabel];
	if (set !== undefined && set !== self.applySetId) {
		const name = self.knownSets?.get(set);
		return {
			owner: name === undefined ? show(`another set, ${set}`) : show(`application ${name}`),
			code: 'OwnedByApplySet',
			hint: `Remove it from one of the two; the parent of a set carries the label applyset.kubernetes.io/id=${show(set)}`,
		};
	}
	const mark = (key: string): string | undefined => {
		const value = metadata.annotations?.[key] ?? metadata.labels?.[key];
		const declared = self.declared?.annotations?.[key] ?? self.declared?.labels?.[key];
		return value === declared ? undefined : value;
	};
	for (const tool of toolMarks) {
		const owner = tool.read(mark, ref);
		if (owner !== null) return {owner: show(owner), code: tool.code, hint: tool.hint};
	}
	return null;
}

function show(text: string): string {
	return boundedText(text, 160);
}
