/**
 * What a request is authenticated with: headers, and the identity of the TLS connection. Kept as long as it may be, read
 * again when files rotate, made anew when the API server says 401.
 */
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import type {RequestOptions} from 'node:https';
import {KubeConfig} from '@kubernetes/client-node/dist/config.js';
import {HoldfastError} from '../model/errors.ts';
import {boundedText} from '../model/text.ts';
import type {SelectedContext} from './contexts.ts';
import {hasPlugin, runPlugin} from './exec-plugin.ts';
import {impersonationHeaders} from './impersonation.ts';
import {isMap, type RawMap, textOf} from './kubeconfig-files.ts';

export interface TlsIdentity {
	readonly ca?: Buffer | string;
	readonly cert?: Buffer | string;
	readonly key?: Buffer | string;
	readonly servername?: string;
	readonly rejectUnauthorized?: boolean;
}

export interface Credentials {
	readonly headers: Readonly<Record<string, string | string[]>>;
	readonly tls: TlsIdentity;
	/** Equal for equal TLS identities: connections may be shared. */
	readonly tlsKey: string;
	/** Epoch milliseconds. */
	readonly validUntil: number;
}

export interface CredentialSource {
	/** At once, without a promise, while the credentials are valid: this runs before every request. */
	current(): Credentials | Promise<Credentials>;
	/** After a 401 to `refused`. Resolves with other credentials, or with the same when there are none. */
	renew(refused: Credentials): Promise<Credentials>;
}

/** client-go reads token files again after a minute; so do we, for every file. */
const fileMilliseconds = 60_000;
const providerMilliseconds = 15_000;
/** A plugin's token is replaced a little before it expires: a request may be on its way for a while. */
const expiryMarginMilliseconds = 10_000;
const renewPauseMilliseconds = 5_000;
const longestFailurePauseMilliseconds = 300_000;

/**
 * @param reopen reads the kubeconfig again, null when the context is gone or leads elsewhere: a 401 may mean that the
 * person has logged in again, which writes new tokens there.
 */
export function createCredentialSource(
	opened: SelectedContext,
	reopen: () => SelectedContext | null,
	load: (context: SelectedContext) => Promise<Credentials> = loadCredentials,
): CredentialSource {
	let context = opened;
	let credentials: Credentials | null = null;
	let pending: Promise<Credentials> | null = null;
	let renewedAt = 0;
	let failure: {error: unknown; until: number; pauseMilliseconds: number} | null = null;

	const remember = (error: unknown): Credentials => {
		const pauseMilliseconds = Math.min(
			failure ? failure.pauseMilliseconds * 2 : renewPauseMilliseconds,
			longestFailurePauseMilliseconds,
		);
		failure = {error, until: Date.now() + pauseMilliseconds, pauseMilliseconds};
		// Files that are being replaced may be missing for a moment; a plugin's token has expired for good.
		if (!credentials || hasPlugin(context)) throw error;
		credentials = {...credentials, validUntil: failure.until};
		return credentials;
	};

	/** Shared by all who wait. A failure is kept for a while: a plugin may open a browser each time it runs. */
	const refresh = (): Promise<Credentials> => {
		if (failure && Date.now() < failure.until) return Promise.reject(failure.error);
		pending ??= load(context)
			.then(loaded => {
				failure = null;
				credentials = loaded;
				return loaded;
			}, remember)
			.finally(() => {
				pending = null;
			});
		return pending;
	};

	return {
		current: () => (credentials && Date.now() < credentials.validUntil ? credentials : refresh()),
		async renew(refused) {
			if (credentials && !isSame(credentials, refused)) return credentials;
			if (!pending && Date.now() - renewedAt < renewPauseMilliseconds) return refused;
			renewedAt = Date.now();
			context = reopen() ?? context;
			return refresh();
		},
	};
}

/** Whether two credentials say the same to an API server. */
export function isSame(one: Credentials, other: Credentials): boolean {
	return one.tlsKey === other.tlsKey && JSON.stringify(one.headers) === JSON.stringify(other.headers);
}

async function loadCredentials(context: SelectedContext): Promise<Credentials> {
	const headers: Record<string, string | string[]> = impersonationHeaders(context);
	const options: RequestOptions = {headers: {}};
	let validUntil = validityOf(context.user, context.cluster);
	try {
		const document = kubeconfigDocument(context);
		const config = new KubeConfig();
		config.loadFromString(JSON.stringify(document));
		await config.applyToHTTPSOptions(options);
	} catch (error) {
		throw authenticationFailed(context, error);
	}
	const authorization = (options.headers as Record<string, string>).Authorization;
	if (authorization) headers.authorization = authorization;
	if (options.auth) headers.authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
	if (hasPlugin(context)) {
		const plugin = await runPlugin(context);
		if (plugin.token) headers.authorization = `Bearer ${plugin.token}`;
		if (plugin.certificate) Object.assign(options, {cert: plugin.certificate, key: plugin.key});
		// Without an expiry it is kept until the API server refuses it, as kubectl does.
		validUntil = plugin.expiresAt - expiryMarginMilliseconds;
	}
	const {ca, cert, key, servername, rejectUnauthorized} = options as TlsIdentity;
	const tls: TlsIdentity = {
		...(ca === undefined ? {} : {ca}),
		...(cert === undefined ? {} : {cert}),
		...(key === undefined ? {} : {key}),
		...(servername === undefined ? {} : {servername}),
		...(rejectUnauthorized === undefined ? {} : {rejectUnauthorized}),
	};
	const digest = createHash('sha256');
	for (const part of [ca, cert, key, servername, String(rejectUnauthorized)]) digest.update(part ?? '').update('\0');
	return {headers, tls, tlsKey: digest.digest('base64'), validUntil};
}

function validityOf(user: RawMap, cluster: RawMap): number {
	const now = Date.now();
	if (isMap(user['auth-provider'])) return now + providerMilliseconds;
	const hasFiles =
		textOf(user.tokenFile) ||
		textOf(user['token-file']) ||
		textOf(user['client-certificate']) ||
		textOf(user['client-key']) ||
		textOf(cluster['certificate-authority']);
	return hasFiles ? now + fileMilliseconds : Number.POSITIVE_INFINITY;
}

/**
 * A kubeconfig with this one context only, in the form that the client library understands: token files are read here,
 * because it does not know `tokenFile`; plugins and proxies are ours; a plain http server is allowed, as kubectl does for
 * its own proxy.
 */
function kubeconfigDocument(context: SelectedContext): unknown {
	const {exec: _exec, tokenFile, 'token-file': otherTokenFile, ...user} = context.user;
	const {'proxy-url': _proxy, ...cluster} = context.cluster;
	const file = textOf(tokenFile) || textOf(otherTokenFile);
	if (file) user.token = readFileSync(file, 'utf8').trim();
	if (context.server.startsWith('http:')) cluster['insecure-skip-tls-verify'] = true;
	return {
		clusters: [{name: 'cluster', cluster: {...cluster, server: context.server}}],
		users: [{name: 'user', user}],
		contexts: [{name: 'context', context: {cluster: 'cluster', user: 'user'}}],
		'current-context': 'context',
	};
}

function authenticationFailed(context: SelectedContext, error: unknown): HoldfastError {
	if (error instanceof HoldfastError) return error;
	const reason = boundedText(error instanceof Error ? error.message : String(error), 300);
	return new HoldfastError(
		{
			code: 'AuthenticationFailed',
			message: `the credentials of context ${boundedText(context.name, 100)} cannot be used: ${reason}`,
			hint: 'log in again, then try kubectl with the same context',
		},
		{cause: error},
	);
}
