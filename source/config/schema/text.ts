import {z} from 'zod';
import {parseInterval} from '../duration.ts';
import {checkFieldPath} from '../field-path.ts';
import {checkApplicationName, checkNamespace} from '../names.ts';
import type {ConfigurationCode} from '../problem-codes.ts';
import type {Result} from '../result.ts';

/** A string with a rule of ours; the rule's reason and hint become the problem's. `pattern` is for editors only. */
export function textThat(
	check: (text: string) => Result<unknown>,
	pattern?: string,
	code: ConfigurationCode = 'InvalidValue',
) {
	const schema = z.string().superRefine((text, context) => {
		const result = check(text);
		if (!result.ok) context.addIssue({code: 'custom', message: result.reason, params: {hint: result.hint, code}});
	});
	return pattern ? schema.meta({pattern}) : schema;
}

const durationPattern = '^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$';

const label = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$';

export const intervalText = textThat(parseInterval, durationPattern);
export const applicationNameText = textThat(checkApplicationName, label, 'InvalidName');
export const namespaceText = textThat(checkNamespace, label, 'InvalidName');
/** RFC 6901: the whole object is the empty pointer, which nobody means to ignore. */
export const jsonPointerText = z
	.string()
	.regex(/^(\/([^~]|~[01])*)+$/u, {error: 'is not a JSON pointer: /spec/replicas'})
	.describe('RFC 6901, for example /spec/replicas; / and ~ inside a key are written ~1 and ~0.');
export const fieldPathText = textThat(checkFieldPath);
export const textMap = z.record(z.string(), z.string());
