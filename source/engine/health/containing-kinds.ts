import {degraded, healthy, progressing} from './answers.ts';
import {findCondition, readConditions, why} from './conditions.ts';
import {textAt} from './fields.ts';
import type {HealthRule} from './types.ts';

/** Conditions that say why a namespace does not go away, worst first. */
const deletionFailures = [
	'NamespaceDeletionDiscoveryFailure',
	'NamespaceDeletionGroupVersionParsingFailure',
	'NamespaceDeletionContentFailure',
];
const deletionProgress = ['NamespaceFinalizersRemaining', 'NamespaceContentRemaining'];

export const namespaceHealth: HealthRule = object => {
	if (textAt(object, 'status.phase') !== 'Terminating' && !object.metadata.deletionTimestamp) return healthy();
	const conditions = readConditions(object).filter(condition => condition.status === 'True');
	for (const type of deletionFailures) {
		const failure = findCondition(conditions, type);
		if (failure) return degraded(`is being deleted: ${why(failure)}`);
	}
	const remaining = deletionProgress.flatMap(type => findCondition(conditions, type) ?? []);
	return progressing(`is being deleted${remaining.length > 0 ? `: ${remaining.map(why).join('; ')}` : ''}`);
};

export const definitionHealth: HealthRule = object => {
	const conditions = readConditions(object);
	const terminating = findCondition(conditions, 'Terminating');
	if (terminating?.status === 'True' || object.metadata.deletionTimestamp) {
		return progressing(`is being deleted${terminating ? `: ${why(terminating)}` : ''}`);
	}
	const names = findCondition(conditions, 'NamesAccepted');
	if (names?.status === 'False') return degraded(why(names));
	const established = findCondition(conditions, 'Established');
	if (established?.status !== 'True') return progressing(established ? why(established) : 'is not established yet');
	const schema = findCondition(conditions, 'NonStructuralSchema');
	return schema?.status === 'True' ? degraded(why(schema)) : healthy();
};
