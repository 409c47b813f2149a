import type {DriftPolicy} from '../../../source/model/application.ts';
import type {FieldChange} from '../../../source/model/drift.ts';

export const ref = {group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web'};
export const key = 'apps/Deployment/shop/web';
export const now = Date.parse('2026-03-01T10:00:00Z');

export function change(path: string, options: Partial<FieldChange> = {}): FieldChange {
	return {
		path,
		class: 'modified',
		manager: 'kubectl-edit',
		notBefore: now,
		notAfter: now,
		confidence: 'exact',
		evidence: 'managedFields',
		...options,
	};
}

export function policy(parts: Partial<DriftPolicy> = {}): DriftPolicy {
	return {mode: 'heal', rules: [], foreignAdditions: 'observe', ...parts};
}
