import {describe, expect, test} from 'vitest';
import {ApiError} from '../../source/cluster/api-error.ts';
import {NetworkFailure} from '../../source/cluster/network-failures.ts';
import {HoldfastError, toProblem} from '../../source/model/errors.ts';

const problem = {code: 'NameTaken', message: 'shop is taken', hint: 'choose another name'};

/** As a second bundle holds it: the same shape under the same name, made by another class. */
class Foreign extends Error {
	override name = 'HoldfastError';
	readonly problem = problem;
}

describe('a problem keeps its code, whatever class carried it', () => {
	test.each<[what: string, error: unknown, code: string]>([
		['an error of ours', new HoldfastError(problem), 'NameTaken'],
		['one of another bundle', new Foreign('shop is taken'), 'NameTaken'],
		['an answer of the API server', Object.create(ApiError.prototype, {problem: {value: problem}}), 'NameTaken'],
		['a dropped connection', Object.create(NetworkFailure.prototype, {problem: {value: problem}}), 'NameTaken'],
		['a mistake of ours', new TypeError('x is undefined'), 'Internal'],
		['something that is no error', 'text', 'Internal'],
	])('%s', (_, error, code) => {
		expect(toProblem(error)).toMatchObject({code});
	});
});
