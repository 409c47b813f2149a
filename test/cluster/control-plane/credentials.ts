import {generateKeyPairSync, randomBytes} from 'node:crypto';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/**
 * Who may talk to the control plane. Everybody but `limited` is named by what the API server does with the groups; the
 * limited user has no rights beyond discovery.
 */
const users = {
	admin: {name: 'admin', groups: 'system:masters'},
	limited: {name: 'limited', groups: 'developers'},
	kubelet: {name: 'fake-kubelet', groups: 'system:masters'},
	controllerManager: {name: 'system:kube-controller-manager', groups: ''},
} as const;

export type User = keyof typeof users;

/** Files that the programs are started with; kept over restarts of the API server. */
export interface Credentials {
	readonly tokens: Readonly<Record<User, string>>;
	readonly tokenFile: string;
	readonly serviceAccountKey: string;
	readonly serviceAccountPublicKey: string;
	/** Where the API server puts its self-signed certificate; apiserver.crt also carries its certificate authority. */
	readonly certificateDirectory: string;
	readonly certificateAuthority: string;
}

/** Makes, or reads back, tokens and keys below a private folder. */
export function prepareCredentials(directory: string): Credentials {
	const tokenFile = join(directory, 'tokens.csv');
	const serviceAccountKey = join(directory, 'service-account.key');
	const serviceAccountPublicKey = join(directory, 'service-account.pub');
	if (!existsSync(tokenFile)) {
		const rows = Object.values(users).map(({name, groups}) => {
			const columns = [randomBytes(20).toString('hex'), name, name, ...(groups ? [`"${groups}"`] : [])];
			return columns.join(',');
		});
		writeFileSync(tokenFile, `${rows.join('\n')}\n`, {mode: 0o600});
	}
	if (!existsSync(serviceAccountKey)) {
		const {privateKey, publicKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'});
		writeFileSync(serviceAccountPublicKey, publicKey.export({type: 'spki', format: 'pem'}));
		writeFileSync(serviceAccountKey, privateKey.export({type: 'sec1', format: 'pem'}), {mode: 0o600});
	}
	return {
		tokens: readTokens(tokenFile),
		tokenFile,
		serviceAccountKey,
		serviceAccountPublicKey,
		certificateDirectory: directory,
		certificateAuthority: join(directory, 'apiserver.crt'),
	};
}

function readTokens(file: string): Record<User, string> {
	const byName = new Map(
		readFileSync(file, 'utf8')
			.split('\n')
			.map(line => line.split(','))
			.map(([token = '', name = '']) => [name, token]),
	);
	return Object.fromEntries(Object.entries(users).map(([user, {name}]) => [user, byName.get(name) ?? ''])) as Record<
		User,
		string
	>;
}

/** Writes a kubeconfig for one user; its only context is called `holdfast-test`. Needs the API server's certificate. */
export function writeKubeconfig(options: {path: string; url: string; credentials: Credentials; user: User}): string {
	const {path, url, credentials, user} = options;
	const authority = readFileSync(credentials.certificateAuthority).toString('base64');
	// JSON is YAML, and needs no quoting rules.
	const kubeconfig = {
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': 'holdfast-test',
		clusters: [{name: 'holdfast-test', cluster: {server: url, 'certificate-authority-data': authority}}],
		users: [{name: user, user: {token: credentials.tokens[user]}}],
		contexts: [{name: 'holdfast-test', context: {cluster: 'holdfast-test', user}}],
	};
	writeFileSync(path, `${JSON.stringify(kubeconfig, null, '\t')}\n`, {mode: 0o600});
	return path;
}
