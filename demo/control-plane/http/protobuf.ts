import {Buffer} from 'node:buffer';
import {badRequest} from '../api/failures.ts';
import {type Field, type Message, messages} from './protobuf-messages.ts';

const magic = Buffer.from('k8s\u0000');

/** Kubernetes' envelope of protobuf: which kind, and its bytes. */
const envelope: Message = {
	1: {name: 'type', kind: {message: {1: {name: 'apiVersion', kind: 'string'}, 2: {name: 'kind', kind: 'string'}}}},
	2: {name: 'raw', kind: 'bytes'},
};

/** An object that was sent as protobuf, as JSON; null for a kind that is not read this way. Throws 400. */
export function readProtobuf(bytes: Buffer): unknown {
	if (!bytes.subarray(0, magic.length).equals(magic))
		throw badRequest('the body is not in the protobuf form of Kubernetes');
	const {type, raw} = readMessage(envelope, bytes.subarray(magic.length)) as {
		type?: {apiVersion?: string; kind?: string};
		raw?: string;
	};
	const {apiVersion = '', kind = ''} = type ?? {};
	const message = messages[`${apiVersion}/${kind}`] ?? messages[`meta.k8s.io/v1/${kind}`];
	if (!message) return null;
	return {apiVersion, kind, ...readMessage(message, Buffer.from(raw ?? '', 'base64'))};
}

function readMessage(message: Message, bytes: Buffer): Record<string, unknown> {
	const result: Record<string, unknown> = {};
	for (const {number, value} of fieldsOf(bytes)) {
		const field = message[number];
		if (field) put(result, field, value);
	}
	return result;
}

function put(result: Record<string, unknown>, {name, kind}: Field, value: Buffer | number): void {
	const bytes = typeof value === 'number' ? Buffer.alloc(0) : value;
	if (typeof kind === 'object') {
		if ('message' in kind) result[name] = readMessage(kind.message, bytes);
		else result[name] = [...((result[name] as unknown[]) ?? []), readMessage(kind.list, bytes)];
		return;
	}
	switch (kind) {
		case 'string':
			// Protobuf of this kind writes every text, JSON none that is empty.
			if (bytes.length > 0) result[name] = bytes.toString('utf8');
			return;
		case 'bytes':
			result[name] = bytes.toString('base64');
			return;
		case 'integer':
			if (typeof value === 'number') result[name] = value;
			return;
		case 'boolean':
			result[name] = value !== 0;
			return;
		case 'strings':
			result[name] = [...((result[name] as string[]) ?? []), bytes.toString('utf8')];
			return;
		case 'stringMap':
		case 'bytesMap': {
			const entry = new Map([...fieldsOf(bytes)].map(part => [part.number, part.value]));
			const text = (at: number, encoding: 'utf8' | 'base64'): string =>
				(entry.get(at) as Buffer | undefined)?.toString(encoding) ?? '';
			const map = (result[name] as Record<string, string> | undefined) ?? {};
			result[name] = {...map, [text(1, 'utf8')]: text(2, kind === 'bytesMap' ? 'base64' : 'utf8')};
			return;
		}
		case 'intOrString': {
			const parts = new Map([...fieldsOf(bytes)].map(part => [part.number, part.value]));
			const isText = parts.get(1) === 1;
			result[name] = isText ? ((parts.get(3) as Buffer | undefined)?.toString('utf8') ?? '') : (parts.get(2) ?? 0);
			return;
		}
	}
}

interface Part {
	readonly number: number;
	readonly value: Buffer | number;
}

/** The fields of a message (protobuf encoding): varints as numbers, everything of a length as bytes. Throws 400. */
function* fieldsOf(bytes: Buffer): Generator<Part> {
	let at = 0;
	const varint = (): number => {
		let value = 0n;
		for (let shift = 0n; ; shift += 7n) {
			const byte = bytes[at++];
			if (byte === undefined || shift > 63n) throw badRequest('the protobuf body ends too early');
			value |= BigInt(byte & 0x7f) << shift;
			if (byte < 0x80) return Number(BigInt.asIntN(64, value));
		}
	};
	while (at < bytes.length) {
		const tag = varint();
		const number = tag >>> 3;
		switch (tag & 7) {
			case 0:
				yield {number, value: varint()};
				break;
			case 1:
				at += 8;
				break;
			case 2: {
				const length = varint();
				if (length < 0 || at + length > bytes.length) throw badRequest('the protobuf body ends too early');
				yield {number, value: bytes.subarray(at, at + length)};
				at += length;
				break;
			}
			case 5:
				at += 4;
				break;
			default:
				throw badRequest('the protobuf body has a field of an unknown type');
		}
	}
}
