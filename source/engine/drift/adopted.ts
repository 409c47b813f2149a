import type {FieldChange} from '../../model/drift.ts';
import type {KubernetesObject, ObjectRef} from '../../model/object.ts';
import {redacted} from '../../model/redact.ts';
import {lookup} from '../fields/lookup.ts';
import {parsePath} from '../fields/path.ts';
import {printField, valueLimit} from '../fields/print-value.ts';

/**
 * What of a drift still stands when Git says something new: a value that Git wants by now (somebody adopted it, or
 * committed the same) is no drift any more, whoever set it. Values that are not shown whole, or not at all, are not judged.
 */
export function withoutAdopted(
	fields: readonly FieldChange[],
	{ref, desired}: {readonly ref: ObjectRef; readonly desired: KubernetesObject},
): readonly FieldChange[] {
	return fields.filter(({path, now}) => {
		if (path === '' || now === undefined || now === redacted || (now?.length ?? 0) >= valueLimit) return true;
		const steps = parsePath(path);
		return steps === null || printField(ref, path, lookup(desired, steps)) !== now;
	});
}
