import {stdout} from 'node:process';
import {describe, expect, test} from 'vitest';
import type {ApiFailure} from '../../../demo/control-plane/types.ts';
import type {KubernetesObject} from '../../../source/model/object.ts';
import {type Exchange, readExchanges, recordedVersions} from './recordings.ts';
import {compareObjects, differences} from './replay/compare.ts';
import {isWordedOtherwise, reasonToDiffer, reasonToSkip} from './replay/out-of-scope.ts';
import {type Answer, simulate} from './replay/simulate.ts';
import {RecordedState, subresourceOf} from './replay/state.ts';

/** How many writes agree. These numbers may only rise. */
const agreed: Readonly<Record<string, number>> = {'v1.33': 207, 'v1.36': 208};

/** Every recorded write of a version, answered by merge and schema from the state that was recorded before it. */
function replay(version: string): {all: number; agreeing: number; failures: string[]; excused: string[]} {
	const state = new RecordedState();
	const result = {all: 0, agreeing: 0, failures: [] as string[], excused: [] as string[]};
	let scaled: {readonly path: string; readonly object: KubernetesObject} | null = null;
	const count = (exchange: Exchange, found: readonly string[]): void => {
		result.all++;
		const name = `${exchange.case}/${exchange.step}`;
		const reason = reasonToDiffer(exchange.case, exchange.step);
		if (found.length === 0) result.agreeing++;
		else if (reason) result.excused.push(`${name}: ${reason}`);
		else result.failures.push(`${name}: ${found.join('; ')}`);
	};
	for (const exchange of readExchanges(version)) {
		const {request, response} = exchange;
		const isWrite = ['PATCH', 'PUT', 'POST'].includes(request.method);
		if (isWrite && reasonToSkip(exchange.case, exchange.step) === undefined) {
			const answer = simulate(exchange, state);
			if (answer && subresourceOf(request.path) === 'scale') {
				scaled = {path: request.path.replace(/\/scale$/, ''), object: answer.body as KubernetesObject};
			} else if (answer)
				count(
					exchange,
					isWordedOtherwise(version, exchange.case, exchange.step)
						? otherWords(answer, exchange)
						: differences(answer, exchange),
				);
			else count(exchange, ['no answer']);
		} else if (scaled?.path === request.path && request.method === 'GET') {
			count(exchange, compareObjects(scaled.object, response.body as KubernetesObject));
			scaled = null;
		}
		state.see(exchange);
	}
	return result;
}

/** Compares failures by all but their words. */
function otherWords({code, body}: Answer, {response}: Exchange): string[] {
	const wordless = (failure: ApiFailure) => ({
		reason: failure.reason,
		causes: failure.details?.causes?.map(({reason, field}) => ({reason, field})),
	});
	expect(wordless(body as ApiFailure)).toEqual(wordless(response.body as ApiFailure));
	return code === response.code ? [] : [`code: ${code}, ${response.code}`];
}

describe.each(recordedVersions())('writes recorded from %s', version => {
	test('are answered as the real server answered them', () => {
		const {all, agreeing, failures, excused} = replay(version);
		const share = `${version}: ${agreeing} of ${all} recorded writes agree; left out by name: ${excused.join(', ')}`;
		stdout.write(`${share}\n`);
		expect(failures).toEqual([]);
		expect(agreeing).toBeGreaterThanOrEqual(agreed[version] ?? 0);
	});
});
