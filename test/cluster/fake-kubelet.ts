/**
 * Stands in for nodes, kubelets and the scheduler: `node fake-kubelet.ts KUBECONFIG`. Three nodes register and keep their
 * leases; pending pods are bound and then reported running and ready; pods that may finish do; deletions complete.
 *
 * Annotations of a pod:
 * - `fakelet/ready-delay-ms`: milliseconds from binding to running (default 100).
 * - `fakelet/fail`: its containers wait for ever with this reason, e.g. `ImagePullBackOff`.
 * - `fakelet/not-ready: "true"`: it runs but never gets ready.
 * - `fakelet/run-ms`, `fakelet/exit-code`: how a pod with restartPolicy Never or OnFailure ends (default 200 and 0).
 * - `fakelet/termination-ms`: milliseconds that its deletion takes, at most its grace period (default 50).
 */
import {setTimeout as sleep} from 'node:timers/promises';
import {fakeNodes, registerNode, renewLease} from './control-plane/fake-nodes.ts';
import {createPodRunner} from './control-plane/fake-pods.ts';
import {connectKubelet, type Pod} from './control-plane/kubelet-client.ts';

const [kubeconfig = ''] = process.argv.slice(2);
const client = connectKubelet(kubeconfig);
const report = (error: unknown): void => {
	process.stderr.write(`${new Date().toISOString()} ${String(error)}\n`);
};
const runner = createPodRunner(client, report);

async function registerNodes(): Promise<void> {
	const version = await client.get('/version');
	if (version.status !== 200) throw new Error(`version: ${version.status}`);
	for (const node of fakeNodes) {
		await registerNode(client, node, `${version.body.gitVersion}-fake`);
		await renewLease(client, node);
	}
}

/** One list and the watches that continue it; ends when the history it stands on is gone. */
async function followPods(): Promise<void> {
	const list = await client.get('/api/v1/pods');
	if (list.status !== 200) throw new Error(`pods: ${list.status}`);
	for (const pod of list.body.items as Pod[]) runner.onChange(pod);
	let {resourceVersion} = list.body.metadata;
	for (;;) {
		const query = `watch=1&allowWatchBookmarks=true&timeoutSeconds=300&resourceVersion=${resourceVersion}`;
		for await (const {type, object} of client.watch(`/api/v1/pods?${query}`)) {
			if (type === 'ERROR') return;
			resourceVersion = object.metadata.resourceVersion;
			if (type === 'DELETED') runner.onGone(object.metadata.uid);
			else if (type !== 'BOOKMARK') runner.onChange(object);
		}
	}
}

/** The API server comes and goes in tests; nothing here ever gives up. */
async function persist(action: () => Promise<void>): Promise<void> {
	try {
		await action();
	} catch (error) {
		report(error);
		await sleep(250);
	}
}

let isRegistered = false;
while (!isRegistered) {
	await persist(async () => {
		await registerNodes();
		isRegistered = true;
	});
}
setInterval(() => {
	for (const node of fakeNodes) renewLease(client, node).catch(report);
}, 10_000);
for (;;) await persist(followPods);
