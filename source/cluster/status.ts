/** The `Status` that Kubernetes answers errors with (meta/v1), read without trusting any of it. */
import {parseJson} from '../model/json.ts';
import {asList, asMap, isMap, textOf} from './kubeconfig-files.ts';

export interface RawCause {
	readonly reason: string;
	readonly field: string;
	readonly message: string;
}

export interface ApiStatus {
	readonly status: number;
	/** Empty when the server gave none: schema errors under apply come so. */
	readonly reason: string;
	/** As sent: neither safe nor redacted. */
	readonly message: string;
	/** `details.kind` is a resource (`configmaps`) or a kind, as it happens. */
	readonly kind: string;
	readonly name: string;
	readonly causes: readonly RawCause[];
	readonly retryAfterSeconds: number | null;
	/** An expired list's way on. */
	readonly continueToken: string;
	/** False for the plain text of proxies and of unknown groups. */
	readonly isStatus: boolean;
}

export function readStatus(status: number, contentType: string, text: string): ApiStatus {
	return fromDocument(contentType.includes('json') ? tryParse(text) : null, status, text);
}

/** From an ERROR event of a watch, which carries the Status itself. */
export function readStatusObject(object: unknown): ApiStatus {
	const code = asMap(object).code;
	return fromDocument(object, typeof code === 'number' ? code : 500, '');
}

function fromDocument(document: unknown, status: number, text: string): ApiStatus {
	const isStatus = isMap(document) && document.kind === 'Status';
	const map = isStatus ? document : {};
	const details = asMap(map.details);
	const {retryAfterSeconds} = details;
	return {
		status,
		reason: textOf(map.reason),
		message: isStatus ? textOf(map.message) : text.slice(0, 2_000).trim(),
		kind: textOf(details.kind),
		name: textOf(details.name),
		causes: asList(details.causes).map(cause => ({
			reason: textOf(cause.reason),
			field: textOf(cause.field),
			message: textOf(cause.message),
		})),
		retryAfterSeconds: typeof retryAfterSeconds === 'number' && retryAfterSeconds > 0 ? retryAfterSeconds : null,
		continueToken: textOf(asMap(map.metadata).continue),
		isStatus,
	};
}

function tryParse(text: string): unknown {
	try {
		return parseJson(text);
	} catch {
		return null;
	}
}
