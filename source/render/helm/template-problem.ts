import type {Problem} from '../../model/errors.ts';
import type {GitTree} from '../../model/ports/git/tree.ts';
import {redacted} from '../../model/redact.ts';
import {safeText} from '../../model/text.ts';
import {programMessage} from '../program/messages.ts';
import {joinPath} from '../repository-path.ts';
import {existingPath, templatePath} from './origin.ts';

type Named = Record<string, string | undefined>;

interface Rule {
	readonly pattern: RegExp;
	readonly problem: (
		named: Named,
	) => Partial<Problem> & {readonly template?: string | undefined; readonly chartFile?: string};
}

const renderedHint = 'The line is counted in the rendered text: helm template --debug prints it';

/** What helm's errors mean, first match wins. `template` is a path as helm says it, `chartFile` one in the chart's folder. */
const rules: readonly Rule[] = [
	{
		pattern: /missing in charts\/ directory: (?<names>.*)$/s,
		problem: ({names}) => ({
			code: 'ChartDependencyMissing',
			message: `the chart needs what is not in its charts/ folder: ${names}`,
			chartFile: 'Chart.yaml',
			hint: 'Run helm dependency build and commit charts/: nothing is downloaded while rendering',
		}),
	},
	{
		pattern: /^YAML parse error on (?<template>\S+): (?:error converting YAML to JSON: )?(?:yaml: )?(?<message>.*)$/s,
		problem: ({template, message}) => ({
			template,
			message: `the rendered text is not YAML: ${message}`,
			hint: renderedHint,
		}),
	},
	{
		pattern: /^(?:parse|execution) error at \((?<template>[^():]+):(?<line>\d+)(?::\d+)?\): (?<message>.*)$/s,
		problem: ({template, line, message}) => ({template, line: Number(line), message: message ?? ''}),
	},
	{
		pattern: /^(?:template: )?(?<template>[^\s:]+):(?<line>\d+)(?::\d+)?:?\s+(?<message>.*)$/s,
		problem: ({template, line, message}) => ({template, line: Number(line), message: message ?? ''}),
	},
	{
		pattern: /^cannot load (?<chartFile>\S+): (?:.*?yaml: line (?<line>\d+): )?(?<message>.*)$/s,
		problem: ({chartFile = 'Chart.yaml', line, message}) => ({
			chartFile,
			...(line !== undefined && {line: Number(line)}),
			message: message ?? '',
		}),
	},
	{
		pattern: /^failed to parse (?<file>\S+): (?:.*?yaml: line (?<line>\d+): )?(?<message>.*)$/s,
		problem: ({file = '', line, message}) => ({
			file,
			...(line !== undefined && {line: Number(line)}),
			message: message ?? '',
		}),
	},
	{
		pattern: /^values don't meet the specifications of the schema\(s\) in the following chart\(s\):\s*(?<message>.*)$/s,
		problem: ({message}) => ({
			code: 'ValuesInvalid',
			message: `the values do not fit the schema of the chart: ${withoutValues(message ?? '')}`,
			chartFile: 'values.schema.json',
		}),
	},
	{
		pattern: /^chart requires kubeVersion: (?<message>.*)$/s,
		problem: ({message}) => ({
			code: 'KubernetesVersionUnfit',
			message: `the chart requires Kubernetes ${message}`,
			chartFile: 'Chart.yaml',
		}),
	},
];

/** Turns what helm said, with paths as in the repository, into a problem with the best known place. */
export function templateProblem(text: string, folder: string, tree: GitTree): Problem {
	const said = tellingPart(text);
	for (const {pattern, problem} of rules) {
		const match = pattern.exec(said);
		if (!match) continue;
		const {template, chartFile, message = said, ...found} = problem(match.groups ?? {});
		const file = template
			? existingPath(tree, templatePath(template, folder), folder)
			: chartFile
				? joinPath(folder, chartFile)
				: found.file;
		return {
			code: 'HelmFailed',
			...found,
			message: programMessage(message),
			...(file && {file: safeText(file)}),
		};
	}
	return {code: 'HelmFailed', message: programMessage(said), file: safeText(joinPath(folder, 'Chart.yaml')!)};
}

/** The checker quotes a text that does not match; it may be a password. */
function withoutValues(message: string): string {
	return message.replace(/'(?:[^'\\]|\\.)*'(?= (?:does not match|is not valid))/g, redacted);
}

/** Without warnings, log lines and the advice at the end, from the error itself on. */
function tellingPart(text: string): string {
	const lines = text
		.split('\n')
		.filter(
			line => !/^(?:level=|time=|WARNING:|coalesce\.go|walk\.go|\d{4}[/-]\d{2}[/-]\d{2} )|^Use --debug flag/.test(line),
		);
	const start = lines.findIndex(line => line.startsWith('Error: '));
	return lines
		.slice(Math.max(0, start))
		.join('\n')
		.replace(/^Error: /, '')
		.trim();
}
