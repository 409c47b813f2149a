import {describe, expect, it} from 'vitest';
import {byTransformers, splitImage} from '../../../source/engine/adopt/transformers.ts';
import {parsePath, printPath} from '../../../source/engine/fields/path.ts';

const image = 'spec.template.spec.containers[name="web"].image';
const desired = (current: string) => ({
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name: 'st-web'},
	spec: {replicas: 2, template: {spec: {containers: [{name: 'web', image: current}]}}},
});

function edited(fields: Record<string, unknown>, current: string, path: string, value: unknown): string {
	const {edits, rest} = byTransformers(fields, {desired: desired(current), name: 'web'}, [
		{path: parsePath(path)!, value},
	]);
	return [...edits.map(edit => `${printPath(edit.path)} = ${edit.value}`), ...rest.map(() => 'rest')].join(', ');
}

describe('edits that a kustomization has fields for', () => {
	const nginx = {images: [{name: 'nginx', newTag: '1.28'}]};
	it.each([
		[
			'a tag',
			nginx,
			'nginx:1.28',
			image,
			'nginx:1.29',
			'images[name="nginx"].newTag = 1.29, images[name="nginx"].digest = undefined',
		],
		[
			'a digest',
			nginx,
			'nginx:1.28',
			image,
			'nginx@sha256:ab',
			'images[name="nginx"].newTag = undefined, images[name="nginx"].digest = sha256:ab',
		],
		[
			'another image',
			{images: [{name: 'app', newName: 'r.io:5000/app', newTag: '1'}]},
			'r.io:5000/app:1',
			image,
			'q.io/app:2',
			'images[name="app"].newName = q.io/app, images[name="app"].newTag = 2, images[name="app"].digest = undefined',
		],
		['an image of which it says nothing', nginx, 'redis:7', image, 'redis:8', 'rest'],
		['no images at all', {}, 'nginx:1', image, 'nginx:2', 'rest'],
		['replicas', {replicas: [{name: 'web', count: 2}]}, 'x', 'spec.replicas', 5, 'replicas[name="web"].count = 5'],
		['replicas of others', {replicas: [{name: 'api', count: 2}]}, 'x', 'spec.replicas', 5, 'rest'],
		['something else', nginx, 'nginx:1.28', 'spec.paused', true, 'rest'],
		['fields of odd types', {images: 'x', replicas: [1]}, 'nginx:1.28', image, 'nginx:2', 'rest'],
	])('%s', (_name, fields, current, path, value, expected) => {
		expect(edited(fields, current, path, value)).toBe(expected);
	});

	it.each([
		['nginx', {name: 'nginx'}],
		['r.io:5000/a/b', {name: 'r.io:5000/a/b'}],
		['r.io:5000/a/b:1.2@sha256:ab', {name: 'r.io:5000/a/b', tag: '1.2', digest: 'sha256:ab'}],
	])('takes %s apart', (text, parts) => expect(splitImage(text)).toEqual(parts));
});
