import type {KubernetesObject} from '../../../source/model/object.ts';
import {builtInResources} from './built-in.ts';
import {customResources} from './custom.ts';
import {apiVersionOfKind, type Resource} from './resource.ts';

/** Which kinds are served right now: those built in, and those of established CRDs. */
export class Registry {
	readonly #builtIn = builtInResources();
	readonly #custom = new Map<string, readonly Resource[]>();
	#byPath = new Map<string, Resource>();
	#byKind = new Map<string, Resource>();
	#byCollection = new Map<string, Resource>();
	#resources: readonly Resource[] = [];

	constructor() {
		this.#index();
	}

	/** Serves a CRD's kinds, or serves them differently from now on. */
	define(definition: KubernetesObject): void {
		this.#custom.set(definition.metadata.name, customResources(definition));
		this.#index();
	}

	/** Stops serving the kinds of the CRD of this name. */
	forget(definition: string): void {
		if (this.#custom.delete(definition)) this.#index();
	}

	get resources(): readonly Resource[] {
		return this.#resources;
	}

	find(group: string, version: string, resource: string): Resource | null {
		return this.#byPath.get(`${group}/${version}/${resource}`) ?? null;
	}

	findKind(apiVersion: string, kind: string): Resource | null {
		return this.#byKind.get(`${apiVersion}/${kind}`) ?? null;
	}

	/** The version of a kind at which its objects are stored. `groupKind` is `Kind.group`, or `Kind` in the core group. */
	findGroupKind(groupKind: string): Resource | null {
		const dot = groupKind.indexOf('.');
		const [kind, group] = dot < 0 ? [groupKind, ''] : [groupKind.slice(0, dot), groupKind.slice(dot + 1)];
		const ofKind = this.resources.filter(resource => resource.kind === kind && resource.group === group);
		return ofKind.find(resource => apiVersionOfKind(resource) === resource.storageApiVersion) ?? ofKind[0] ?? null;
	}

	isBuiltInGroup(group: string): boolean {
		return this.#builtIn.some(resource => resource.group === group);
	}

	/** Every collection once, at the version that is stored. */
	stored(): Resource[] {
		return [...this.#byCollection.values()];
	}

	storedAt(collection: string): Resource | null {
		return this.#byCollection.get(collection) ?? null;
	}

	/** Groups with their versions, in the order in which discovery tells them: built in first, then by name. */
	groups(): {readonly group: string; readonly versions: readonly string[]}[] {
		const groups = new Map<string, Set<string>>();
		for (const {group, version} of this.resources) {
			const versions = groups.get(group) ?? new Set<string>();
			groups.set(group, versions.add(version));
		}
		return [...groups].map(([group, versions]) => ({group, versions: [...versions].sort(newestFirst)}));
	}

	#index(): void {
		this.#resources = [...this.#builtIn, ...[...this.#custom.values()].flat()];
		this.#byCollection = new Map();
		this.#byPath = new Map();
		this.#byKind = new Map();
		for (const resource of this.#resources) {
			const {group, version, kind} = resource;
			this.#byPath.set(`${group}/${version}/${resource.resource}`, resource);
			if (resource.schema && apiVersionOfKind(resource) === resource.storageApiVersion) {
				this.#byCollection.set(resource.collection, resource);
			}
			this.#byKind.set(`${apiVersionOfKind({group, version})}/${kind}`, resource);
		}
	}
}

const rankOfStage = {alpha: 0, beta: 1, '': 2};

/** Kubernetes' order of versions: stable before beta before alpha, higher before lower. */
function newestFirst(left: string, right: string): number {
	const parse = (version: string): [number, number, number] => {
		const [, major, stage, minor] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
		return major
			? [rankOfStage[(stage ?? '') as keyof typeof rankOfStage], Number(major), Number(minor ?? 0)]
			: [-1, 0, 0];
	};
	const [a, b] = [parse(left), parse(right)];
	return b[0] - a[0] || b[1] - a[1] || b[2] - a[2] || (left < right ? -1 : 1);
}
