/** What the API server serves, asked once and again when something is missing. */
import type {ResourceKind} from '../model/ports/cluster/kind.ts';
import {
	readAggregated,
	readCoreVersions,
	readGroupVersions,
	readResourceList,
	type ServedGroup,
	type ServedKind,
} from './discovery-documents.ts';
import {buildIndex, type DiscoveryIndex} from './discovery-index.ts';
import {parseAnswer, type Requester} from './requester.ts';
import {nothing} from './subject.ts';
import type {Timing} from './timing.ts';

export interface Discovery {
	/** From what is known, without asking; undefined when that needs a question. */
	peek(group: string, kind: string, version?: string): ResourceKind | undefined;
	kind(group: string, kind: string, version?: string): Promise<ResourceKind | null>;
	kinds(): Promise<readonly ResourceKind[]>;
	staleGroups(): readonly string[];
	invalidate(): void;
	/** A kind that was listed is not served: the same as invalidate, at most once a second. */
	doubt(): void;
}

const aggregated = ['v2', 'v2beta1']
	.map(version => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
	.join(',');
const accept = `${aggregated},application/json`;

export function createDiscovery(requester: Requester, timing: Timing): Discovery {
	const documents = createDocumentReader(requester, timing);
	let index: DiscoveryIndex | null = null;
	let isFresh = false;
	let askedAt = Number.NEGATIVE_INFINITY;
	let pending: Promise<DiscoveryIndex> | null = null;
	let questions = 0;
	let answered = 0;

	/** Shared by all who wait. What is invalidated while it runs stays invalid. */
	const refresh = (): Promise<DiscoveryIndex> => {
		if (pending) return pending;
		const number = ++questions;
		askedAt = performance.now();
		isFresh = true;
		const asked = readGroups(documents)
			.then(groups => {
				const built = buildIndex(groups, index);
				// A newer question may have overtaken this one.
				if (number > answered) {
					answered = number;
					index = built;
				}
				return built;
			})
			.catch((error: unknown) => {
				isFresh = false;
				throw error;
			})
			.finally(() => {
				if (pending === asked) pending = null;
			});
		pending = asked;
		return asked;
	};

	const peek = (group: string, kind: string, version?: string): ResourceKind | undefined =>
		isFresh ? (index?.find(group, kind, version) ?? undefined) : undefined;

	const invalidate = (): void => {
		isFresh = false;
		pending = null;
	};

	return {
		peek,
		invalidate,
		doubt() {
			if (performance.now() - askedAt >= timing.discoveryPauseMilliseconds) invalidate();
		},
		async kind(group, kind, version) {
			const known = peek(group, kind, version);
			if (known) return known;
			const mayAsk = !isFresh || !index || performance.now() - askedAt >= timing.discoveryPauseMilliseconds;
			if (!mayAsk && !pending) return null;
			try {
				return (await refresh()).find(group, kind, version);
			} catch (error) {
				// What was served a moment ago is better than nothing while the API server does not answer.
				const last = index?.find(group, kind, version);
				if (last) return last;
				throw error;
			}
		},
		async kinds() {
			return (isFresh && index && !pending ? index : await refresh()).kinds;
		},
		staleGroups: () => index?.staleGroups ?? [],
	};
}

interface DocumentReader {
	read(path: string): Promise<Record<string, unknown>>;
}

/** Documents with an ETag are kept, so that an unchanged one costs the server an empty answer. */
function createDocumentReader(requester: Requester, timing: Timing): DocumentReader {
	const kept = new Map<string, {etag: string; document: Record<string, unknown>}>();
	return {
		async read(path) {
			const last = kept.get(path);
			const answer = await requester.send({
				method: 'GET',
				path,
				accept,
				timeoutMilliseconds: timing.listMilliseconds,
				subject: nothing,
				safety: 'repeatable',
				counts: 'reads',
				...(last ? {etag: last.etag} : {}),
			});
			if (answer.status === 304 && last) return last.document;
			const document = parseAnswer(answer.text, answer.contentType);
			if (answer.etag) kept.set(path, {etag: answer.etag, document});
			return document;
		},
	};
}

async function readGroups(documents: DocumentReader): Promise<ServedGroup[]> {
	const [core, groups] = await Promise.all([documents.read('/api'), documents.read('/apis')]);
	const aggregatedCore = readAggregated(core);
	const aggregatedGroups = readAggregated(groups);
	return [
		...(aggregatedCore ?? (await readLegacy(documents, readCoreVersions(core)))),
		...(aggregatedGroups ?? (await readLegacy(documents, readGroupVersions(groups)))),
	];
}

/** Before Kubernetes 1.26, and behind some proxies: one document a version. One that fails makes its group stale. */
async function readLegacy(
	documents: DocumentReader,
	places: readonly {group: string; version: string}[],
): Promise<ServedGroup[]> {
	const answers = await Promise.allSettled(
		places.map(({group, version}) => documents.read(group ? `/apis/${group}/${version}` : `/api/${version}`)),
	);
	const groups = new Map<string, {kinds: ServedKind[]; isStale: boolean}>();
	answers.forEach((answer, position) => {
		const place = places[position]!;
		const group = groups.get(place.group) ?? {kinds: [], isStale: false};
		if (answer.status === 'fulfilled') group.kinds.push(...readResourceList(place, answer.value));
		else group.isStale = true;
		groups.set(place.group, group);
	});
	const failures = answers.filter(answer => answer.status === 'rejected');
	if (failures.length === answers.length && failures[0]) throw failures[0].reason;
	return [...groups].map(([group, found]) => ({group, ...found}));
}
