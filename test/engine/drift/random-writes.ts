import type {Random} from './random.ts';
import {apply, pass, type Server, update, writeStatus} from './ssa-model.ts';

type Values = Record<string, unknown>;

export const editors = ['kubectl-edit', 'kubectl-patch', 'some-operator'];
export const appliers = ['argocd-controller', 'kubectl'];

const names = ['a', 'b', 'c'];

/** A configuration such as Git or another applier could hold. */
export function randomConfig(random: Random): Values {
	const text = () => `${random.below(3)}`;
	const map = (keys: readonly string[]) => Object.fromEntries(random.some(keys).map(key => [key, text()]));
	const filled = (name: string, value: unknown) =>
		typeof value === 'object' && value !== null && Object.keys(value).length === 0 ? {} : {[name]: value};
	const containers = random.some(names).map(name => ({
		name,
		...(random.chance(0.8) ? {image: `image:${text()}`} : {}),
		...filled(
			'env',
			random.some(['A', 'B']).map(variable => ({name: variable, value: text()})),
		),
		...filled('limits', map(['cpu', 'memory'])),
	}));
	return {
		metadata: {...filled('labels', map(['app', 'tier', 'example.com/x'])), ...filled('annotations', map(['note']))},
		spec: {
			...(random.chance(0.5) ? {replicas: random.below(3)} : {}),
			...filled('args', random.some(['-a', '-b', '-c'])),
			...filled('selector', map(['app', 'tier'])),
			...filled('tags', random.some(['x', 'y'])),
			...filled('options', map(['o1', 'o2'])),
			...filled('containers', containers),
		},
	};
}

/** One thing that an editor does: sets, changes or removes something somewhere. */
export function randomEdit(random: Random): (object: Values) => Values {
	const donor = randomConfig(random) as {metadata: Values; spec: Values};
	const kind = random.below(4);
	return object => {
		const target = object as {metadata: Values; spec: Values};
		const side = random.chance(0.3) ? 'metadata' : 'spec';
		const part = target[side];
		const [from] = [donor[side]];
		const field = random.pick(side === 'metadata' ? ['labels', 'annotations'] : specFields);
		if (kind === 0) {
			delete part[field];
		} else if (kind === 1) {
			if (from[field] !== undefined) part[field] = from[field];
		} else {
			part[field] = blend(random, part[field], from[field]);
		}
		return object;
	};
}

const specFields = ['replicas', 'args', 'selector', 'tags', 'options', 'containers', 'containers', 'containers'];

/** Goes down one level and takes over, removes or adds single entries. */
function blend(random: Random, mine: unknown, theirs: unknown): unknown {
	if (mine === undefined || theirs === undefined) return mine ?? theirs;
	if (Array.isArray(mine) && Array.isArray(theirs)) {
		if (mine.every(item => typeof item === 'object') && theirs.every(item => typeof item === 'object')) {
			const items = (mine as Values[]).filter(() => random.chance(0.85));
			for (const item of theirs as Values[]) {
				const index = items.findIndex(other => other.name === item.name);
				if (index < 0) {
					if (random.chance(0.4)) items.push(item);
				} else if (random.chance(0.5)) items[index] = blend(random, items[index], item) as Values;
			}
			return items;
		}
		return theirs;
	}
	if (typeof mine === 'object' && typeof theirs === 'object' && mine !== null && theirs !== null) {
		const result: Values = {...(mine as Values)};
		for (const [key, value] of Object.entries(theirs)) {
			if (key === 'name') continue;
			const roll = random.below(4);
			if (roll === 0) delete result[key];
			else if (roll === 1) result[key] = value;
			else if (roll === 2) result[key] = blend(random, result[key], value);
		}
		return result;
	}
	return theirs;
}

/** Somebody else writes; time may stand still within the second. */
export function randomForeignWrite(server: Server, random: Random): Server {
	const later = pass(server, random.pick([0, 1, 1, 7]));
	switch (random.below(5)) {
		case 0:
			return writeStatus(later, 'kube-controller-manager');
		case 1:
			return apply(later, random.pick(appliers), randomConfig(random));
		default:
			return update(later, random.pick(editors), randomEdit(random));
	}
}
