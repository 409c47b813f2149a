import {existsSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {clearTimeout, setTimeout} from 'node:timers';
import {parseJson, stringifyJson} from '../../../source/model/json.ts';
import type {Store} from './store.ts';

const pauseMilliseconds = 500;

/**
 * Loads the store from a file, if it is there, and writes it again half a second after changes and at the end, whole or not
 * at all. Throws for a file that is none of ours. Secrets lie in it as they are: it is readable for its owner only.
 */
export function keepSaved(store: Store, file: string): () => void {
	if (existsSync(file)) store.load(parseJson(readFileSync(file, 'utf8')) as ReturnType<Store['dump']>);
	let timer: NodeJS.Timeout | undefined;
	let isChanged = false;
	const save = (): void => {
		clearTimeout(timer);
		timer = undefined;
		if (!isChanged) return;
		isChanged = false;
		const unfinished = `${file}.unfinished`;
		writeFileSync(unfinished, stringifyJson(store.dump()), {mode: 0o600});
		renameSync(unfinished, file);
	};
	const end = store.listen(() => {
		isChanged = true;
		timer ??= setTimeout(save, pauseMilliseconds).unref();
	});
	return () => {
		end();
		save();
	};
}
