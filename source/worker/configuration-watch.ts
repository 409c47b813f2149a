import {lstatSync, readdirSync, statSync} from 'node:fs';
import path from 'node:path';

const pollMilliseconds = 2_000;

/**
 * Calls back when a configuration file or folder changes. Looks every two seconds instead of asking the system to be told:
 * that also works on network file systems, through editors that replace files, and for ConfigMaps mounted by links.
 */
export function watchConfiguration(paths: readonly string[], onChange: () => void): () => void {
	let before = stamp(paths);
	const timer = setInterval(() => {
		const now = stamp(paths);
		if (now === before) return;
		before = now;
		onChange();
	}, pollMilliseconds);
	timer.unref();
	return () => clearInterval(timer);
}

/** Names, sizes and times of everything below; a path that is missing just has none. */
function stamp(paths: readonly string[]): string {
	const parts: string[] = [];
	const visit = (entry: string): void => {
		try {
			const info = statSync(entry);
			parts.push(`${entry} ${info.mtimeMs} ${info.size}`);
			// A linked folder is looked at but not entered: links can lead in circles.
			if (!info.isDirectory() || (!paths.includes(entry) && lstatSync(entry).isSymbolicLink())) return;
			for (const name of readdirSync(entry).sort()) if (!name.startsWith('.')) visit(path.join(entry, name));
		} catch {
			parts.push(`${entry} missing`);
		}
	};
	for (const entry of paths) visit(entry);
	return parts.join('\n');
}
