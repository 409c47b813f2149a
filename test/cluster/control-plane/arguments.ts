import type {Credentials} from './credentials.ts';

const loopback = '127.0.0.1';

export function etcdArguments(options: {
	dataDirectory: string;
	port: number;
	peerPort: number;
	isFsyncOff: boolean;
}): string[] {
	const client = `http://${loopback}:${options.port}`;
	const peer = `http://${loopback}:${options.peerPort}`;
	return [
		'--name=holdfast-test',
		`--data-dir=${options.dataDirectory}`,
		`--listen-client-urls=${client}`,
		`--advertise-client-urls=${client}`,
		`--listen-peer-urls=${peer}`,
		`--initial-advertise-peer-urls=${peer}`,
		`--initial-cluster=holdfast-test=${peer}`,
		'--log-level=warn',
		'--quota-backend-bytes=8589934592',
		...(options.isFsyncOff ? ['--unsafe-no-fsync'] : []),
	];
}

export function apiServerArguments(options: {
	port: number;
	etcdPort: number;
	credentials: Credentials;
	audit: {policyFile: string; logFile: string} | undefined;
	hasControllers: boolean;
}): string[] {
	const {credentials, audit} = options;
	return [
		`--etcd-servers=http://${loopback}:${options.etcdPort}`,
		`--bind-address=${loopback}`,
		`--advertise-address=${loopback}`,
		`--secure-port=${options.port}`,
		'--endpoint-reconciler-type=none',
		`--cert-dir=${credentials.certificateDirectory}`,
		`--token-auth-file=${credentials.tokenFile}`,
		`--service-account-key-file=${credentials.serviceAccountPublicKey}`,
		`--service-account-signing-key-file=${credentials.serviceAccountKey}`,
		'--service-account-issuer=https://kubernetes.default.svc',
		'--authorization-mode=RBAC',
		'--allow-privileged=true',
		'--service-cluster-ip-range=10.96.0.0/16',
		'--profiling=false',
		// Without its controller no ServiceAccount exists, and every pod would be refused.
		...(options.hasControllers ? [] : ['--disable-admission-plugins=ServiceAccount']),
		...(audit ? [`--audit-policy-file=${audit.policyFile}`, `--audit-log-path=${audit.logFile}`] : []),
	];
}

/** Controllers that need a cloud, real nodes or a signing key. */
const leftOut = [
	'certificatesigningrequest-signing-controller',
	'cloud-node-lifecycle-controller',
	'device-taint-eviction-controller',
	'node-ipam-controller',
	'node-lifecycle-controller',
	'node-route-controller',
	'persistentvolume-attach-detach-controller',
	'service-lb-controller',
	'taint-eviction-controller',
];

export function controllerManagerArguments(options: {kubeconfig: string; credentials: Credentials}): string[] {
	return [
		`--kubeconfig=${options.kubeconfig}`,
		'--secure-port=0',
		'--leader-elect=false',
		`--controllers=*,${leftOut.map(name => `-${name}`).join(',')}`,
		`--service-account-private-key-file=${options.credentials.serviceAccountKey}`,
		`--root-ca-file=${options.credentials.certificateAuthority}`,
		'--use-service-account-credentials=true',
		'--allocate-node-cidrs=false',
		'--concurrent-deployment-syncs=10',
		// The defaults (20 and 30) make 200 Deployments take a minute.
		'--kube-api-qps=300',
		'--kube-api-burst=600',
	];
}
