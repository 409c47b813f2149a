import type {Application} from '../model/application.ts';
import type {Problem} from '../model/errors.ts';
import type {Dependency} from './candidate.ts';
import {leftOut, quoted, subjectOf} from './findings.ts';
import {suggestion} from './schema/nearest.ts';

export interface DependentApplication {
	readonly application: Application;
	readonly dependencies: readonly Dependency[];
}

/**
 * Leaves out applications that depend on one that is not declared anywhere, or on themselves round about; the others go
 * on. One that depends on an application that is left out stays: its sync waits, and says for what.
 *
 * @param declared Names of every application that is declared, whether or not it could be read.
 */
export function withPossibleDependencies(
	candidates: readonly DependentApplication[],
	declared: ReadonlySet<string>,
): {applications: Application[]; problems: Problem[]} {
	const problems: Problem[] = [];
	const cycles = findCycles(candidates);
	const applications = candidates.flatMap(({application, dependencies}) => {
		const cycle = cycles.get(application.name);
		const found = dependencies.flatMap(dependency => {
			const {name} = dependency;
			if (!declared.has(name)) return unknown(application, dependency, declared);
			const isOnCycle = cycle?.[cycle.indexOf(application.name) + 1] === name;
			return cycle && isOnCycle ? circular(application, dependency, cycle) : [];
		});
		problems.push(...found);
		return found.length > 0 ? [] : application;
	});
	return {applications, problems};
}

/** A cycle for each application that is on one, beginning and ending with its smallest name: `a → b → a`. */
function findCycles(candidates: readonly DependentApplication[]): Map<string, string[]> {
	const below = new Map(
		candidates.map(({application, dependencies}) => [application.name, dependencies.map(({name}) => name)]),
	);
	const cycles = new Map<string, string[]>();
	for (const start of [...below.keys()].sort()) {
		if (cycles.has(start)) continue;
		const cycle = pathBack(start, below);
		for (const name of cycle ?? []) if (!cycles.has(name)) cycles.set(name, cycle ?? []);
	}
	return cycles;
}

/** The shortest way from a name back to it. */
function pathBack(start: string, below: ReadonlyMap<string, readonly string[]>): string[] | null {
	const cameFrom = new Map<string, string>();
	const queue = [start];
	for (const name of queue) {
		for (const next of below.get(name) ?? []) {
			if (next === start) return [...wayTo(name, start, cameFrom), start];
			if (cameFrom.has(next)) continue;
			cameFrom.set(next, name);
			queue.push(next);
		}
	}
	return null;
}

function wayTo(name: string, start: string, cameFrom: ReadonlyMap<string, string>): string[] {
	const way = [name];
	for (let at = name; at !== start; ) {
		at = cameFrom.get(at) ?? start;
		way.unshift(at);
	}
	return way;
}

function unknown({name}: Application, dependency: Dependency, declared: ReadonlySet<string>): Problem {
	return {
		code: 'DependencyNotFound',
		message: `dependsOn names ${quoted(dependency.name)}, which is not in the configuration`,
		hint: suggestion(dependency.name, [...declared]) ?? leftOut,
		file: dependency.file,
		line: dependency.line,
		object: subjectOf('Application', name),
	};
}

function circular({name}: Application, {file, line}: Dependency, cycle: readonly string[]): Problem {
	return {
		code: 'DependencyCycle',
		message: `applications depend on each other in a circle: ${cycle.join(' → ')}`,
		hint: 'Take one of these dependencies out. Those on the circle are left out until then; the others go on',
		file,
		line,
		object: subjectOf('Application', name),
	};
}
