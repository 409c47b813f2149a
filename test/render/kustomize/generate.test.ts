import {expect, test} from 'vitest';
import {generateKustomization} from '../../../source/render/kustomize/generate.ts';
import {memoryTree} from '../tools/memory-tree.ts';
import {configMap} from '../tools/requests.ts';

const tree = memoryTree({
	'app/a.yaml': configMap('a'),
	'app/b.yml': configMap('b'),
	'app/c.json': '{}',
	'app/README.md': '',
	'app/deep/d.yaml': configMap('d'),
	'app/own/kustomization.yaml': 'resources: [e.yaml]',
	'app/own/e.yaml': configMap('e'),
	'app/own/inner/Kustomization': 'resources: []',
	'app/own/inner/f.yaml': configMap('f'),
	'app/deep/own/kustomization.yml': 'resources: []',
	'app/.sops.yaml': 'creation_rules: []',
	'app/module': {submodule: true},
	'.github/workflows/ci.yaml': 'on: push',
	'.travis.yml': 'language: go',
	'root.yaml': configMap('root'),
});

test('names all YAML below, and folders with a kustomization as a whole', () => {
	expect(generateKustomization(tree, 'app').resources).toEqual(['a.yaml', 'b.yml', 'deep/d.yaml', 'deep/own', 'own']);
});

test('leaves settings of CI out', () => {
	expect(generateKustomization(tree, '').resources).toEqual([
		'app/a.yaml',
		'app/b.yml',
		'app/deep/d.yaml',
		'app/deep/own',
		'app/own',
		'root.yaml',
	]);
});
