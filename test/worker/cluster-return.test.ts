import {expect, it} from 'vitest';
import {HoldfastError} from '../../source/model/errors.ts';
import {welcomeBack} from '../../source/worker/cluster-return.ts';

/** A cluster that answers who it is with these, one after the other; null: it cannot be read just then. */
async function comeBack(
	answers: readonly (string | null)[],
	isAwayAfter = Number.POSITIVE_INFINITY,
): Promise<string[]> {
	const heard: string[] = [];
	const away = new AbortController();
	let asked = 0;
	const session = {
		identity: async () => ({uid: 'former', version: 'v1.36.3'}),
		cluster: {
			context: 'production',
			async identity() {
				const uid = answers[asked++];
				if (asked >= isAwayAfter) away.abort();
				if (uid) return {uid, version: 'v1.36.3'};
				throw new HoldfastError({code: 'Timeout', message: 'no answer'});
			},
		},
	} as unknown as Parameters<typeof welcomeBack>[0];
	await welcomeBack(session, {
		log: {warn: (fields: {problem?: {code: string}}) => heard.push(fields.problem?.code ?? 'another cluster')} as never,
		onBack: () => heard.push('back'),
		onReplaced: () => heard.push('replaced'),
		signal: away.signal,
		firstMilliseconds: 1,
	});
	return heard;
}

it.each([
	['the same cluster is welcome', ['former'], ['back']],
	['another one replaces it', ['other'], ['another cluster', 'replaced']],
	['who cannot be asked is asked again: it is the same', [null, null, 'former'], ['Timeout', 'Timeout', 'back']],
	['who cannot be asked is asked again: it is another', [null, 'other'], ['Timeout', 'another cluster', 'replaced']],
])('%s', async (_name, answers, heard) => {
	expect(await comeBack(answers)).toEqual(heard);
});

it('asks no more once the cluster is away again: its next return asks anew', async () => {
	expect(await comeBack([null, null, 'former'], 2)).toEqual(['Timeout', 'Timeout']);
	expect(await comeBack(['former'], 1)).toEqual([]);
});
