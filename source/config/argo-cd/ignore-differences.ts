import type {IgnoreDifference} from '../../model/application.ts';
import {type Findings, quoted} from '../findings.ts';
import {jsonPointerText} from '../schema/text.ts';
import type {Path} from '../yaml/source-document.ts';
import type {ArgoSpec} from './application-schema.ts';
import {readJqPath} from './jq-path.ts';

type Rule = NonNullable<ArgoSpec['ignoreDifferences']>[number];

/**
 * Maps `ignoreDifferences`. In Argo CD an absent group is the core group, and `*` means any; in our model an absent field
 * means any. jq expressions that only walk down become pointers or paths; the others are reported, because such a field will
 * be compared and written.
 */
export function readIgnoreDifferences(rules: readonly Rule[], path: Path, findings: Findings): IgnoreDifference[] {
	return rules.flatMap((rule, index) => readRule(rule, [...path, index], findings) ?? []);
}

function readRule(rule: Rule, path: Path, findings: Findings): IgnoreDifference | undefined {
	for (const key of ['group', 'kind', 'name', 'namespace'] as const) {
		const text = rule[key] ?? '';
		if (text === '*' || !/[*?[\]{}]/.test(text)) continue;
		const message = `ignoreDifferences with the pattern ${quoted(text)} is not supported: the whole rule has no effect`;
		findings.notice([...path, key], {code: 'Unsupported', message});
		return undefined;
	}
	const jsonPointers: string[] = [];
	const paths: string[] = [];
	for (const [index, pointer] of (rule.jsonPointers ?? []).entries()) {
		if (jsonPointerText.safeParse(pointer).success) jsonPointers.push(pointer);
		else {
			const message = `${quoted(pointer)} is not a JSON pointer, so it has no effect`;
			findings.notice([...path, 'jsonPointers', index], {
				code: 'Unsupported',
				message,
				hint: 'Write it like /spec/replicas',
			});
		}
	}
	for (const [index, expression] of (rule.jqPathExpressions ?? []).entries()) {
		const field = readJqPath(expression);
		if (field?.type === 'pointer') jsonPointers.push(field.pointer);
		else if (field) paths.push(field.path);
		else {
			const message = `jq expression ${quoted(expression)} is not supported: what it selects is compared and written`;
			const hint = 'Use jsonPointers or managedFieldsManagers';
			findings.notice([...path, 'jqPathExpressions', index], {code: 'Unsupported', message, hint});
		}
	}
	const managers = rule.managedFieldsManagers ?? [];
	if (jsonPointers.length + paths.length + managers.length === 0) return undefined;
	return {...selectorOf(rule), jsonPointers, paths, managers};
}

function selectorOf(rule: Rule): Pick<IgnoreDifference, 'group' | 'kind' | 'namespace' | 'name'> {
	const {group = '', kind, namespace, name} = rule;
	return {
		...(group !== '*' && {group}),
		...(kind !== '*' && {kind}),
		...(namespace && namespace !== '*' && {namespace}),
		...(name && name !== '*' && {name}),
	};
}
