import {readdirSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {describe, expect, test} from 'vitest';
import {readImports} from './architecture/imports.ts';
import {createRules} from './architecture/rules.ts';
import type {SourceTree} from './architecture/tree.ts';

const root = new URL('..', import.meta.url).pathname;
const source = join(root, 'source');
const rules = createRules(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

function readSource(): SourceTree {
	const files = readdirSync(source, {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
		.map(entry => relative(source, join(entry.parentPath, entry.name)));
	return new Map(files.sort().map(file => [file, readFileSync(join(source, file), 'utf8')]));
}

describe('source/', () => {
	const tree = readSource();

	test('is read', () => {
		expect(tree.has('model/ports/git/tree.ts')).toBe(true);
		expect(tree.has('build.ts')).toBe(true);
		expect(tree.has('tui/app.tsx')).toBe(true);
	});

	test.each(rules)('$sentence', ({violations}) => {
		expect(violations(tree)).toEqual([]);
	});
});

/** A small house in which everything is right, each import that is allowed at least once. */
const house: Readonly<Record<string, string>> = {
	'model/errors.ts': 'export const a = 1;\n',
	'model/status.ts': "import type {a} from './errors.ts';\n",
	'engine/plan.ts':
		"// Never Date.now() here.\nimport {a} from '../model/errors.ts';\nexport const at = (time: number) => new Date(time + a);\n",
	'git/mirror.ts':
		"import {simpleGit} from 'simple-git';\nimport {readFile} from 'node:fs/promises';\nimport '../model/errors.ts';\nimport '../system/process.ts';\n",
	'cluster/client.ts':
		"import {\n\tAgent,\n} from 'undici';\nimport type {KubeConfig} from '@kubernetes/client-node';\n",
	'journal/file.ts': "import {DatabaseSync} from 'node:sqlite';\nexport type {a} from '../model/errors.ts';\n",
	'config/load.ts': "import {z} from 'zod';\n",
	'system/process.ts': "import '../model/errors.ts';\nexport const isAlive = () => true;\n",
	'render/helm.ts': "import '../system/process.ts';\nexport const b = 1;\n",
	'protocol/client.ts':
		"import {RequestType} from 'vscode-jsonrpc/node';\nimport {a} from '../model/errors.ts';\nexport const c = Date.now();\n",
	'worker/main.ts':
		"import {at} from '../engine/plan.ts';\nimport {c} from '../protocol/client.ts';\nexport * from '../cluster/client.ts';\nimport {d} from './schedule/timer.ts';\n",
	'worker/version.ts': "import manifest from '../../package.json' with {type: 'json'};\n",
	'commands/table.ts': "const load = () => import('./help.ts');\n",
	'commands/help.ts': "import {load} from './table.ts';\n",
	'worker/schedule/timer.ts': "import {b} from '../../render/helm.ts';\nexport const d = b;\n",
	'commands/status.ts':
		"import {c} from '../protocol/client.ts';\nimport {z} from '../config/load.ts';\nimport {isAlive} from '../system/process.ts';\nconst {d} = await import('../worker/main.ts');\nconst e = await import(name);\n",
	'cli.ts': "import {s} from './commands/status.ts';\nimport {a} from './model/errors.ts';\n",
	'tui/widgets/ink.ts': "export {Box} from 'ink';\n",
	'tui/app.tsx': "import {useMemo} from 'react';\nimport {Box} from './widgets/ink.ts';\n",
	'tui/start.tsx': "const {stdout} = process;\nprocess.stdout.write('');\nconst {App} = await import('./app.tsx');\n",
	'build.ts': "import {build} from 'esbuild';\n",
};

function broken(changes: Readonly<Record<string, string>>): string[] {
	const tree = new Map(Object.entries({...house, ...changes}));
	return rules.filter(rule => rule.violations(tree).length > 0).map(rule => rule.sentence);
}

describe('the checker', () => {
	test('finds nothing where nothing is wrong', () => {
		expect(broken({})).toEqual([]);
	});

	test.each<[string, Record<string, string>, string]>([
		[
			'model imports the engine',
			{'model/x.ts': "import type {at} from '../engine/plan.ts';\n"},
			'model imports nothing',
		],
		['model imports a package', {'model/x.ts': "import {z} from 'zod';\n"}, 'model imports no package'],
		['model imports node', {'model/x.ts': "import {Buffer} from 'node:buffer';\n"}, 'model imports no package'],
		['engine imports a port', {'engine/x.ts': "import {b} from '../render/helm.ts';\n"}, 'engine imports only model'],
		[
			'engine imports node',
			{'engine/x.ts': "import {createHash} from 'node:crypto';\n"},
			'engine imports nothing of node',
		],
		['engine asks the time', {'engine/x.ts': 'export const now = () => Date.now();\n'}, 'engine is pure'],
		['engine makes a date of now', {'engine/x.ts': 'export const now = () => new Date();\n'}, 'engine is pure'],
		[
			'engine makes a date of now without brackets',
			{'engine/x.ts': 'export const now = () => (new Date).getTime();\n'},
			'engine is pure',
		],
		['engine throws dice', {'engine/x.ts': 'export const dice = Math.random();\n'}, 'engine is pure'],
		['engine waits', {'engine/x.ts': 'setTimeout(() => {}, 1);\n'}, 'engine is pure'],
		['engine looks at the environment', {'engine/x.ts': 'export const home = process.env.HOME;\n'}, 'engine is pure'],
		[
			'git imports cluster',
			{'git/x.ts': "import {\n\ttype Agent,\n} from '../cluster/client.ts';\n"},
			'git imports only model',
		],
		[
			'render imports git',
			{'render/x.ts': "export {simpleGit} from '../git/mirror.ts';\n"},
			'render imports only model',
		],
		['system imports git', {'system/x.ts': "import '../git/mirror.ts';\n"}, 'system imports only model'],
		['cluster imports system', {'cluster/x.ts': "import '../system/process.ts';\n"}, 'cluster imports only model'],
		['cluster imports journal', {'cluster/x.ts': "import '../journal/file.ts';\n"}, 'cluster imports only model'],
		[
			'journal imports protocol',
			{'journal/x.ts': "const c = await import('../protocol/client.ts');\n"},
			'journal imports only model',
		],
		[
			'notify imports worker',
			{'notify/x.ts': "import {d} from '../worker/schedule/timer.ts';\n"},
			'notify imports only model',
		],
		[
			'config imports render',
			{'config/x.ts': "type B = import('../render/helm.ts').B;\n"},
			'config imports only model',
		],
		[
			'protocol imports config',
			{'protocol/x.ts': "import {z} from '../config/load.ts';\n"},
			'protocol imports only model',
		],
		[
			'tui imports engine',
			{'tui/x.tsx': "import {at} from '../engine/plan.ts';\n"},
			'tui imports only protocol, model',
		],
		['worker imports commands', {'worker/x.ts': "import {s} from '../commands/status.ts';\n"}, 'worker imports only'],
		[
			'commands import the worker at once',
			{'commands/x.ts': "import {d} from '../worker/main.ts';\n"},
			'commands imports only',
		],
		[
			'commands import a port later',
			{'commands/x.ts': "const x = import('../git/mirror.ts');\n"},
			'commands imports only',
		],
		['cli imports the protocol', {'cli.ts': "import {c} from './protocol/client.ts';\n"}, 'cli.ts imports only'],
		['somebody imports cli', {'commands/x.ts': "import {main} from '../cli.ts';\n"}, 'commands imports only'],
		['build imports something', {'build.ts': "import {a} from './model/errors.ts';\n"}, 'build.ts imports nothing'],
		['somebody imports build', {'worker/x.ts': "import {root} from '../build.ts';\n"}, 'worker imports only'],
		[
			'simple-git outside git',
			{'render/x.ts': "import {simpleGit} from 'simple-git';\n"},
			'simple-git is imported only in git',
		],
		[
			'client-node outside cluster',
			{'worker/x.ts': "import type {KubeConfig} from '@kubernetes/client-node';\n"},
			'@kubernetes/client-node is imported only in cluster',
		],
		[
			'a part of undici outside cluster',
			{'git/x.ts': "import {Pool} from 'undici/lib/pool.js';\n"},
			'undici is imported only in cluster',
		],
		[
			'sqlite outside journal',
			{'worker/x.ts': "const {DatabaseSync} = require('node:sqlite');\n"},
			'node:sqlite is imported only in journal',
		],
		['react outside tui', {'commands/x.ts': "import {useState} from 'react';\n"}, 'react is imported only in tui'],
		['ink outside tui', {'commands/x.ts': "const ink = await import('ink');\n"}, 'ink is imported only in tui'],
		[
			'ink-table outside tui',
			{'commands/x.ts': "const table = await import('ink-table');\n"},
			'ink-table is imported only in tui',
		],
		['ink past its door', {'tui/panes/x.tsx': "import {Text} from 'ink';\n"}, 'Ink is reached through'],
		[
			'a pane writes to the terminal',
			{'tui/panes/x.tsx': "process.stdout.write('x');\n"},
			'the terminal is written to',
		],
		['a pane uses useInput', {'tui/panes/x.tsx': 'useInput(input => input);\n'}, "Ink's own input hooks"],
		[
			'jsonrpc outside protocol',
			{'worker/x.ts': "import {RequestType} from 'vscode-jsonrpc/node';\n"},
			'vscode-jsonrpc is imported only in protocol',
		],
		[
			'esbuild in the product',
			{'config/x.ts': "import {build} from 'esbuild';\n"},
			'esbuild is imported only in build.ts',
		],
		[
			'a package that is not shipped',
			{'config/x.ts': "import {test} from 'vitest';\n"},
			'what is shipped imports only',
		],
		['a folder nobody knows', {'utilities/x.ts': 'export const x = 1;\n'}, 'every file stands in a folder'],
		['a file at the top', {'helpers.ts': 'export const x = 1;\n'}, 'every file stands in a folder'],
		['a file that is not there', {'git/x.ts': "import {y} from './y.ts';\n"}, 'files are imported by the name'],
		['a name without its ending', {'git/x.ts': "import {y} from './mirror';\n"}, 'files are imported by the name'],
		[
			'a computed name outside commands',
			{'worker/x.ts': 'const x = await import(name);\n'},
			'only commands load a program',
		],
		[
			'two files that need each other',
			{'git/x.ts': "import {y} from './y.ts';\n", 'git/y.ts': "import type {x} from './x.ts';\n"},
			'no file comes back to itself',
		],
		[
			'a long way round',
			{
				'git/x.ts': "import './y.ts';\n",
				'git/y.ts': "export * from './z.ts';\n",
				'git/z.ts': "import type {x} from './x.ts';\n",
			},
			'no file comes back to itself',
		],
		['a file that imports itself', {'git/x.ts': "import './x.ts';\n"}, 'no file comes back to itself'],
	])('finds it when %s', (_name, changes, sentence) => {
		expect(broken(changes)).toContainEqual(expect.stringContaining(sentence));
	});

	test('says where', () => {
		const tree = new Map(Object.entries({...house, 'git/x.ts': "\n\nimport {b} from '../render/helm.ts';\n"}));
		const rule = rules.find(({sentence}) => sentence === 'git imports only model, system');
		expect(rule?.violations(tree)).toEqual(['git/x.ts:3 imports ../render/helm.ts']);
	});

	test('reads every form of import, and nothing else', () => {
		const text = [
			"import a from 'a';",
			"import * as b from 'b';",
			"import {c, type C} from 'c';",
			"import type {D} from 'd';",
			"import 'e';",
			"export {f} from 'f';",
			"export * as g from 'g';",
			"export type {H} from 'h';",
			'import {',
			'\ti,',
			"} from 'i';",
			"const j = await import('j');",
			"type K = import('k').K;",
			"const l = require('l');",
			"// import m from 'm';",
			" * import n from 'n';",
			"export const o = 'from';",
			'export const from = 1;',
			"const p = `import q from 'q'`;",
		].join('\n');
		expect(readImports(text).map(({specifier}) => specifier)).toEqual([...'abcdefghijkl']);
	});
});
