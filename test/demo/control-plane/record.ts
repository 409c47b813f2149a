/**
 * Copies recorded exchanges into `recordings/`: one exchange of JSON a line, the case and step order kept, compressed.
 *
 *     node test/demo/control-plane/record.ts <folder with v1.36/cases.jsonl and so on>
 */
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {argv} from 'node:process';
import {brotliCompressSync, constants} from 'node:zlib';

const folder = argv[2];
if (!folder) throw new Error('name the folder of the recordings');
for (const version of readdirSync(folder).filter(name => /^v[0-9.]+$/.test(name))) {
	const lines = readFileSync(join(folder, version, 'cases.jsonl'));
	const data = brotliCompressSync(lines, {
		params: {[constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_LGWIN]: 24},
	});
	writeFileSync(new URL(`recordings/${version}.jsonl.br`, import.meta.url), data);
}
