import {parseToken} from './mapping.ts';

/** What differs between any two runs, as patterns in texts. */
const patterns: readonly (readonly [RegExp, string])[] = [
	[/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uid>'],
	[/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>'],
	[/\bkube-api-access-[a-z0-9]{5}\b/g, 'kube-api-access-<suffix>'],
	[/\b10\.96\.\d+\.\d+\b/g, '<cluster ip>'],
	[/(too old resource version: )\d+ \(\d+\)/g, '$1<version>'],
	[/(Too large resource version: \d+, current: )\d+/g, '$1<version>'],
	[/\\"resourceVersion\\":\\"\d+\\"/g, '\\"resourceVersion\\":\\"<version>\\"'],
	[/^(\d+[smhd])+$/g, '<age>'],
	[/^127\.0\.0\.1:\d+$/g, '<address>'],
];

/** A body without what differs between any two runs. Nothing is taken away: each value becomes the name of its kind. */
export function normalise(value: unknown, key = ''): unknown {
	if (Array.isArray(value)) return value.map(item => normalise(item));
	if (typeof value === 'object' && value !== null) {
		const map = value as Record<string, unknown>;
		const isGenerated = typeof map.generateName === 'string';
		return Object.fromEntries(
			Object.entries(map)
				.filter(([name, child]) => !isNullTime(name, child))
				.map(([name, child]) => [name, name === 'name' && isGenerated ? '<generated>' : normalise(child, name)]),
		);
	}
	if (typeof value !== 'string') return value;
	if (key === 'resourceVersion') return '<version>';
	// Column descriptions are prose of Kubernetes' documentation, which is left out on purpose.
	if (key === 'description') return '';
	if (key === 'continue') {
		const token = parseToken(value);
		return token ? {...token, rv: token.rv < 0 ? -1 : '<version>'} : value;
	}
	return patterns.reduce((text, [pattern, name]) => text.replace(pattern, name), value);
}

/** Servers before 1.34 write the creation times of templates, which have none, as null. */
const isNullTime = (name: string, value: unknown): boolean => name === 'creationTimestamp' && value === null;

/** Paths at which two normalised bodies differ, with both values. */
export function differences(recorded: unknown, ours: unknown, path = ''): string[] {
	if (Object.is(recorded, ours)) return [];
	const areMaps = [recorded, ours].every(value => typeof value === 'object' && value !== null);
	if (!areMaps || Array.isArray(recorded) !== Array.isArray(ours)) {
		return [`${path || '.'}: recorded ${show(recorded)}, ours ${show(ours)}`];
	}
	const left = recorded as Record<string, unknown>;
	const right = ours as Record<string, unknown>;
	const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
	return [...keys].flatMap(key => differences(left[key], right[key], `${path}.${key}`));
}

function show(value: unknown): string {
	const text = JSON.stringify(value) ?? 'nothing';
	return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
