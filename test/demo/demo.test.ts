import {execFile} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {expect, test} from 'vitest';

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const foldersOfDemos = (): string[] => readdirSync(tmpdir()).filter(name => name.startsWith('holdfast-demo-'));

test('without a terminal the demo plays its incident once, tells it, converges and leaves nothing behind', async () => {
	const before = foldersOfDemos();
	// Rejects when it ends with anything but 0: that is what it does when something did not converge.
	const {stdout} = await promisify(execFile)(process.execPath, [program, 'demo'], {
		env: {PATH: process.env.PATH, HOME: '/nowhere', LANG: 'C.UTF-8'},
	});
	for (const line of [
		/export KUBECONFIG=/,
		/drift checkout Deployment\/checkout spec\.replicas 3→10 kubectl\/scale healed/,
		/drift storefront Deployment\/storefront .*image.* ci heal/,
		/drift payments ConfigMap\/payments-env deleted unknown heal/,
		/drift cart Deployment\/cart spec\.replicas 3→7 kube-controller-manager.* contested/,
		/sync checkout [0-9a-f]{7} Succeeded/,
		/# everything is Synced and Healthy again/,
	]) {
		expect(stdout).toMatch(line);
	}
	expect(foldersOfDemos()).toEqual(before);
}, 180_000);
