import {accept, type Result, refuse} from './result.ts';

const longestPath = 1_024;

/**
 * Makes a folder within a repository canonical: no leading or trailing slash, no `.` steps, empty for the root. Argo CD
 * writes `guestbook`, Flux `./clusters/prod/`. A path that would leave the repository is refused (Argo CD CVE-2022-24348).
 */
export function checkRepositoryPath(path: string): Result<string> {
	if (path.length > longestPath) return refuse(`is longer than ${longestPath} characters`);
	if (/[\p{Cc}\p{Cf}\\]/u.test(path)) return refuse('holds control characters or a backslash');
	const steps = path.split('/').filter(step => step !== '' && step !== '.');
	if (steps.includes('..')) return refuse('must not leave the repository with ..');
	if (steps.some(step => step.toLowerCase() === '.git')) return refuse('must not lead into .git');
	return accept(steps.join('/'));
}

/**
 * Checks a file that an application names relative to its folder: a values file, a component. It may climb (`../base`) but
 * not leave the repository; the renderer checks again after resolving links. A leading slash means the root of the
 * repository, as in Argo CD, and comes back as a path relative to the folder.
 */
export function checkRelativeFile(file: string, folder: string): Result<string> {
	if (file.trim() === '') return refuse('is empty');
	if (file.length > longestPath) return refuse(`is longer than ${longestPath} characters`);
	if (/[\p{Cc}\p{Cf}\\]/u.test(file)) return refuse('holds control characters or a backslash');
	if (/^[a-z][a-z0-9+.-]*:\/\//i.test(file)) return refuse('is a URL; only files of the repository can be read');
	if (file.startsWith('$')) return refuse('refers to another source, which is not supported');
	const folderDepth = folder === '' ? 0 : folder.split('/').length;
	const isFromRoot = file.startsWith('/');
	let depth = isFromRoot ? 0 : folderDepth;
	for (const step of file.split('/')) {
		if (step === '..') depth -= 1;
		else if (step !== '' && step !== '.') depth += 1;
		if (depth < 0) return refuse('must not leave the repository with ..');
	}
	return accept(isFromRoot ? '../'.repeat(folderDepth) + file.replace(/^\/+/, '') : file);
}
