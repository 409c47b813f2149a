import {describe, expect, it} from 'vitest';
import {HoldfastError} from '../../source/model/errors.ts';
import {replaceCluster} from '../../source/worker/cluster-replacement.ts';

const session = {cluster: {context: 'production'}};
const other = {cluster: {context: 'staging'}};

/** Two applications where the cluster was replaced and one elsewhere; each step named in `failing` fails that often. */
function createWorld(failing: Readonly<Record<string, number>>) {
	const steps: string[] = [];
	const left = new Map(Object.entries(failing));
	const stopping = new AbortController();
	const controllers = new Map(
		Object.entries({shop: session, till: session, bank: other}).map(([name, home]) => [
			name,
			{session: home, application: {name}},
		]),
	);
	const step = async (name: string): Promise<void> => {
		steps.push(name);
		const count = left.get(name) ?? 0;
		left.set(name, count - 1);
		if (count > 0) throw new HoldfastError({code: 'Failed', message: name});
	};
	const options = {
		applications: {
			get controllers() {
				return [...controllers.values()];
			},
			has: (name: string) => controllers.has(name),
			async remove(name: string) {
				controllers.delete(name);
				await step(`remove ${name}`);
			},
			async add(application: {name: string}) {
				await step(`add ${application.name}`);
				controllers.set(application.name, {session: {cluster: {context: 'anew'}}, application});
			},
		},
		discard: () => step('discard'),
		log: {error: ({problem}: {problem: {message: string}}) => steps.push(`logged ${problem.message}`)},
		signal: stopping.signal,
		firstMilliseconds: 1,
	};
	const replace = () => replaceCluster(session, options as unknown as Parameters<typeof replaceCluster>[1]);
	return {steps, stopping, replace, contexts: () => [...controllers.values()].map(at => at.session.cluster.context)};
}

describe('replacing a cluster', () => {
	it('sets up anew what lives there, and nothing else', async () => {
		const {steps, replace, contexts} = createWorld({});
		await replace();
		expect(steps).toEqual(['remove shop', 'remove till', 'discard', 'add shop', 'add till']);
		expect(contexts()).toEqual(['staging', 'anew', 'anew']);
	});

	it.each(['remove shop', 'discard', 'add shop'])('is logged and tried again when it fails to %s', async failing => {
		const {steps, replace, contexts} = createWorld({[failing]: 2});
		await replace();
		expect(steps.filter(step => step.startsWith('logged'))).not.toEqual([]);
		expect(contexts().sort()).toEqual(['anew', 'anew', 'staging']);
		// None of them twice: two would undo each other for ever.
		expect(steps.filter(step => step === 'add till')).toHaveLength(1);
	});

	it('ends with the worker', async () => {
		const {steps, stopping, replace} = createWorld({discard: Number.POSITIVE_INFINITY});
		setTimeout(() => stopping.abort(), 20);
		await replace();
		expect(steps).not.toContain('add shop');
	});
});
