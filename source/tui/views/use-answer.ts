import {useEffect, useState} from 'react';
import {toProblem} from '../../model/errors.ts';
import type {ProtocolClient} from '../../protocol/client.ts';
import {type Fetched, nothingFetched} from '../data/state.ts';
import {useMonitor} from '../monitor-context.ts';
import {useStore} from '../store/use-store.ts';

/**
 * One answer of the worker for as long as a view is open. Asked again when `key` changes or the worker is back; what was
 * there stays until the new one comes, and an answer that comes too late is dropped.
 */
export function useAnswer<Value>(
	key: string,
	ask: (client: ProtocolClient, signal: AbortSignal) => Promise<Value>,
): Fetched<Value> {
	const {client, data} = useMonitor();
	const isLive = useStore(data, ({link}) => link.type === 'live');
	const [answer, setAnswer] = useState<Fetched<Value> & {readonly key: string}>({...nothingFetched, key});
	// biome-ignore lint/correctness/useExhaustiveDependencies: the key names the question; the function is new every time
	useEffect(() => {
		const current = client();
		if (!current) return;
		const ending = new AbortController();
		setAnswer(before =>
			before.key === key ? {...before, isLoading: true} : {...nothingFetched, key, isLoading: true},
		);
		ask(current, ending.signal).then(
			value => {
				if (!ending.signal.aborted) setAnswer({key, value, at: Date.now(), isLoading: false, problem: null});
			},
			error => {
				if (!ending.signal.aborted) {
					setAnswer(before => ({...before, isLoading: false, problem: toProblem(error)}));
				}
			},
		);
		return () => ending.abort();
	}, [key, isLive, client]);
	return answer.key === key ? answer : nothingFetched;
}
