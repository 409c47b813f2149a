import {accessSync, constants} from 'node:fs';
import {join} from 'node:path';

/** Paths of the programs a control plane is made of. The controller-manager is not part of envtest's own downloads. */
export interface Programs {
	readonly directory: string;
	readonly etcd: string;
	readonly apiServer: string;
	readonly controllerManager: string | null;
	readonly kubectl: string | null;
}

/**
 * Looks in the folder `KUBEBUILDER_ASSETS` (envtest's convention). null when it is unset, or when etcd or kube-apiserver
 * are missing there.
 */
export function findPrograms(directory = process.env.KUBEBUILDER_ASSETS): Programs | null {
	if (!directory) return null;
	const find = (name: string): string | null => (isExecutable(join(directory, name)) ? join(directory, name) : null);
	const etcd = find('etcd');
	const apiServer = find('kube-apiserver');
	if (!etcd || !apiServer) return null;
	return {directory, etcd, apiServer, controllerManager: find('kube-controller-manager'), kubectl: find('kubectl')};
}

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
