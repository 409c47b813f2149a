import {execFile} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';
import {parse} from 'yaml';
import type {ControlPlane} from '../cluster/control-plane.ts';
import {createBareClient} from './bare-loop.ts';
import {configMap, createBench, milliseconds, printTable, seconds, timed} from './bench.ts';

const count = 1_000;
const run = promisify(execFile);

/** First sync and re-check of 1,000 ConfigMaps, beside kubectl and beside a bare loop of the same requests. */
export async function benchmarkSyncSpeed(plane: ControlPlane): Promise<void> {
	const bench = createBench(plane);
	try {
		const manifests = Array.from({length: count}, (_, index) => configMap(`m-${index}`, '1'));
		const oneFile = path.join(bench.directory, 'all.yaml');
		writeFileSync(oneFile, manifests.join('---\n'));
		for (const namespace of ['warm', 'by-kubectl', 'by-loop']) await plane.kubectl(['create', 'namespace', namespace]);

		const bare = createBareClient(plane.kubeconfig);
		const bodies = manifests.map(text => parse(text) as {metadata: {name: string}});
		const loop = (namespace: string): Promise<unknown> =>
			Promise.all(bodies.map(body => bare.apply(namespace, body.metadata.name, body)));
		// Everybody meets a warm API server.
		await loop('warm');
		const loopTime = await timed(() => loop('by-loop'));
		const kubectlTime = await timed(() => plane.kubectl(['apply', '--server-side', '-n', 'by-kubectl', '-f', oneFile]));

		bench.remote.push(
			'1,000 ConfigMaps',
			Object.fromEntries(manifests.map((text, index) => [`by-holdfast/m-${index}.yaml`, text])),
		);
		bench.configure([{name: 'by-holdfast', namespace: 'by-holdfast', isAutomated: false}]);
		const worker = await bench.startWorker();
		await worker.client.settled({applications: []});
		let operationTime = 0;
		const commandTime = await timed(async () => {
			const answer = await worker.client.sync({application: 'by-holdfast', initiatedBy: 'benchmark', dryRun: false});
			if (answer.operation?.phase !== 'Succeeded') throw new Error(JSON.stringify(answer.operation ?? answer.problem));
			operationTime = (answer.operation.finishedAt ?? 0) - answer.operation.startedAt;
		});
		printTable('First sync of 1,000 ConfigMaps', [
			{what: 'bare loop, 32 connections', measured: seconds(loopTime)},
			{what: 'kubectl apply --server-side', measured: seconds(kubectlTime)},
			{what: 'holdfast, the sync with inventory', measured: seconds(operationTime)},
			{what: 'holdfast, request to answer (pull, compare, plan, sync)', measured: seconds(commandTime)},
			ratio('times as fast as kubectl', kubectlTime / commandTime, 4),
			ratio('share of the bare loop', loopTime / commandTime, 0.8),
		]);

		const {dryRuns, reads, writes} = (await worker.client.snapshot({applications: []})).worker.counters;
		const kubectlDiff = await timed(async () => {
			await run(path.join(process.env.KUBEBUILDER_ASSETS ?? '', 'kubectl'), [
				'--kubeconfig',
				plane.kubeconfig,
				'diff',
				'--server-side',
				'-n',
				'by-kubectl',
				'-f',
				oneFile,
			]);
		});
		const recheck = await timed(() => worker.client.refresh({applications: [], hard: false}));
		const rest = (await worker.client.snapshot({applications: []})).worker.counters;
		bench.remote.push('one file', {'by-holdfast/m-7.yaml': configMap('m-7', '2')});
		const oneFileTime = await timed(() =>
			worker.client.sync({application: 'by-holdfast', initiatedBy: 'benchmark', dryRun: false}),
		);
		const after = (await worker.client.snapshot({applications: []})).worker.counters;
		const restRequests = rest.reads + rest.writes + rest.dryRuns - reads - writes - dryRuns;
		const commitRequests = after.reads + after.writes + after.dryRuns - rest.reads - rest.writes - rest.dryRuns;
		printTable('Re-check of 1,000 unchanged objects', [
			{what: 'kubectl diff --server-side', measured: milliseconds(kubectlDiff)},
			{what: 'holdfast refresh', measured: milliseconds(recheck)},
			{what: 'times as fast as kubectl', measured: `${(kubectlDiff / recheck).toFixed(0)}x`},
			{what: 'requests at rest', measured: String(restRequests), aim: '0', isMet: restRequests === 0},
			{
				what: 'requests for a commit that touches one file',
				measured: String(commitRequests),
				aim: '≤ 5',
				isMet: commitRequests <= 5,
			},
			{what: 'that commit, request to synced', measured: milliseconds(oneFileTime)},
		]);
		await bare.close();
	} finally {
		await bench.close();
	}
}

function ratio(what: string, value: number, aim: number) {
	const print = (number: number): string => (aim < 1 ? `${Math.round(number * 100)} %` : `${number.toFixed(1)}x`);
	return {what, measured: print(value), aim: `≥ ${print(aim)}`, isMet: value >= aim};
}
