import {execFileSync} from 'node:child_process';
import {env} from 'node:process';
import {findPrograms} from './programs.ts';

/** `real`: etcd and kube-apiserver of KUBEBUILDER_ASSETS. `embedded`: the demo's own, in this process. */
export type ControlPlaneKind = 'real' | 'embedded';

/**
 * Which control plane the tests of the project `cluster` run on: `HOLDFAST_CONTROL_PLANE` says it; without, the real one
 * where its programs are, else the embedded one. Throws for another value.
 */
export function chosenControlPlane(): ControlPlaneKind {
	const choice = env.HOLDFAST_CONTROL_PLANE;
	if (choice === 'real' || choice === 'embedded') return choice;
	if (choice) throw new Error(`HOLDFAST_CONTROL_PLANE is ${choice}; it can be real or embedded`);
	return env.KUBEBUILDER_ASSETS ? 'real' : 'embedded';
}

/** Whether tests run on the demo's control plane. */
export const isEmbedded = (): boolean => chosenControlPlane() === 'embedded';

/** Whether there is a kubectl, with which the tests do what people do. */
export function hasKubectl(): boolean {
	if (findPrograms()?.kubectl) return true;
	try {
		execFileSync('kubectl', ['version', '--client'], {stdio: 'ignore'});
		return true;
	} catch {
		return false;
	}
}
