import {existsSync, readdirSync, renameSync, rmSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';

const keptCopies = 3;

/**
 * Moves a damaged database aside, next to where it was, with what belongs to it; the newest three such copies are kept.
 * Returns the name it has now, within the same directory.
 */
export function moveCorruptFileAside(file: string, now: number): string {
	const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
	const prefix = `${basename(file)}.corrupt-`;
	const name = freeName(dirname(file), `${prefix}${stamp}`);
	const target = join(dirname(file), name);
	renameSync(file, target);
	// The write-ahead log belongs to the copy: what is not in the database yet stands there.
	if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${target}-wal`);
	rmSync(`${file}-shm`, {force: true});
	removeOldCopies(dirname(file), prefix);
	return name;
}

function freeName(directory: string, wanted: string): string {
	for (let number = 1; ; number++) {
		const name = number === 1 ? wanted : `${wanted}-${number}`;
		if (!existsSync(join(directory, name))) return name;
	}
}

function removeOldCopies(directory: string, prefix: string): void {
	const copies = readdirSync(directory)
		.filter(name => name.startsWith(prefix) && !name.endsWith('-wal'))
		.sort();
	for (const name of copies.slice(0, -keptCopies)) {
		rmSync(join(directory, name), {force: true});
		rmSync(join(directory, `${name}-wal`), {force: true});
	}
}
