/** Compares our clock with the API server's: times in managedFields are its, times in our journal are ours. */
import {HoldfastError} from '../model/errors.ts';
import type {Requester} from './requester.ts';
import {nothing} from './subject.ts';
import type {Timing} from './timing.ts';

/** An HTTP date is cut to the second: on average it is half a second old. */
const averageCutMilliseconds = 500;

/** Milliseconds by which our clock is ahead; right to half a second and half the way. Rejects when there is no date. */
export async function measureClockSkew(requester: Requester, timing: Timing): Promise<number> {
	const {date, sentAt} = await requester.send({
		method: 'GET',
		path: '/version',
		accept: 'application/json',
		timeoutMilliseconds: timing.readMilliseconds,
		subject: nothing,
		safety: 'repeatable',
		counts: 'reads',
	});
	const theirs = Date.parse(date);
	if (Number.isNaN(theirs)) {
		throw new HoldfastError({code: 'UnexpectedAnswer', message: 'the API server does not say what time it has'});
	}
	return Math.round((sentAt + Date.now()) / 2 - theirs - averageCutMilliseconds);
}
