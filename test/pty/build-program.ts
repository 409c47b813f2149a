import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {build} from 'esbuild';

const root = new URL('../..', import.meta.url).pathname;

/** Bundles a fixture as the product is bundled; plain node cannot load .tsx. Answers with the file. */
export async function buildProgram(entry: string): Promise<string> {
	const outdir = mkdtempSync(join(tmpdir(), 'holdfast-pty-'));
	await build({
		absWorkingDir: root,
		entryPoints: {program: entry},
		outdir,
		outExtension: {'.js': '.mjs'},
		bundle: true,
		splitting: true,
		platform: 'node',
		target: 'node22.19',
		format: 'esm',
		jsx: 'automatic',
		define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
		alias: {'react-devtools-core': 'data:text/javascript,export default {}'},
		banner: {
			js: "import {createRequire as __createRequire} from 'node:module'; const require = __createRequire(import.meta.url);",
		},
		logLevel: 'warning',
	});
	return join(outdir, 'program.mjs');
}
