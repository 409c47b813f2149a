import {safeText} from '../model/text.ts';
import {NewerSchemaError} from './schema.ts';

/** What stands between the journal and its disk. */
export interface Trouble {
	/** In words that continue `… cannot be written:`. */
	readonly cause: string;
	/** What a person can do about it. */
	readonly remedy: string;
	/** The file's content is broken: it is moved aside and a new one begun. */
	readonly isCorrupt: boolean;
	/** It may be over at once, and the open file can be used again: no need to open it anew. */
	readonly isPassing: boolean;
}

interface Words {
	readonly cause: string;
	readonly remedy: string;
	readonly isCorrupt?: boolean;
	readonly isPassing?: boolean;
}

const full: Words = {cause: 'the disk is full', remedy: 'Free some space', isPassing: true};
const readOnly: Words = {cause: 'the file or its folder is read-only', remedy: 'Make it writable for this user'};
const locked: Words = {
	cause: 'another process keeps it locked',
	remedy: 'End the program that has it open',
	isPassing: true,
};
const unopenable: Words = {
	cause: 'the file cannot be opened',
	remedy: 'Check that its folder exists and belongs to this user',
};
const damaged: Words = {cause: 'the file is damaged', remedy: 'It is moved aside by itself', isCorrupt: true};
const broken: Words = {cause: 'the disk reports an input/output error', remedy: "Look at the machine's kernel log"};

/** SQLite's primary result codes. */
const bySqliteCode: Readonly<Record<number, Words>> = {
	3: readOnly,
	5: locked,
	6: locked,
	8: readOnly,
	10: broken,
	11: damaged,
	13: full,
	14: unopenable,
	26: damaged,
};

const bySystemCode: Readonly<Record<string, Words>> = {
	EACCES: readOnly,
	EDQUOT: {cause: 'the disk quota is used up', remedy: 'Free some space'},
	EIO: broken,
	EEXIST: unopenable,
	ENOENT: unopenable,
	ENOSPC: full,
	ENOTDIR: unopenable,
	EPERM: readOnly,
	EROFS: readOnly,
};

/** SQLite's codes for a value it does not take: too big, against a constraint, of another type. */
const contentCodes: ReadonlySet<number> = new Set([18, 19, 20]);

/** Whether one value was refused, not the file: everything else can still be written. */
export function isAboutContent(error: unknown): boolean {
	const {errcode} = (error ?? {}) as {errcode?: unknown};
	if (typeof errcode === 'number') return contentCodes.has(errcode & 0xff);
	return error instanceof TypeError || error instanceof RangeError;
}

/** Explains anything that opening, reading or writing the journal may throw. */
export function explainTrouble(error: unknown): Trouble {
	const words = wordsOf(error);
	return {
		cause: words.cause,
		remedy: words.remedy,
		isCorrupt: words.isCorrupt ?? false,
		isPassing: words.isPassing ?? false,
	};
}

function wordsOf(error: unknown): Words {
	if (error instanceof NewerSchemaError) {
		return {cause: error.message, remedy: 'Update holdfast, or move the file away to begin a new one'};
	}
	const {code, errcode} = (error ?? {}) as {code?: unknown; errcode?: unknown};
	// Extended result codes carry the primary one in their low byte.
	const known =
		typeof errcode === 'number'
			? bySqliteCode[errcode & 0xff]
			: typeof code === 'string'
				? bySystemCode[code]
				: undefined;
	if (known) return known;
	return {
		cause: safeText(error instanceof Error ? error.message : String(error)),
		remedy: 'Check its folder, or move the file away to begin a new one',
	};
}
