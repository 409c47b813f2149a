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
	[/^127\.0\.0\.1:\d+$/g, '<address>'],
];

/** A body without what differs between any two runs. Nothing is taken away: each value becomes the name of its kind. */
export function normalise(value: unknown, key = ''): unknown {
	if (Array.isArray(value)) {
		const items = key === 'managedFields' ? inOneOrder(value) : value;
		return items.map(item => normalise(item, key === 'cells' ? 'cell' : ''));
	}
	if (typeof value === 'object' && value !== null) {
		const map = value as Record<string, unknown>;
		const isGenerated = typeof map.generateName === 'string';
		return Object.fromEntries(
			Object.entries(map)
				.filter(([name, child]) => !isNullTime(name, child))
				.map(([name, child]) => [
					replaced(name),
					name === 'name' && isGenerated ? '<generated>' : normalise(child, name),
				]),
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
	return key === 'cell' && /^(\d+[smhd])+$/.test(value) ? '<age>' : replaced(value);
}

function replaced(value: string): string {
	return patterns.reduce((text, [pattern, name]) => text.replace(pattern, name), value);
}

interface Entry {
	readonly operation?: string;
	readonly manager?: string;
	readonly apiVersion?: string;
	readonly subresource?: string;
}

/** Entries stand in the order of their times, in whole seconds, which depends on when a second was over. */
function inOneOrder(entries: readonly unknown[]): unknown[] {
	const keyOf = (entry: unknown): string => {
		const {operation, manager, apiVersion, subresource} = entry as Entry;
		return [operation, manager, apiVersion, subresource].join(' ');
	};
	return [...entries].sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}

const controllers: ReadonlySet<string> = new Set(['kube-controller-manager', 'fakelet']);

/** A body without what controllers write into objects, which is when they happen to: status, revision, their entries. */
export function withoutControllers(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutControllers);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).flatMap(([key, child]) => {
			if (key === 'status' || key === 'deployment.kubernetes.io/revision') return [];
			if (key === 'managedFields') {
				return [[key, (child as Entry[]).filter(({manager}) => !controllers.has(manager ?? ''))]];
			}
			const rest = withoutControllers(child);
			return key === 'annotations' && Object.keys(rest as object).length === 0 ? [] : [[key, rest]];
		}),
	);
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
