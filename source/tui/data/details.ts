import {toProblem} from '../../model/errors.ts';
import type {ProtocolClient} from '../../protocol/client.ts';
import {type ApplicationDetails, type DetailName, detailsOf, type Fetched} from './state.ts';

const logLimit = 100;
const workerLogLimit = 500;

type Inspecting = Pick<ProtocolClient, 'tree' | 'log' | 'events' | 'workerLog'>;

/** How each detail is asked for. */
const requests: {
	readonly [Name in DetailName]: (
		client: Inspecting,
		application: string,
	) => Promise<NonNullable<ApplicationDetails[Name]['value']>>;
} = {
	tree: (client, application) => client.tree({application}),
	log: (client, application) => client.log({application, limit: logLimit}),
	events: (client, application) => client.events({application}),
	workerLog: (client, application) => client.workerLog({application, limit: workerLogLimit}),
};

export interface DetailFetcher {
	/** Turns to another application; null: to none. Answers about the former one are dropped when they come. */
	select(application: string | null): void;
	/** Asks again; while an answer is on its way, asking is noted and done once after it. */
	fetch(name: DetailName): void;
	/** Everything of this application that was ever asked for is asked for again. */
	refresh(): void;
}

/**
 * Keeps the details of one application. Every answer carries the selection that it was asked for: one that comes late is
 * never shown under another name.
 */
export function createDetailFetcher(options: {
	readonly client: () => Inspecting | null;
	readonly now: () => number;
	readonly current: () => ApplicationDetails | null;
	readonly update: (details: ApplicationDetails | null) => void;
}): DetailFetcher {
	let epoch = 0;
	const running = new Set<DetailName>();
	const again = new Set<DetailName>();

	const change = <Name extends DetailName>(name: Name, part: Partial<Fetched<unknown>>): void => {
		const details = options.current();
		if (details) options.update({...details, [name]: {...details[name], ...part}});
	};

	const run = async (name: DetailName): Promise<void> => {
		const client = options.client();
		const details = options.current();
		if (!client || !details) return;
		const asked = epoch;
		running.add(name);
		change(name, {isLoading: true});
		try {
			const value = await requests[name](client, details.application);
			if (asked === epoch) change(name, {value, at: options.now(), isLoading: false, problem: null});
		} catch (error) {
			if (asked === epoch) change(name, {isLoading: false, problem: toProblem(error)});
		}
		if (asked !== epoch) return;
		running.delete(name);
		if (again.delete(name)) void run(name);
	};

	const fetch = (name: DetailName): void => {
		if (running.has(name)) again.add(name);
		else void run(name);
	};

	return {
		select(application) {
			if (options.current()?.application === application) return;
			epoch++;
			running.clear();
			again.clear();
			options.update(application === null ? null : detailsOf(application));
		},
		fetch,
		refresh() {
			const details = options.current();
			if (!details) return;
			for (const name of Object.keys(requests) as DetailName[]) {
				if (details[name].at !== null || details[name].problem) fetch(name);
			}
		},
	};
}
