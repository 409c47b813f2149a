import type {IgnoreDifference} from '../../model/application.ts';
import {type Findings, quoted} from '../findings.ts';
import {jsonPointerText} from '../schema/text.ts';
import type {Path} from '../yaml/source-document.ts';
import type {FluxKustomizationSpec} from './kustomization-schema.ts';

type Rule = NonNullable<FluxKustomizationSpec['ignore']>[number];

/** Names and kinds in a Flux target are regular expressions; a plain word selects itself. */
const plainWord = /^[\w./:-]*$/;

/** Maps `spec.ignore`. A target that our selectors cannot say is reported, and its whole rule has no effect. */
export function readIgnoreRules(rules: readonly Rule[], path: Path, findings: Findings): IgnoreDifference[] {
	return rules.flatMap((rule, index) => readRule(rule, [...path, index], findings) ?? []);
}

function readRule(rule: Rule, path: Path, findings: Findings): IgnoreDifference | undefined {
	const {version, labelSelector, annotationSelector, ...target} = rule.target ?? {};
	const unsupported = [version, labelSelector, annotationSelector].some(text => text !== undefined && text !== '');
	const isPlain = Object.values(target).every(text => plainWord.test(text ?? ''));
	if (unsupported || !isPlain) {
		const message =
			'a target with a version, a selector or a regular expression is not supported: the rule has no effect';
		findings.notice([...path, 'target'], {code: 'Unsupported', message, part: 'key'});
		return undefined;
	}
	const jsonPointers: string[] = [];
	for (const [index, pointer] of rule.paths.entries()) {
		if (jsonPointerText.safeParse(pointer).success) jsonPointers.push(pointer);
		else {
			const message = `${quoted(pointer)} is not a JSON pointer, so it has no effect`;
			findings.notice([...path, 'paths', index], {code: 'Unsupported', message, hint: 'Write it like /spec/replicas'});
		}
	}
	if (jsonPointers.length === 0) return undefined;
	const selector = Object.fromEntries(Object.entries(target).filter(([, text]) => text));
	return {...selector, jsonPointers, paths: [], managers: []};
}
