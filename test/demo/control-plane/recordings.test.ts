import {stdout} from 'node:process';
import {describe, expect, test} from 'vitest';
import {type Outcome, replay} from './recorded/replay.ts';
import {recordedVersions} from './recordings.ts';

/** How many of the compared exchanges must agree, in per cent. May only rise. */
const required: Readonly<Record<string, number>> = {'v1.33': 94, 'v1.36': 100};

function report(version: string, outcomes: readonly Outcome[]): {share: number; differing: string[]} {
	const compared = outcomes.filter(({reason}) => reason === undefined);
	const differing = compared.filter(({differences}) => differences.length > 0);
	const share = (100 * (compared.length - differing.length)) / compared.length;
	const lines = [
		`${version}: ${compared.length - differing.length} of ${compared.length} compared exchanges agree (${share.toFixed(1)} %), of ${outcomes.length} recorded`,
		...differing.map(({name, note, differences}) => `  differs: ${name} ${note}: ${differences[0]}`),
		...outcomes.flatMap(({name, note, reason}) => (reason ? [`  not compared: ${name} ${note}: ${reason}`] : [])),
	];
	stdout.write(`${lines.join('\n')}\n`);
	return {share, differing: differing.map(({name}) => name)};
}

describe.each(recordedVersions())('a fresh server, asked what a real one of %s was asked', version => {
	test('answers the same', {timeout: 120_000}, async () => {
		const outcomes = await replay(version);
		const {share} = report(version, outcomes);
		expect(share).toBeGreaterThanOrEqual(required[version] ?? 100);
	});
});
