/**
 * Starts one control plane for the vitest project `cluster` and gives its address to every test file; see
 * `shared-control-plane.ts` for the other end. Without the programs the tests skip, and nobody can overlook why.
 */
import type {TestProject} from 'vitest/node';
import {hasKubectl, isEmbedded} from './control-plane/choice.ts';
import {findPrograms} from './control-plane/programs.ts';
import {type ControlPlane, startControlPlane} from './control-plane.ts';

/** What test files get of the control plane: only what survives the way into another process. */
export interface ProvidedControlPlane {
	readonly kubeconfig: string;
	readonly limitedKubeconfig: string;
	readonly url: string;
	readonly directory: string;
	readonly auditLog: string;
	readonly hasControllers: boolean;
}

declare module 'vitest' {
	interface ProvidedContext {
		controlPlane: ProvidedControlPlane | null;
	}
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
	if (isEmbedded()) return setupEmbedded(project);
	const programs = findPrograms();
	if (!programs) {
		const where = process.env.KUBEBUILDER_ASSETS;
		warn([
			where ? `KUBEBUILDER_ASSETS=${where} has no etcd or kube-apiserver.` : 'KUBEBUILDER_ASSETS is not set.',
			'EVERY TEST THAT NEEDS A REAL CONTROL PLANE IS SKIPPED.',
			'Point it at a folder with etcd, kube-apiserver, kube-controller-manager and kubectl,',
			'for example the one that `setup-envtest use -p path` prints (no controllers there).',
		]);
		project.provide('controlPlane', null);
		return undefined;
	}
	const hasControllers = programs.controllerManager !== null;
	if (!hasControllers) {
		warn([
			`No kube-controller-manager in ${programs.directory}.`,
			'TESTS THAT NEED CONTROLLERS (Deployments, Jobs, garbage collection) ARE SKIPPED.',
		]);
	}
	return provide(project, await startControlPlane({hasControllers, hasAudit: true, isFsyncOff: true}));
}

async function setupEmbedded(project: TestProject): Promise<(() => Promise<void>) | undefined> {
	if (!hasKubectl()) {
		warn([
			'There is no kubectl, neither in KUBEBUILDER_ASSETS nor on the path.',
			'EVERY TEST THAT NEEDS A CONTROL PLANE IS SKIPPED.',
		]);
		project.provide('controlPlane', null);
		return undefined;
	}
	const plane = await startControlPlane({hasAudit: true});
	const lines = ['Tests run on the embedded control plane; HOLDFAST_CONTROL_PLANE=real runs them on a real one.'];
	if (!plane.hasControllers) lines.push('TESTS THAT NEED CONTROLLERS (Deployments, Jobs) ARE SKIPPED.');
	warn(lines);
	return provide(project, plane);
}

function provide(project: TestProject, plane: ControlPlane): () => Promise<void> {
	project.provide('controlPlane', {
		kubeconfig: plane.kubeconfig,
		limitedKubeconfig: plane.limitedKubeconfig,
		url: plane.url,
		directory: plane.directory,
		auditLog: plane.auditLog ?? '',
		hasControllers: plane.hasControllers,
	});
	return () => plane.stop();
}

function warn(lines: readonly string[]): void {
	const width = Math.max(...lines.map(line => line.length));
	const bar = '!'.repeat(width + 8);
	const rows = lines.map(line => `!!! ${line.padEnd(width)} !!!`);
	process.stderr.write(`\n${[bar, ...rows, bar].join('\n')}\n\n`);
}
