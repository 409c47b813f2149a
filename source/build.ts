/**
 * Bundles the shipped program: the command line, the worker, the monitor and the demo, each in a file of its own. Bundling
 * halves the cold start; files of their own keep the Kubernetes client's hundred modules out of every process but the worker, and Ink
 * and React out of every command but the monitor.
 */
import {chmod, cp, rm} from 'node:fs/promises';
import {type BuildOptions, build, type Plugin} from 'esbuild';

const root = new URL('..', import.meta.url).pathname;

/** Commands import the monitor's source; once bundled it is the file beside them. */
const monitorBeside: Plugin = {
	name: 'monitor-beside',
	setup({onResolve}) {
		onResolve({filter: /\/tui\/start\.tsx$/}, ({kind}) =>
			kind === 'dynamic-import' ? {path: './tui.js', external: true} : undefined,
		);
	},
};

const options: BuildOptions = {
	absWorkingDir: root,
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
};

await rm(`${root}dist`, {recursive: true, force: true});
await build({
	...options,
	entryPoints: {cli: 'source/cli.ts', worker: 'source/worker/main.ts'},
	plugins: [monitorBeside],
});
await build({
	...options,
	entryPoints: {tui: 'source/tui/start.tsx'},
	// What draws the first outline is loaded without what draws the rest.
	splitting: true,
	chunkNames: 'tui-[name]-[hash]',
	jsx: 'automatic',
	// Ink looks at DEV to load React's developer tools, which nobody ships.
	define: {...options.define, 'process.env.DEV': '"false"'},
	alias: {'react-devtools-core': 'data:text/javascript,export default {}'},
});
// The demo stands apart: its data lies beside it as its source has it.
await build({...options, entryPoints: {main: 'demo/main.ts'}, outdir: 'dist/demo'});
await cp(`${root}demo/control-plane/data`, `${root}dist/data`, {recursive: true});
await chmod(`${root}source/launcher.cjs`, 0o755);
