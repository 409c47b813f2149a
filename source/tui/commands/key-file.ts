import {readFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {isAbsolute, join} from 'node:path';
import {safeText} from '../../model/text.ts';
import type {Environment} from '../terminal/capabilities.ts';
import type {Command} from './command.ts';
import {type Remapping, readRemapping} from './remap.ts';

/** Where a person keeps their keys: `holdfast/keys.json` under XDG_CONFIG_HOME. */
export function keyFile({XDG_CONFIG_HOME, HOME}: Environment): string {
	const base =
		XDG_CONFIG_HOME && isAbsolute(XDG_CONFIG_HOME)
			? XDG_CONFIG_HOME
			: join(HOME && isAbsolute(HOME) ? HOME : homedir(), '.config');
	return join(base, 'holdfast', 'keys.json');
}

/** The person's keys; no file is no remapping. */
export function readKeyFile(environment: Environment, commands: readonly Command[]): Remapping {
	const file = keyFile(environment);
	try {
		return readRemapping(readFileSync(file, 'utf8'), commands, file);
	} catch (error) {
		const {code, message} = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') return {keys: new Map(), problems: []};
		const problem = {code: 'InvalidKeyFile', message: `The key file cannot be read: ${safeText(message)}`, file};
		return {keys: new Map(), problems: [problem]};
	}
}
