import type {HelmParameters} from '../../model/application.ts';
import type {Problem} from '../../model/errors.ts';
import type {GitFile} from '../../model/ports/git/tree.ts';
import {boundedText} from '../../model/text.ts';
import {failure, type Outcome, success} from '../outcome.ts';
import {joinPath, locate} from '../repository-path.ts';
import type {RenderSource} from '../services.ts';

/**
 * Finds value files inside the repository. They are the way other tools were led out of it (argo-cd CVE-2022-24348), so
 * absolute paths, URLs, `..` beyond the root and links are refused, each with its reason.
 */
export async function resolveValueFiles(
	{tree, folder}: RenderSource,
	{valueFiles, ignoreMissingValueFiles}: HelmParameters,
): Promise<Outcome<readonly GitFile[]>> {
	const files: GitFile[] = [];
	const problems: Problem[] = [];
	for (const name of valueFiles) {
		const shown = boundedText(name, 200);
		if (name.startsWith('$')) {
			const hint = 'Copy the file into the repository of the chart';
			problems.push(
				refused('ValueFileNotSupported', `${shown} belongs to another source, which is not supported`, hint),
			);
		} else if (/^[a-z][a-z0-9+.-]*:/i.test(name)) {
			problems.push(refused('ValueFileRefused', `${shown} is a URL`, insideHint));
		} else {
			const path = joinPath(folder, name);
			if (path === null) {
				const reason = name.startsWith('/') ? 'is an absolute path' : 'leaves the repository';
				problems.push(refused('ValueFileRefused', `${shown} ${reason}`, insideHint));
				continue;
			}
			const found = await locate(tree, path);
			if (found.type === 'outside' || (found.type === 'file' && found.isLinked) || tree.file(path)?.type === 'link') {
				problems.push(refused('ValueFileRefused', `${shown} is a link`, 'Replace the link by the file itself'));
			} else if (found.type === 'file') {
				files.push(found.file);
			} else if (!ignoreMissingValueFiles || found.type !== 'missing') {
				const reason = found.type === 'missing' ? 'does not exist' : 'is not a file';
				const hint = 'Check the spelling; the path is relative to the folder of the chart';
				problems.push(refused('ValueFileMissing', `${shown} ${reason}`, hint));
			}
		}
	}
	return problems.length > 0 ? failure(...problems) : success(files);
}

const insideHint = 'Name a file of the repository, relative to the folder of the chart';

function refused(code: string, reason: string, hint: string): Problem {
	return {code, message: `value file ${reason}`, hint};
}
