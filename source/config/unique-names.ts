import type {Application} from '../model/application.ts';
import type {Problem} from '../model/errors.ts';
import type {ArgoProject} from './argo-cd/project.ts';
import {leftOut, quoted, subjectOf} from './findings.ts';

interface Declared {
	readonly name: string;
	readonly file: string;
	readonly line: number;
}

/**
 * Keeps the applications whose name nobody else has. Of several with one name none is taken: whichever came first would
 * otherwise inherit the other's inventory and prune its objects.
 */
export function applicationsWithOwnName(applications: readonly Application[]): {
	applications: Application[];
	problems: Problem[];
} {
	const declared = applications.map(({name, declaredAt}) => ({name, file: declaredAt.file, line: declaredAt.line}));
	const byName = grouped(declared);
	const problems = declared.flatMap(each => {
		const others = (byName.get(each.name) ?? []).filter(other => other !== each);
		return others.length > 0 ? [duplicate('Application', 'application', each, others)] : [];
	});
	return {applications: applications.filter(({name}) => byName.get(name)?.length === 1), problems};
}

/** Projects by name; of several with one name none can be used, and each place is named. */
export function projectsByName(projects: readonly ArgoProject[]): Map<string, ArgoProject> {
	const found = new Map<string, ArgoProject>();
	for (const [name, same] of grouped(projects)) {
		const [first] = same;
		if (!first) continue;
		if (same.length === 1) found.set(name, first);
		else {
			const {spec: _spec, ...place} = first;
			const problems = same.map(each =>
				duplicate(
					'AppProject',
					'project',
					each,
					same.filter(other => other !== each),
				),
			);
			found.set(name, {...place, problems: [...same.flatMap(each => each.problems), ...problems]});
		}
	}
	return found;
}

function grouped<Item extends Declared>(items: readonly Item[]): Map<string, Item[]> {
	const groups = new Map<string, Item[]>();
	for (const item of items) {
		const group = groups.get(item.name);
		if (group) group.push(item);
		else groups.set(item.name, [item]);
	}
	return groups;
}

function duplicate(kind: string, noun: string, {name, file, line}: Declared, others: readonly Declared[]): Problem {
	const places = others.slice(0, 5).map(other => `${other.file}:${other.line}`);
	return {
		code: 'DuplicateName',
		message: `the ${noun} ${quoted(name)} is also declared at ${places.join(', ')}`,
		hint:
			kind === 'Application'
				? `Give each a name of its own. ${leftOut}`
				: 'Its applications are left out until this is fixed',
		file,
		line,
		object: subjectOf(kind, name),
	};
}
