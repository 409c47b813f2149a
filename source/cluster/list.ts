/** Lists in pages, so that neither side ever holds more than one of them. */
import type {KubernetesObject} from '../model/object.ts';
import type {ResourceKind} from '../model/ports/cluster/kind.ts';
import type {ListOptions, ListResult} from '../model/ports/cluster/read.ts';
import {ApiError} from './api-error.ts';
import {asMap, textOf} from './kubeconfig-files.ts';
import {collectionPath, query} from './paths.ts';
import type {Requester} from './requester.ts';
import type {Timing} from './timing.ts';
import {toObject, type Views} from './views.ts';

export interface Lister {
	/**
	 * `limit` is the size of a page, 500 by default. With onPage, items go there and are not collected; a list that expires
	 * half-way goes on with what is there now (its pages are not all of one moment). Without, it starts again.
	 */
	list(kind: ResourceKind, options: ListOptions): Promise<ListResult>;
}

type Selection = Pick<ListOptions, 'view' | 'namespace' | 'labelSelector' | 'signal'>;

interface Page {
	readonly items: KubernetesObject[];
	readonly resourceVersion: string;
	/** Empty after the last page. */
	readonly next: string;
}

const pageSize = 500;

export function createLister(requester: Requester, views: Views, timing: Timing): Lister {
	const page = async (kind: ResourceKind, selection: Selection, limit: number, token: string): Promise<Page> => {
		const {view, namespace = '', labelSelector, signal} = selection;
		const path = collectionPath(kind, namespace);
		const parameters = query({labelSelector, limit: limit > 0 ? String(limit) : undefined, continue: token});
		const request = (): Promise<Record<string, unknown>> =>
			requester.json({
				method: 'GET',
				path: path + parameters,
				accept: views.accept(kind, view, true),
				timeoutMilliseconds: timing.listMilliseconds,
				subject: {verb: 'list', group: kind.group, kind: kind.kind, resource: kind.resource, namespace, name: ''},
				safety: 'repeatable',
				counts: 'reads',
				...(signal ? {signal} : {}),
			});
		const document = await request().catch((error: unknown) => {
			if (error instanceof ApiError && error.status === 406 && views.giveUp(kind, view)) return request();
			throw error;
		});
		const metadata = asMap(document.metadata);
		const items = Array.isArray(document.items) ? document.items : [];
		return {
			items: items.map(item => toObject(item, kind, view)),
			resourceVersion: textOf(metadata.resourceVersion),
			next: textOf(metadata.continue),
		};
	};

	/** Hands every page over; resolves with the version of the last one. */
	const stream = async (
		kind: ResourceKind,
		selection: Selection,
		limit: number,
		onPage: (items: KubernetesObject[]) => void,
	): Promise<string> => {
		let token = '';
		for (;;) {
			let found: Page;
			try {
				found = await page(kind, selection, limit, token);
			} catch (error) {
				const isExpired = error instanceof ApiError && error.status === 410;
				if (!isExpired || token === '' || !error.continueToken) throw error;
				token = error.continueToken;
				continue;
			}
			onPage(found.items);
			if (!found.next) return found.resourceVersion;
			token = found.next;
		}
	};

	/** All of one moment: when a page expires everything is asked again, the second time in one piece. */
	const collect = async (kind: ResourceKind, selection: Selection, limit: number): Promise<ListResult> => {
		const items: KubernetesObject[] = [];
		let token = '';
		for (;;) {
			let found: Page;
			try {
				found = await page(kind, selection, limit, token);
			} catch (error) {
				if (!(error instanceof ApiError) || error.status !== 410 || token === '') throw error;
				return page(kind, selection, 0, '');
			}
			for (const item of found.items) items.push(item);
			if (!found.next) return {items, resourceVersion: found.resourceVersion};
			token = found.next;
		}
	};

	return {
		async list(kind, options) {
			const limit = options.limit ?? pageSize;
			const {onPage} = options;
			if (!onPage) return collect(kind, options, limit);
			return {items: [], resourceVersion: await stream(kind, options, limit, onPage)};
		},
	};
}
