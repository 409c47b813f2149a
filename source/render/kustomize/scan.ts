import type {Problem} from '../../model/errors.ts';
import type {GitFile, GitTree} from '../../model/ports.ts';
import {boundedText, safeText} from '../../model/text.ts';
import {failure, type Outcome, success} from '../outcome.ts';
import type {ParsedFiles} from '../parsed-files.ts';
import {judgeReference} from './judge-reference.ts';
import {type Kustomization, type KustomizationFile, readKustomization} from './kustomization-file.ts';
import {helmFields, isOpaque, referencesOf} from './references.ts';

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

/** A refusal, and the text in the kustomization that it is about. */
interface Finding {
	readonly problem: Problem;
	readonly path: string;
	readonly subject: string;
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
	parsedFiles: ParsedFiles,
): Promise<Outcome<KustomizationScan>> {
	const contents = new Map<string, string>();
	const resources = new Map<string, GitFile>();
	const problems: Problem[] = [];
	const findings: Finding[] = [];
	let hasLinks = false;
	// Grows while it is walked; every folder is walked once, which ends cycles.
	const roots = new Set([folder]);
	for (const root of roots) {
		if (roots.size > mostKustomizations) return failure(tooMany());
		const outcome = root === folder ? success(first) : await readKustomization(tree, root, parsedFiles);
		if (!outcome.ok) problems.push(...outcome.problems);
		else if (outcome.value) await walk(root, outcome.value);
	}
	for (const finding of findings) problems.push(await withLine(tree, finding));
	if (problems.length > 0) return failure(...problems);
	return success({
		roots: [...roots],
		contents: [...contents].sort(([one], [other]) => (one < other ? -1 : 1)),
		resources: [...resources.values()],
		hasLinks,
	});

	async function walk(root: string, {path, content}: KustomizationFile): Promise<void> {
		if (root !== folder) contents.set(path, tree.hash(path) ?? '');
		if (isOpaque(content)) {
			contents.set(root, tree.hash(root) ?? '');
			hasLinks ||= tree.files(root).some(({type}) => type === 'link');
		}
		findings.push(...helmFindings(path, content));
		for (const reference of referencesOf(content)) {
			const verdict = await judgeReference(tree, reference, root);
			if (verdict.type === 'refused') {
				const {code, hint} = verdict;
				const message = `${reference.field}: ${boundedText(reference.text, 200)} ${verdict.message}`;
				findings.push({problem: {code, message, hint}, path, subject: reference.text});
				continue;
			}
			hasLinks ||= verdict.isLinked;
			if (verdict.type === 'folder') {
				roots.add(verdict.path);
			} else {
				contents.set(verdict.path, verdict.file.oid);
				if (reference.type === 'resource') resources.set(verdict.path, verdict.file);
			}
		}
	}
}

function helmFindings(path: string, content: Kustomization): Finding[] {
	const used = helmFields.filter(field => content[field] !== undefined && content[field] !== null);
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

/** The line is looked up only now that somebody wants to know. */
async function withLine(tree: GitTree, {problem, path, subject}: Finding): Promise<Problem> {
	const place = {...problem, file: safeText(path)};
	const file = tree.file(path);
	if (file?.type !== 'file') return place;
	const [content] = await tree.read([file]);
	const lines = (content?.toString('utf8') ?? '').split('\n');
	const index = lines.findIndex(line => line.includes(subject) && !line.trimStart().startsWith('#'));
	return index < 0 ? place : {...place, line: index + 1};
}

function tooMany(): Problem {
	const message = `more than ${mostKustomizations} kustomizations refer to each other`;
	return {code: 'ApplicationTooLarge', message, hint: 'Split it into several applications'};
}
