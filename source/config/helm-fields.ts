import type {HelmParameters} from '../model/application.ts';
import type {Findings} from './findings.ts';
import {checkRelativeFile} from './repository-path.ts';
import {accept, type Result, refuse} from './result.ts';
import {parseInlineMap} from './yaml/parse.ts';
import type {Path} from './yaml/source-document.ts';

/** The fields of a Helm source as holdfast and Argo CD both write them. */
export interface HelmFields {
	readonly releaseName?: string;
	readonly valueFiles?: readonly string[];
	readonly ignoreMissingValueFiles?: boolean;
	readonly values?: string | Readonly<Record<string, unknown>>;
	/** Argo CD: wins over `values`, which is then not read at all. */
	readonly valuesObject?: Readonly<Record<string, unknown>>;
	readonly parameters?: readonly {readonly name?: string; readonly value?: string; readonly forceString?: boolean}[];
	readonly skipCrds?: boolean;
	readonly skipTests?: boolean;
}

/** Helm's own limit: names of its release objects must stay labels (helm #6006). */
const longestReleaseName = 53;
const releaseNamePattern = /^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/;

/** Maps checked Helm fields. `folder` is the chart's, within the repository. */
export function readHelm(fields: HelmFields, folder: string, path: Path, findings: Findings): HelmParameters {
	const valueFiles = (fields.valueFiles ?? []).map(
		(file, index) => findings.take([...path, 'valueFiles', index], checkRelativeFile(file, folder)) ?? file,
	);
	const {releaseName} = fields;
	if (releaseName) findings.take([...path, 'releaseName'], checkReleaseName(releaseName));
	const parameters = (fields.parameters ?? []).map(({name = '', value = '', forceString = false}, index) => {
		findings.take([...path, 'parameters', index, 'name'], checkParameterName(name));
		return {name, value, forceString};
	});
	return {
		type: 'helm',
		...(releaseName && {releaseName}),
		valueFiles,
		ignoreMissingValueFiles: fields.ignoreMissingValueFiles ?? false,
		values: fields.valuesObject ?? readValues(fields.values, [...path, 'values'], findings),
		parameters,
		skipCRDs: fields.skipCrds ?? false,
		skipTests: fields.skipTests ?? false,
	};
}

function readValues(values: HelmFields['values'], path: Path, findings: Findings): Readonly<Record<string, unknown>> {
	if (typeof values !== 'string') return values ?? {};
	return findings.take(path, parseInlineMap(values)) ?? {};
}

function checkReleaseName(name: string): Result<string> {
	if (name.length > longestReleaseName)
		return refuse(`is longer than the ${longestReleaseName} characters Helm allows`);
	return releaseNamePattern.test(name)
		? accept(name)
		: refuse('is not a release name', 'Use lower-case letters, digits, dashes and dots');
}

function checkParameterName(name: string): Result<string> {
	if (name.trim() === '') return refuse('is empty');
	return /[\p{Cc}\p{Cf}]/u.test(name) ? refuse('holds control characters') : accept(name);
}
