import {mkdirSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {chooseCommit} from '../../source/worker/change/choose.ts';
import {createSandbox} from '../git/sandbox.ts';

const sandbox = createSandbox();
const temporaryDirectory = join(sandbox.directory, 'temporary');
mkdirSync(temporaryDirectory);

describe('choosing among ways to make a commit', () => {
	const scene = async () => {
		const upstream = sandbox.upstream();
		upstream.commit({'a.yaml': 'a: 1\n'}, 'first');
		const replaces = upstream.git('rev-parse', 'HEAD:a.yaml');
		const repository = await sandbox.open(upstream.directory, {temporaryDirectory});
		return (content: string) =>
			repository.prepareChange({
				branch: 'main',
				files: [{path: 'a.yaml', content, replaces}],
				message: 'x\n',
				author: {fallback: 'ana@bastion-1'},
			});
	};

	it('takes the first with the effect, and leaves nothing of the others', async () => {
		const make = await scene();
		const chosen = await chooseCommit(['a: 2\n', 'a: 3\n', 'a: 4\n'], make, async prepared =>
			prepared.changes.diffs.join('').includes('+a: 3'),
		);
		expect(chosen?.changes.diffs[0]).toContain('+a: 3');
		expect(readdirSync(temporaryDirectory)).toHaveLength(1);
		await chosen?.discard();
		expect(await chooseCommit(['a: 2\n'], make, async () => false)).toBeNull();
		expect(
			await chooseCommit(
				['a: 2\n'],
				async () => null,
				async () => true,
			),
		).toBeNull();
		expect(readdirSync(temporaryDirectory)).toEqual([]);
	});

	it('leaves nothing behind when one cannot be looked at', async () => {
		const looked = chooseCommit(['a: 2\n'], await scene(), async () => {
			throw new Error('stopped');
		});
		await expect(looked).rejects.toThrow('stopped');
		expect(readdirSync(temporaryDirectory)).toEqual([]);
	});
});
