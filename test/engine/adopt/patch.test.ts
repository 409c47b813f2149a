import {describe, expect, it} from 'vitest';
import {likelyValues} from '../../../source/engine/adopt/helm-reason.ts';
import {namePatch, patchFileName, writePatch} from '../../../source/engine/adopt/patch.ts';
import {parsePath} from '../../../source/engine/fields/path.ts';

const ref = {group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'st-web'};
const edit = (path: string, value: unknown) => ({path: parsePath(path)!, value});
const containers = 'spec.template.spec.containers';

describe('a patch for a kustomization', () => {
	it('says only what changes, with the keys that find it', () => {
		const edits = [
			edit(`${containers}[name="web"].image`, 'nginx:1.29'),
			edit(`${containers}[name="web"].env[name="MODE"].value`, 'on'),
			edit('spec.replicas', undefined),
			edit(`${containers}[name="sidecar"]`, undefined),
			edit('metadata.annotations[example.com/a]', 'x'),
		];
		expect(writePatch(null, ref, 'web', edits)).toEqual({
			ok: true,
			text: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations:
    example.com/a: x
spec:
  template:
    spec:
      containers:
        - name: web
          image: nginx:1.29
          env:
            - name: MODE
              value: "on"
        - name: sidecar
          "$patch": delete
  replicas: null
`,
		});
	});

	it('adds to the one that is there', () => {
		const text = '# mine\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 1 # few\n';
		expect(writePatch(text, ref, 'web', [edit('spec.replicas', 2), edit('spec.paused', true)])).toEqual({
			ok: true,
			text: `${text.replace('1 # few', '2 # few')}  paused: true\n`,
		});
	});

	it('cannot take one of several plain values out', () => {
		expect(writePatch(null, ref, 'web', [edit('metadata.finalizers[="a"]', undefined)])).toMatchObject({ok: false});
	});

	it('is named once, in the style of the list', () => {
		const kustomization = 'resources: [a.yaml]\npatches:\n- path: other.yaml\n';
		const named = namePatch(kustomization, 'holdfast-deployment-web.yaml', ref, 'web');
		expect(named).toEqual({
			ok: true,
			text: `${kustomization}- path: holdfast-deployment-web.yaml\n  target:\n    group: apps\n    kind: Deployment\n    name: web\n`,
		});
		const text = (named as {text: string}).text;
		expect(namePatch(text, 'holdfast-deployment-web.yaml', ref, 'web')).toEqual({ok: true, text});
	});

	it.each([
		['Deployment', 'web', 'holdfast-deployment-web.yaml'],
		['ClusterRole', 'system:node', 'holdfast-clusterrole-system-node.yaml'],
	])('of %s/%s has a name that says so', (kind, name, file) => expect(patchFileName({kind, name})).toBe(file));
});

describe('where a value of a chart comes from', () => {
	it.each([
		[
			'  image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"',
			'spec.image',
			['image.repository', 'image.tag'],
		],
		['- name: x\n  value: {{ .Values.mode | quote }}', 'a[name="x"].value', ['mode']],
		['  replicas: 2', 'spec.replicas', []],
		['  other: {{ .Values.a }}', 'spec.replicas', []],
		['  "a.b": {{ .Values.c }}', 'data[a.b]', ['c']],
	])('%s', (template, path, values) => expect(likelyValues(template, parsePath(path)!)).toEqual(values));
});
