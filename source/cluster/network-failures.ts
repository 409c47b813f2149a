/** What went wrong between us and the API server, as a table: how to say it, and whether the request may have arrived. */
import {HoldfastError, type Problem} from '../model/errors.ts';
import {boundedText} from '../model/text.ts';

/**
 * `not-sent`: the request surely did not arrive. `lost`: it may have. `timeout`: it may have, and we have waited long.
 * `refused`: trying again changes nothing. `aborted`: the caller gave up. `closed`: we have closed.
 */
export type NetworkFailureType = 'not-sent' | 'lost' | 'timeout' | 'refused' | 'aborted' | 'closed';

/** A request without an answer. */
export class NetworkFailure extends HoldfastError {
	readonly type: NetworkFailureType;

	constructor(type: NetworkFailureType, problem: Problem, options?: {cause?: unknown}) {
		super(problem, options);
		this.name = 'NetworkFailure';
		this.type = type;
	}
}

interface Row {
	readonly type: NetworkFailureType;
	readonly code: string;
	/** Follows "cannot reach SERVER: ". */
	readonly reason: string;
	readonly hint?: string;
}

const network = 'is the API server running, and is it reachable from here (VPN, tunnel, proxy)?';
const authority = "check certificate-authority, tls-server-name and the server's address in the kubeconfig";

/** By error code of Node, OpenSSL or undici. */
const rows: Readonly<Record<string, Row>> = {
	ECONNREFUSED: {type: 'not-sent', code: 'Unreachable', reason: 'connection refused', hint: network},
	ENOTFOUND: {type: 'not-sent', code: 'Unreachable', reason: 'its name is not known', hint: network},
	EAI_AGAIN: {type: 'not-sent', code: 'Unreachable', reason: 'its name cannot be resolved now', hint: network},
	EHOSTUNREACH: {type: 'not-sent', code: 'Unreachable', reason: 'no route to it', hint: network},
	ENETUNREACH: {type: 'not-sent', code: 'Unreachable', reason: 'no network', hint: network},
	EADDRNOTAVAIL: {type: 'not-sent', code: 'Unreachable', reason: 'no local port is free'},
	EMFILE: {type: 'not-sent', code: 'Unreachable', reason: 'too many open files', hint: 'raise ulimit -n'},
	UND_ERR_CONNECT_TIMEOUT: {type: 'not-sent', code: 'Unreachable', reason: 'no connection in time', hint: network},
	UND_ERR_PRX_CONN: {type: 'not-sent', code: 'Unreachable', reason: 'the proxy closed the connection', hint: network},
	UND_ERR_PRX_TLS: {type: 'refused', code: 'CertificateRefused', reason: "the proxy's certificate is not for it"},
	// Its own sentence says what the proxy did.
	ERR_SOCKS: {type: 'not-sent', code: 'Unreachable', reason: '', hint: 'check proxy-url in the kubeconfig'},
	ECONNRESET: {type: 'lost', code: 'Unreachable', reason: 'connection lost', hint: network},
	EPIPE: {type: 'lost', code: 'Unreachable', reason: 'connection lost', hint: network},
	ETIMEDOUT: {type: 'lost', code: 'Unreachable', reason: 'connection timed out', hint: network},
	UND_ERR_SOCKET: {type: 'lost', code: 'Unreachable', reason: 'connection lost', hint: network},
	UND_ERR_RES_CONTENT_LENGTH_MISMATCH: {type: 'lost', code: 'Unreachable', reason: 'the answer was cut off'},
	UND_ERR_HEADERS_TIMEOUT: {type: 'timeout', code: 'Timeout', reason: 'no answer in time', hint: network},
	UND_ERR_BODY_TIMEOUT: {type: 'timeout', code: 'Timeout', reason: 'the answer stopped half-way', hint: network},
	UND_ERR_RES_EXCEEDED_MAX_SIZE: {type: 'refused', code: 'UnexpectedAnswer', reason: 'its answer has no end'},
	UND_ERR_HEADERS_OVERFLOW: {type: 'refused', code: 'UnexpectedAnswer', reason: 'its answer has too many headers'},
	UND_ERR_ABORTED: {type: 'aborted', code: 'Aborted', reason: 'the request was given up'},
	ABORT_ERR: {type: 'aborted', code: 'Aborted', reason: 'the request was given up'},
	UND_ERR_ABORT: {type: 'aborted', code: 'Aborted', reason: 'the request was given up'},
	UND_ERR_DESTROYED: {type: 'closed', code: 'ClusterClosed', reason: 'the connection is closed'},
	UND_ERR_CLOSED: {type: 'closed', code: 'ClusterClosed', reason: 'the connection is closed'},
	CERT_HAS_EXPIRED: {
		type: 'refused',
		code: 'CertificateRefused',
		reason: 'its certificate has expired',
		hint: 'check the clock here and the certificate there',
	},
	CERT_NOT_YET_VALID: {
		type: 'refused',
		code: 'CertificateRefused',
		reason: 'its certificate is not valid yet',
		hint: 'check the clock here and the certificate there',
	},
	ERR_TLS_CERT_ALTNAME_INVALID: {
		type: 'refused',
		code: 'CertificateRefused',
		reason: 'its certificate is for another name',
		hint: authority,
	},
	ERR_SSL_WRONG_VERSION_NUMBER: {
		type: 'refused',
		code: 'CertificateRefused',
		reason: 'it does not speak TLS',
		hint: "check the server's address in the kubeconfig (https, port)",
	},
	ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: {
		type: 'refused',
		code: 'CertificateRefused',
		reason: 'it wants a client certificate',
		hint: 'check the user of the context',
	},
};

/** Codes that come in families. */
const families: readonly (readonly [RegExp, Row])[] = [
	[
		/^(UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|CERT_)/,
		{type: 'refused', code: 'CertificateRefused', reason: 'its certificate is not trusted', hint: authority},
	],
	[
		/^ERR_SSL_.*ALERT/,
		{type: 'refused', code: 'CertificateRefused', reason: 'it refused our certificate', hint: 'log in again'},
	],
	[/^(ERR_SSL_|ERR_TLS_|ERR_OSSL_|EPROTO)/, {type: 'refused', code: 'CertificateRefused', reason: 'TLS failed'}],
	[/^HPE_/, {type: 'refused', code: 'UnexpectedAnswer', reason: 'it does not speak HTTP', hint: authority}],
];

/** Turns what undici throws into a NetworkFailure; one comes back as it is. */
export function toNetworkFailure(server: string, error: unknown): NetworkFailure {
	if (error instanceof NetworkFailure) return error;
	const codes = codesOf(error);
	const row =
		codes.map(code => rows[code] ?? families.find(([pattern]) => pattern.test(code))?.[1]).find(found => found) ??
		fromMessage(error);
	const detail = row.reason || boundedText(error instanceof Error ? error.message : String(error), 200);
	const technical = codes[0] ? ` (${codes[0]})` : '';
	return new NetworkFailure(
		row.type,
		{
			code: row.code,
			message: `cannot reach ${boundedText(server, 200)}: ${detail}${technical}`,
			...(row.hint ? {hint: row.hint} : {}),
		},
		{cause: error},
	);
}

/** A refused tunnel has no code. Anything unknown may have arrived: the careful reading. */
function fromMessage(error: unknown): Row {
	const tunnel = /^Proxy response \((\d+)\)/.exec((error as Error | undefined)?.message ?? '');
	if (!tunnel) return {type: 'lost', code: 'Unreachable', reason: '', hint: network};
	return {
		type: 'not-sent',
		code: 'Unreachable',
		reason: `the proxy answered ${tunnel[1]}`,
		hint: 'check proxy-url and NO_PROXY',
	};
}

/** Codes of an error, of what caused it, and of the attempts on several addresses that it sums up; outermost first. */
function codesOf(error: unknown, depth = 0): string[] {
	if (typeof error !== 'object' || error === null || depth > 4) return [];
	const {code, name, cause, errors} = error as {code?: unknown; name?: unknown; cause?: unknown; errors?: unknown};
	const own = typeof code === 'string' ? [code] : name === 'AbortError' ? ['ABORT_ERR'] : [];
	const below = [cause, ...(Array.isArray(errors) ? errors : [])].flatMap(inner => codesOf(inner, depth + 1));
	return [...own, ...below];
}
