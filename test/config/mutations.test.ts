import {describe, expect, test} from 'vitest';
import {readConfiguration} from '../../source/config/load.ts';
import {formatProblem} from '../../source/model/errors.ts';
import {stringifyJson} from '../../source/model/json.ts';

/** A small seeded generator (mulberry32), so that a failure can be had again. */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

const documents = `apiVersion: holdfast.dev/v1alpha1
kind: Configuration
defaults:
  interval: 30s
  destination: {context: kind, namespace: shop}
  syncPolicy: {automated: {prune: true}, syncOptions: [PruneLast=true]}
applications:
  - name: shop
    source: {repoURL: ./a, targetRevision: "1.x", path: a/b, helm: {values: {a: &x [1, yes]}, parameters: [{name: a, value: "1"}]}}
    drift: {mode: ask, rules: [{path: "spec.containers[name=\\"a\\"].image", mode: heal}]}
    ignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: [/spec/replicas], paths: [data.*]}]
    guards: {allowedKinds: ["*.apps"], allowedNamespaces: [shop-*]}
---
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: team}
spec:
  sourceRepos: ["*", "!https://a/b"]
  destinations: [{server: "*", namespace: "{a,b}*"}, {name: in-cluster, namespace: "!kube-*"}]
  clusterResourceWhitelist: [{group: "", kind: Namespace, name: x}]
  namespaceResourceWhitelist: [{group: "*", kind: "*"}]
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: example.cart, annotations: {argocd.argoproj.io/skip-reconcile: "true", argocd.argoproj.io/sync-wave: "1"}}
spec:
  project: team
  sources:
    - {repoURL: git@github.com:a/b.git, path: c, kustomize: {images: [a=b:c], commonLabels: {a: b}, replicas: [{name: a, count: 2}]}}
  destination: {server: https://kubernetes.default.svc, namespace: a}
  syncPolicy: {automated: {selfHeal: true}, retry: {limit: 2, backoff: {duration: "5", factor: 2}}, syncOptions: [Replace=true]}
  ignoreDifferences: [{kind: "*", jqPathExpressions: [".a[]?.b", ".c | d"]}]
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: infra, namespace: flux-system}
spec: {url: https://a/b, interval: 1m, ref: {semver: ">=1"}, secretRef: {name: a}}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: mail, namespace: flux-system}
spec:
  sourceRef: {kind: GitRepository, name: infra}
  path: ./a
  prune: true
  images: [{name: a, newTag: b}]
  commonMetadata: {labels: {a: b}}
  patches: [{patch: "a: b"}]
  ignore: [{paths: [/a], target: {kind: B}}]
  postBuild: {substitute: {a: b}}
---
apiVersion: v1
kind: List
items: [{apiVersion: argoproj.io/v1alpha1, kind: ApplicationSet, metadata: {name: a}}, 5, null]
`;

const pieces = [
	'null', '~', '[]', '{}', 'yes', '0', '-1', '1e400', '"', "'", '\n', '\t', ': ', '- ', '---\n', '&x ', '*x', '<<: *x', '!!str ',
	'!!binary ', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '{{ .x }}', '\u0000', '\ufeff', '\u202e', '\ud800', '[', ']', '{', '}', ',', '|\n', '>\n',
	'9'.repeat(30), 'x'.repeat(300), '../..', '$a', '%', '@', '`', '#', '? ', '..', '/', '\\', '(', '*', '.inf', '.nan', 'true', 'length', '2026-01-01',
]; // biome-ignore format: one list

function mutate(text: string, next: () => number): string {
	const at = (limit: number) => Math.floor(next() * limit);
	let mutated = text;
	for (let count = 1 + at(4); count > 0; count -= 1) {
		const start = at(mutated.length + 1);
		const length = next() < 0.5 ? 0 : at(next() < 0.8 ? 12 : 200);
		const insertion =
			next() < 0.3 ? mutated.slice(at(mutated.length)).slice(0, at(80)) : (pieces[at(pieces.length)] ?? '');
		mutated = mutated.slice(0, start) + (next() < 0.2 ? '' : insertion) + mutated.slice(start + length);
	}
	return mutated;
}

/** What must hold whatever was read. */
function checkSound(text: string): void {
	const {applications, problems} = readConfiguration([{path: 'a.yaml', text, folder: '/etc'}]);
	const lines = text.split('\n').length;
	for (const problem of [...problems, ...applications.flatMap(application => application.notices)]) {
		expect(problem.code).toMatch(/^[A-Z][A-Za-z]+$/);
		expect(problem.file).toBe('a.yaml');
		if (problem.line !== undefined) expect(problem.line >= 1 && problem.line <= lines + 1).toBe(true);
		expect(formatProblem(problem)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]|undefined|\[object/);
		expect(formatProblem(problem).length).toBeLessThan(2_000);
	}
	const names = applications.map(application => application.name);
	expect(new Set(names).size).toBe(names.length);
	for (const {name, source, destination} of applications) {
		expect(name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
		expect(destination.namespace).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
		expect(source.path.split('/')).not.toContain('..');
		expect(source.repoURL).toMatch(/^[^-\s]/);
		expect(source.intervalMilliseconds).toBeGreaterThanOrEqual(1_000);
	}
	expect(() => stringifyJson(applications)).not.toThrow();
}

describe('whatever is read', () => {
	test('the documents are good before they are spoilt', () => {
		const {applications} = readConfiguration([{path: 'a.yaml', text: documents, folder: '/etc'}]);
		expect(applications.map(application => application.name)).toEqual(['shop', 'example-cart']);
		checkSound(documents);
	});

	test.each(Array.from({length: 10}, (_, index) => index + 1))(
		'100 mutations can neither throw nor mislead (seed %i)',
		seed => {
			const next = random(seed);
			for (let round = 0; round < 100; round += 1) {
				const text = mutate(documents, next);
				try {
					checkSound(text);
				} catch (error) {
					throw new Error(`seed ${seed}, round ${round}:\n${text}`, {cause: error});
				}
			}
		},
	);

	test('values of every type in the place of every value', () => {
		const values = ['null', '5', 'true', 'text', '[]', '[1]', '{}', '{a: 1}', '""', '-1.5', '99999999999999999999'];
		const next = random(7);
		for (const match of documents.matchAll(/: ([^\n,{}[\]]+)/g)) {
			const value = values[Math.floor(next() * values.length)] ?? '';
			checkSound(`${documents.slice(0, match.index)}: ${value}${documents.slice(match.index + match[0].length)}`);
		}
	});

	test('no prototype is touched', () => {
		for (const key of ['__proto__', 'constructor', 'prototype', 'toString']) {
			checkSound(documents.replaceAll('source:', `${key}:`));
			checkSound(`{"${key}": {"apiVersion": "v1"}, "apiVersion": "argoproj.io/v1alpha1", "kind": "Application"}`);
		}
		expect(({} as {apiVersion?: unknown}).apiVersion).toBeUndefined();
	});
});
