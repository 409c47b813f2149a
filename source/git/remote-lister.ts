import type {RemoteReferences} from './remote-references.ts';

/** Answers many questions about one remote with few `ls-remote`. */
export interface RemoteLister {
	/**
	 * `everything`: with HEAD and all references. `isFresh`: only an answer that was asked for after this call will do,
	 * because the caller knows of a push. Others share what is under way, or what was answered a moment ago.
	 */
	get(options: {everything: boolean; isFresh: boolean}): Promise<RemoteReferences>;
	/** Makes the next question ask again. */
	forget(): void;
}

interface Call {
	readonly everything: boolean;
	readonly answer: Promise<RemoteReferences>;
	/** Until when it serves others; undefined while it is under way. */
	servesUntil: number | undefined;
}

export function createRemoteLister(options: {
	list: (everything: boolean) => Promise<RemoteReferences>;
	freshMilliseconds: number;
	now: () => number;
}): RemoteLister {
	let last: Call | undefined;
	let queued: {everything: boolean; answer: Promise<RemoteReferences>} | undefined;

	const start = (everything: boolean): Promise<RemoteReferences> => {
		const answer = options.list(everything);
		const call: Call = {everything, answer, servesUntil: undefined};
		const startedAt = options.now();
		last = call;
		answer.then(
			() => {
				call.servesUntil = startedAt + options.freshMilliseconds;
			},
			() => {
				// Counted from the end: when a server is silent for half a minute, a thousand applications must not ask in turn.
				call.servesUntil = options.now() + options.freshMilliseconds;
			},
		);
		return answer;
	};

	/** One call after the present one, for everybody who asks meanwhile. */
	const startNext = (everything: boolean, present: Promise<unknown>): Promise<RemoteReferences> => {
		if (queued) {
			queued.everything ||= everything;
			return queued.answer;
		}
		const answer = present
			.then(
				() => {},
				() => {},
			)
			.then(() => {
				const wanted = queued?.everything ?? everything;
				queued = undefined;
				return start(wanted);
			});
		queued = {everything, answer};
		return answer;
	};

	return {
		get({everything, isFresh}) {
			if (!last) return start(everything);
			const isEnough = !isFresh && (last.everything || !everything);
			if (last.servesUntil === undefined) return isEnough ? last.answer : startNext(everything, last.answer);
			return isEnough && options.now() < last.servesUntil ? last.answer : start(everything);
		},
		forget() {
			if (last?.servesUntil !== undefined) last = undefined;
		},
	};
}
