import {readFileSync} from 'node:fs';
import {startControlPlane} from '../cluster/control-plane.ts';
import {benchmarkSyncSpeed} from './sync-speed.ts';

const plane = await startControlPlane({hasControllers: true, hasAudit: true});
try {
	await benchmarkSyncSpeed(plane);
	const lines = readFileSync(plane.auditLog!, 'utf8')
		.trim()
		.split('\n')
		.map(l => JSON.parse(l))
		.filter(e => /holdfast/.test(e.userAgent) || true);
	const sel = lines.filter(e => e.userAgent?.startsWith('holdfast'));
	const t0 = Date.parse(sel[0].requestReceivedTimestamp);
	const patches = sel.filter(e => e.verb === 'patch');
	for (const e of sel.filter(e => e.verb !== 'patch').slice(0, 40))
		console.log(
			Date.parse(e.requestReceivedTimestamp) - t0,
			Date.parse(e.stageTimestamp) - t0,
			e.stage,
			e.verb,
			e.requestURI.slice(0, 110),
			e.responseStatus?.code,
		);
	const ts = patches.map(e => [
		Date.parse(e.requestReceivedTimestamp) - t0,
		Date.parse(e.stageTimestamp) - Date.parse(e.requestReceivedTimestamp),
	]);
	console.log('patches', ts.length, 'first', ts[0], 'last', ts.at(-2));
	for (let i = 0; i < ts.length; i += 100) console.log(i, ts[i]);
	const bare = lines
		.filter(e => /by-loop\/configmaps/.test(e.requestURI) && e.verb === 'patch')
		.map(e => [
			Date.parse(e.requestReceivedTimestamp),
			Date.parse(e.stageTimestamp) - Date.parse(e.requestReceivedTimestamp),
		]);
	console.log('bare first', 0, 'last', bare.at(-1)![0]! - bare[0]![0]!);
	for (let i = 0; i < bare.length; i += 100) console.log(i, bare[i]![0]! - bare[0]![0]!, bare[i]![1]);
} finally {
	await plane.stop();
}
