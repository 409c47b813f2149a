import type {Problem} from '../../model/errors.ts';
import type {Candidate, ReadOptions} from '../candidate.ts';
import {collectFindings, subjectOf} from '../findings.ts';
import {checkShape} from '../schema/check-shape.ts';
import {below, type SourceDocument, withValue} from '../yaml/source-document.ts';
import {readApplication} from './application.ts';
import {withDefaults} from './defaults.ts';
import {
	applicationDocumentSchema,
	applicationSchema,
	configurationShellSchema,
	type DefaultsInput,
	defaultsSchema,
} from './schema.ts';

/** Reads a document of kind Configuration: each of its applications succeeds or fails by itself. */
export function readConfigurationDocument(
	document: SourceDocument,
	options: ReadOptions,
): {candidates: Candidate[]; problems: Problem[]; productionContexts: readonly string[]} {
	const shell = collectFindings(document, undefined, 'The rest of the document was read');
	const {productionContexts = []} = checkShape(configurationShellSchema, shell, 'own') ?? {};
	const {applications, defaults} = document.value as {applications?: unknown; defaults?: unknown};
	const {problems} = shell;
	const shared = readDefaults(document, defaults, problems);
	if (!Array.isArray(applications) || shared === null) return {candidates: [], problems, productionContexts};
	const candidates = applications.map((application, index): Candidate => {
		const part = below(document, ['applications', index]);
		const completed = withValue(part, withDefaults(application, shared));
		const findings = collectFindings(completed, applicationIn(application));
		const input = checkShape(applicationSchema, findings, 'own');
		return input ? readApplication(input, [], findings, options) : {type: 'left-out', problems: findings.problems};
	});
	return {candidates, problems, productionContexts};
}

/** Reads a document of kind Application of our own. */
export function readApplicationDocument(document: SourceDocument, options: ReadOptions): Candidate {
	const {metadata} = document.value as {metadata?: unknown};
	const findings = collectFindings(document, applicationIn(metadata));
	const input = checkShape(applicationDocumentSchema, findings, 'own');
	if (!input) return {type: 'left-out', problems: findings.problems};
	return readApplication({name: input.metadata.name, ...input.spec}, ['spec'], findings, options);
}

/** Null when the defaults cannot be used: what an application would be without them is not what was meant. */
function readDefaults(document: SourceDocument, defaults: unknown, problems: Problem[]): DefaultsInput | null {
	if (defaults === undefined) return {};
	const hint = 'No application of this document is read until this is fixed, because all of them build on the defaults';
	const findings = collectFindings(below(document, ['defaults']), undefined, hint);
	const input = checkShape(defaultsSchema, findings, 'own');
	const {context, server} = input?.destination ?? {};
	if (context !== undefined && server !== undefined) {
		const message = 'destination names a context and a server; it must be one of them';
		findings.problem(['destination', 'server'], {code: 'InvalidValue', message, part: 'key'});
	}
	problems.push(...findings.problems);
	return findings.problems.length > 0 ? null : input;
}

function applicationIn(value: unknown): string {
	const name = typeof value === 'object' && value !== null ? (value as {name?: unknown}).name : undefined;
	return subjectOf('Application', typeof name === 'string' ? name : '');
}
