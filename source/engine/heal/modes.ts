import type {DriftPolicy, HealMode} from '../../model/application.ts';
import type {FieldChange} from '../../model/drift.ts';
import type {ObjectRef} from '../../model/object.ts';
import {isSelected} from '../drift/ignore.ts';
import {matchesText} from '../fields/pattern.ts';

/** The more careful first. */
const carefulFirst: readonly HealMode[] = ['observe', 'ask', 'heal'];

/**
 * What the policy says of one change: the first rule that names its path, else the application's mode. The object itself
 * (deleted, recreated, stripped) has the empty path; `**` names it too. What others added is removed only when
 * `foreignAdditions` says so; a rule can hold it back further, never further it.
 */
export function modeOf(policy: DriftPolicy, ref: ObjectRef, field: Pick<FieldChange, 'path' | 'class'>): HealMode {
	const rule = policy.rules.find(candidate => isSelected(candidate, ref) && matchesText(candidate.path, field.path));
	if (field.class !== 'foreign-addition') return rule?.mode ?? policy.mode;
	const limit = rule?.mode ?? 'heal';
	return carefulFirst.find(mode => mode === policy.foreignAdditions || mode === limit) ?? 'observe';
}
