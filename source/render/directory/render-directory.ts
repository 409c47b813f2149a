import type {DirectoryParameters} from '../../model/application.ts';
import type {Problem} from '../../model/errors.ts';
import type {Manifest} from '../../model/object.ts';
import {safeText} from '../../model/text.ts';
import {keyOfParts} from '../key.ts';
import {looksLikeManifest, readManifests, tooManyObjects} from '../manifest.ts';
import {failure, type Outcome, success} from '../outcome.ts';
import type {ParsedFile} from '../parsed-files.ts';
import type {PreparedRender, Rendered, RenderServices, RenderSource} from '../services.ts';
import {type SelectedFile, selectFiles} from './select-files.ts';
import {isHidden} from './well-known.ts';

/** Prepares a folder of plain YAML and JSON. Its key is the names and contents of the files chosen. */
export async function prepareDirectory(
	source: RenderSource,
	parameters: DirectoryParameters,
	services: RenderServices,
): Promise<Outcome<PreparedRender>> {
	const selection = await selectFiles(source, parameters, services.limits);
	if (!selection.ok) return selection;
	const {files, notices} = selection.value;
	return success({
		key: keyOfParts(
			'directory',
			source.folder,
			files.map(({path, file}) => [path, file.oid]),
		),
		renderer: 'directory',
		reads: [source.folder],
		notices,
		run: () => renderFiles(source, files, services),
	});
}

async function renderFiles(
	{tree, folder}: RenderSource,
	files: readonly SelectedFile[],
	{parsedFiles, limits}: RenderServices,
): Promise<Outcome<Rendered>> {
	const parsed = await parsedFiles.read(
		tree,
		files.map(({file}) => file),
	);
	const manifests: Manifest[] = [];
	const problems: Problem[] = [];
	for (const [index, {path}] of files.entries()) {
		const content = parsed[index]!;
		if (isHidden(path, folder) && isOfSomethingElse(content)) continue;
		collect(path, content, manifests, problems);
	}
	if (manifests.length > limits.objects) problems.push(tooManyObjects(manifests.length, limits.objects));
	return problems.length > 0 ? failure(...problems) : success({manifests, notices: []});
}

/** Readable, and no Kubernetes object in it. */
function isOfSomethingElse({documents, problems}: ParsedFile): boolean {
	return problems.length === 0 && !documents.some(({value}) => looksLikeManifest(value));
}

function collect(path: string, content: ParsedFile, manifests: Manifest[], problems: Problem[]): void {
	const file = safeText(path);
	problems.push(...content.problems.map(problem => ({...problem, file})));
	for (const {value, line} of content.documents) {
		const found = readManifests(value, {file, line});
		manifests.push(...found.manifests);
		problems.push(...found.problems);
	}
}
