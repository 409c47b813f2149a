import {describe, expect, test} from 'vitest';
import {mergeImages, parseImage} from '../../../source/render/kustomize/images.ts';

describe('image overrides', () => {
	test.each([
		['nginx:1.25', {name: 'nginx', newTag: '1.25'}],
		['nginx=my/nginx', {name: 'nginx', newName: 'my/nginx'}],
		['nginx=my/nginx:1.25', {name: 'nginx', newName: 'my/nginx', newTag: '1.25'}],
		['nginx=my/nginx@sha256:abc', {name: 'nginx', newName: 'my/nginx', digest: 'sha256:abc'}],
		['nginx@sha256:abc', {name: 'nginx', digest: 'sha256:abc'}],
		['localhost:5000/app', {name: 'localhost:5000/app'}],
		['localhost:5000/app:2', {name: 'localhost:5000/app', newTag: '2'}],
		['app=localhost:5000/app:2', {name: 'app', newName: 'localhost:5000/app', newTag: '2'}],
		['app=app:2', {name: 'app', newTag: '2'}],
		['app=*:2', {name: 'app', newName: '*', newTag: '2'}],
	])('%s', (text, image) => {
		expect(parseImage(text)).toEqual(image);
	});

	const before = [
		{name: 'web', newName: 'registry/web', newTag: '1'},
		{name: 'db', newTag: '9'},
	];
	test.each<[string, readonly string[], unknown]>([
		['replaces by name', ['db:10'], [before[0], {name: 'db', newTag: '10'}]],
		['keeps a new name when only the tag changes', ['web:2'], [{...before[0], newTag: '2'}, before[1]]],
		['a star keeps what is there', ['web=other:*'], [{name: 'web', newName: 'other', newTag: '1'}, before[1]]],
		['a star without anything there is nothing', ['new=*:2'], [...before, {name: 'new', newTag: '2'}]],
		['a digest replaces the tag', ['db@sha256:a'], [before[0], {name: 'db', digest: 'sha256:a'}]],
	])('%s', (_title, overrides, merged) => {
		expect(mergeImages(before, overrides)).toEqual(merged);
	});

	test('begins a list where there is none', () => {
		expect(mergeImages(undefined, ['a:1'])).toEqual([{name: 'a', newTag: '1'}]);
	});
});
