import type {Destination} from '../../model/application.ts';
import type {Findings} from '../findings.ts';
import {checkNamespace} from '../names.ts';
import type {Path} from '../yaml/source-document.ts';
import type {ArgoSpec} from './application-schema.ts';

/** Argo CD's names for the cluster it runs in; here that is the worker's own. */
export const ownServer = 'https://kubernetes.default.svc';
export const ownClusterName = 'in-cluster';

/** Maps a destination: Argo CD's cluster names are contexts here. */
export function readDestination(input: ArgoSpec['destination'], path: Path, findings: Findings): Destination {
	const {server, name} = input;
	if (server && name) {
		const message = 'destination has a server and a name; Argo CD accepts only one of them';
		findings.problem([...path, 'name'], {code: 'InvalidValue', message, part: 'key'});
	}
	if (!server && !name) {
		const message = "destination names no cluster: the worker's own is used";
		findings.notice(path, {code: 'Assumed', message, part: 'key'});
	}
	if (!input.namespace) {
		const message =
			'destination names no namespace: objects without one go to `default`, where the inventory lives too';
		findings.notice(path, {code: 'Assumed', message, part: 'key'});
	}
	const namespace = findings.take([...path, 'namespace'], checkNamespace(input.namespace || 'default'), 'InvalidName');
	return {
		...(name && name !== ownClusterName && {context: name}),
		...(name === ownClusterName && {server: ownServer}),
		...(server && {server: server.replace(/\/+$/, '')}),
		namespace: namespace ?? 'default',
	};
}
