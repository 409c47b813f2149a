import type {Problem} from '../../model/errors.ts';
import type {GitFile, GitTree} from '../../model/ports/git/tree.ts';
import {boundedText, safeText} from '../../model/text.ts';
import {findLine} from '../find-line.ts';
import {failure, type Outcome, success} from '../outcome.ts';
import type {ParsedFile} from '../parsed-files.ts';
import type {RenderServices} from '../services.ts';
import {readYaml} from '../yaml/read.ts';
import {judgeReference, type Refusal, remote} from './judge-reference.ts';
import {type Kustomization, type KustomizationFile, readKustomization} from './kustomization-file.ts';
import {helmFields, inlinePluginsOf, isOpaque, referencesOf, remotePathsOf} from './references.ts';

/** Everything a kustomization reads, found before kustomize runs. */
export interface KustomizationScan {
	/** Folders with a kustomization; kustomize reads files only in or below them. */
	readonly roots: readonly string[];
	/** Path and object id of everything that decides the output, but for the first kustomization itself; sorted. */
	readonly contents: readonly (readonly [path: string, oid: string])[];
	/** The manifests among them. */
	readonly resources: readonly GitFile[];
	/** Links are involved: only the whole commit is sure to have what they lead to. */
	readonly hasLinks: boolean;
}

/** A refusal, and the text in the file that it is about. */
interface Finding {
	readonly problem: Problem;
	readonly path: string;
	readonly subject: string;
}

/** A folder with a kustomization, and whether what it makes configures plugins. */
interface Visit {
	readonly root: string;
	readonly isPlugin: boolean;
}

const mostKustomizations = 1_000;

/**
 * Follows a kustomization through its resources, bases and components. All that is refused is reported, each with the line
 * that names it.
 */
export async function scanKustomization(
	tree: GitTree,
	folder: string,
	first: KustomizationFile,
	{parsedFiles, limits}: Pick<RenderServices, 'parsedFiles' | 'limits'>,
): Promise<Outcome<KustomizationScan>> {
	const contents = new Map<string, string>();
	const resources = new Map<string, GitFile>();
	const problems: Problem[] = [];
	const findings: Finding[] = [];
	let hasLinks = false;
	// Grows while it is walked; every folder is walked once in each role, which ends cycles.
	const visits = new Map<string, Visit>();
	visit({root: folder, isPlugin: false});
	for (const each of visits.values()) {
		if (visits.size > mostKustomizations) return failure(tooMany());
		const outcome = each.root === folder ? success(first) : await readKustomization(tree, each.root, parsedFiles);
		if (!outcome.ok) problems.push(...outcome.problems);
		else if (outcome.value) await walk(each, outcome.value);
	}
	for (const {problem, path, subject} of findings) {
		const line = await findLine(tree, path, subject);
		problems.push({...problem, file: safeText(path), ...(line !== null && {line})});
	}
	if (problems.length > 0) return failure(...problems);
	return success({
		roots: [...new Set([...visits.values()].map(({root}) => root))],
		contents: [...contents].sort(([one], [other]) => (one < other ? -1 : 1)),
		resources: [...resources.values()],
		hasLinks,
	});

	function visit(next: Visit): void {
		visits.set(JSON.stringify(next), next);
	}

	async function walk({root, isPlugin}: Visit, {path, content, isLinked}: KustomizationFile): Promise<void> {
		hasLinks ||= isLinked;
		if (root !== folder) contents.set(path, tree.hash(path) ?? '');
		if (isPlugin || isOpaque(content)) {
			contents.set(root, tree.hash(root) ?? '');
			hasLinks ||= tree.files(root).some(({type}) => type === 'link');
		}
		findings.push(...helmFindings(path, content));
		for (const text of inlinePluginsOf(content)) findings.push(...pluginFindings(path, readYaml(text, limits)));
		for (const reference of referencesOf(content)) {
			const verdict = await judgeReference(tree, reference, root);
			if (verdict.type === 'refused') {
				findings.push(finding(path, reference.text, verdict, reference.field));
				continue;
			}
			hasLinks ||= verdict.isLinked;
			const leadsToPlugin = isPlugin || reference.isPlugin;
			if (verdict.type === 'folder') {
				visit({root: verdict.path, isPlugin: leadsToPlugin});
				continue;
			}
			contents.set(verdict.path, verdict.file.oid);
			if (reference.type === 'resource') resources.set(verdict.path, verdict.file);
			if (!leadsToPlugin || reference.type !== 'resource') continue;
			for (const parsed of await parsedFiles.read(tree, [verdict.file])) {
				findings.push(...pluginFindings(verdict.path, parsed));
			}
		}
	}
}

function pluginFindings(path: string, {documents}: Pick<ParsedFile, 'documents'>): Finding[] {
	return documents.flatMap(({value}) => remotePathsOf(value)).map(text => finding(path, text, remote));
}

function helmFindings(path: string, content: Kustomization): Finding[] {
	const used = helmFields.filter(field => Array.isArray(content[field]) && content[field].length > 0);
	return used.map(field => ({
		problem: {
			code: 'KustomizeHelmNotSupported',
			message: `${field}: kustomize may not run helm`,
			hint: 'Make the chart an application of its own, or commit its rendered output',
		},
		path,
		subject: field,
	}));
}

function finding(path: string, subject: string, {code, message, hint}: Refusal, field?: string): Finding {
	const named = field === undefined ? '' : `${field}: `;
	return {problem: {code, message: `${named}${boundedText(subject, 200)} ${message}`, hint}, path, subject};
}

function tooMany(): Problem {
	const message = `more than ${mostKustomizations} kustomizations refer to each other`;
	return {code: 'ApplicationTooLarge', message, hint: 'Split it into several applications'};
}
