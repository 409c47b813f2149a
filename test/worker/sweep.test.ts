import {expect, it} from 'vitest';
import {HoldfastError} from '../../source/model/errors.ts';
import {sweep} from '../../source/worker/sweep.ts';

type Parts = Parameters<typeof sweep>[0];

it('goes on with the others when one application cannot be verified, and says which it was', async () => {
	const verified: string[] = [];
	const lines: unknown[] = [];
	let dryRuns = 5;
	const controller = (name: string, problem?: HoldfastError) => ({
		application: {name},
		async verify() {
			if (problem) throw problem;
			verified.push(name);
			dryRuns += 2;
		},
	});
	const write = (fields: unknown) => lines.push(fields);
	await sweep({
		controllers: () => [
			controller('shop'),
			controller('till', new HoldfastError({code: 'Timeout', message: 'the API server did not answer'})),
			controller('bank'),
		],
		dryRuns: () => dryRuns,
		log: {info: write, warn: write},
	} as unknown as Parts);
	expect(verified).toEqual(['shop', 'bank']);
	expect(lines).toEqual([
		{application: 'till', problem: {code: 'Timeout', message: 'the API server did not answer'}},
		{dryRuns: 4, failed: 1},
	]);
});
