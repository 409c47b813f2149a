/**
 * Bundles the shipped program: one file per process. Bundling halves the cold start of the command line and keeps the
 * Kubernetes client's hundred modules out of every process but the worker.
 */
import {chmod, rm} from 'node:fs/promises';
import {build} from 'esbuild';

const root = new URL('..', import.meta.url).pathname;

await rm(`${root}dist`, {recursive: true, force: true});
await build({
	absWorkingDir: root,
	entryPoints: {cli: 'source/cli.ts', worker: 'source/worker/main.ts'},
	outdir: 'dist',
	bundle: true,
	splitting: false,
	platform: 'node',
	target: 'node22.19',
	format: 'esm',
	sourcemap: 'linked',
	sourcesContent: false,
	legalComments: 'none',
	define: {'process.env.NODE_ENV': '"production"'},
	// CommonJS dependencies call require(); an ES module has none until one is made.
	banner: {
		js: "import {createRequire as __createRequire} from 'node:module'; const require = __createRequire(import.meta.url);",
	},
	logLevel: 'warning',
});
await chmod(`${root}source/launcher.cjs`, 0o755);
