import {describe, expect, it} from 'vitest';
import {createRemoteLister, type RemoteLister} from '../../source/git/remote-lister.ts';
import {parseRemoteReferences, type RemoteReferences} from '../../source/git/remote-references.ts';

interface Asked {
	readonly everything: boolean;
	answer(): void;
	fail(): void;
}

function setUp(): {lister: RemoteLister; asked: Asked[]; pass(milliseconds: number): void} {
	const asked: Asked[] = [];
	let time = 0;
	const list = (everything: boolean): Promise<RemoteReferences> =>
		new Promise((resolve, reject) => {
			const references = new Map([['refs/heads/main', String(asked.length)]]);
			asked.push({everything, answer: () => resolve({head: null, references}), fail: () => reject(new Error('lost'))});
		});
	const lister = createRemoteLister({list, freshMilliseconds: 1_000, now: () => time});
	return {
		lister,
		asked,
		pass(milliseconds) {
			time += milliseconds;
		},
	};
}

const which = async (answer: Promise<RemoteReferences>): Promise<string | undefined> =>
	(await answer).references.get('refs/heads/main');
const some = {everything: false, isFresh: false};
const all = {everything: true, isFresh: false};
const fresh = {everything: false, isFresh: true};

describe('questions to one remote', () => {
	it('share what is under way, and for a second what was answered', async () => {
		const {lister, asked, pass} = setUp();
		const answers = [lister.get(some), lister.get(some)];
		asked[0]?.answer();
		expect(await Promise.all(answers.map(which))).toEqual(['0', '0']);
		pass(999);
		expect(await which(lister.get(some))).toBe('0');
		pass(1);
		const later = lister.get(some);
		asked[1]?.answer();
		expect(await which(later)).toBe('1');
	});

	it('for less are served by an answer with more, not the other way round', async () => {
		const {lister, asked} = setUp();
		const less = lister.get(some);
		const more = lister.get(all);
		asked[0]?.answer();
		await less;
		await Promise.resolve();
		await new Promise(setImmediate);
		expect(asked.map(({everything}) => everything)).toEqual([false, true]);
		asked[1]?.answer();
		expect(await which(more)).toBe('1');
		expect(await which(lister.get(some))).toBe('1');
	});

	it('of those who know of a push wait for one that starts after them, together', async () => {
		const {lister, asked} = setUp();
		const early = lister.get(some);
		const knowing = [lister.get(fresh), lister.get({everything: true, isFresh: true}), lister.get(fresh)];
		expect(asked).toHaveLength(1);
		asked[0]?.answer();
		await early;
		await new Promise(setImmediate);
		expect(asked.map(({everything}) => everything)).toEqual([false, true]);
		asked[1]?.answer();
		expect(await Promise.all(knowing.map(which))).toEqual(['1', '1', '1']);
	});

	it('are told of a failure together, and those who come right after too', async () => {
		const {lister, asked, pass} = setUp();
		const first = lister.get(some);
		// It took half a minute to fail.
		pass(30_000);
		asked[0]?.fail();
		await expect(first).rejects.toThrow('lost');
		await expect(lister.get(some)).rejects.toThrow('lost');
		expect(asked).toHaveLength(1);
		pass(1_000);
		const next = lister.get(some);
		asked[1]?.answer();
		expect(await which(next)).toBe('1');
	});

	it('start anew once the answer is to be forgotten', async () => {
		const {lister, asked} = setUp();
		const first = lister.get(some);
		asked[0]?.answer();
		await first;
		lister.forget();
		void lister.get(some);
		expect(asked).toHaveLength(2);
	});
});

describe('the output of ls-remote', () => {
	const id = (digit: string): string => digit.repeat(40);

	it('gives HEAD, branches and tags, annotated ones by their commit', () => {
		const output = [
			`ref: refs/heads/main\tHEAD`,
			`${id('a')}\tHEAD`,
			`${id('a')}\trefs/heads/main`,
			`${id('b')}\trefs/tags/v1`,
			`${id('c')}\trefs/tags/v1^{}`,
			'',
		].join('\n');
		const {head, references} = parseRemoteReferences(output);
		expect(head).toEqual({ref: 'refs/heads/main', commit: id('a')});
		expect([...references]).toEqual([
			['refs/heads/main', id('a')],
			['refs/tags/v1', id('c')],
		]);
	});

	it.each([
		'',
		'\n\n',
		'nonsense',
		`${id('a')}\t--upload-pack=x`,
		`${id('a')}\trefs/heads/a..b`,
		`${id('a')}\trefs/heads/-x\u0000`,
		`${id('a').slice(1)}\trefs/heads/main`,
		`ref: refs/heads/main\tHEAD`,
	])('leaves out what no repository can hold: %j', output => {
		const {head, references} = parseRemoteReferences(output);
		expect(head).toBeNull();
		expect(references.size).toBe(0);
	});
});
