import {Buffer} from 'node:buffer';
import {generateKeyPairSync, randomBytes, sign} from 'node:crypto';

export interface Certificate {
	/** PEM. */
	readonly key: string;
	/** PEM; its own authority. */
	readonly certificate: string;
}

/** By these names, and by its address, clients may know the server; the last are those of any cluster's own server. */
const names = ['localhost', 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc'];

const day = 24 * 60 * 60 * 1000;

/**
 * A key and a self-signed certificate for 127.0.0.1, new every time (RFC 5280, written by hand because Node
 * makes keys but no certificates). kubectl sends credentials over TLS only. `now` in epoch milliseconds.
 */
export function createCertificate(now: number): Certificate {
	const {publicKey, privateKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'});
	const name = sequence(set(sequence(identifier('2.5.4.3'), utf8('holdfast embedded control plane'))));
	const algorithm = sequence(identifier('1.2.840.10045.4.3.2'));
	const body = sequence(
		tagged(0xa0, integer(Buffer.from([2]))),
		integer(positive(randomBytes(16))),
		algorithm,
		name,
		sequence(time(now - day), time(now + 3650 * day)),
		name,
		publicKey.export({format: 'der', type: 'spki'}),
		tagged(0xa3, extensions()),
	);
	const signature = sign('sha256', body, privateKey);
	const certificate = sequence(body, algorithm, tagged(0x03, Buffer.from([0]), signature));
	const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
	return {
		key: privateKey.export({format: 'pem', type: 'pkcs8'}) as string,
		certificate: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
	};
}

function extensions(): Buffer {
	const boolean = tagged(0x01, Buffer.from([0xff]));
	const critical = (oid: string, value: Buffer): Buffer => sequence(identifier(oid), boolean, tagged(0x04, value));
	const plain = (oid: string, value: Buffer): Buffer => sequence(identifier(oid), tagged(0x04, value));
	return sequence(
		// Authority and server at once.
		critical('2.5.29.19', sequence(boolean)),
		// digitalSignature and keyCertSign.
		critical('2.5.29.15', tagged(0x03, Buffer.from([2, 0x84]))),
		plain('2.5.29.37', sequence(identifier('1.3.6.1.5.5.7.3.1'))),
		plain(
			'2.5.29.17',
			sequence(...names.map(name => tagged(0x82, Buffer.from(name))), tagged(0x87, Buffer.from([127, 0, 0, 1]))),
		),
	);
}

/** One value in DER (X.690): its tag, its length, its content. */
function tagged(tag: number, ...content: readonly Buffer[]): Buffer {
	const body = Buffer.concat(content);
	const size = body.length;
	const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
	return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...content: readonly Buffer[]): Buffer => tagged(0x30, ...content);
const set = (...content: readonly Buffer[]): Buffer => tagged(0x31, ...content);
const integer = (bytes: Buffer): Buffer => tagged(0x02, bytes);
const utf8 = (text: string): Buffer => tagged(0x0c, Buffer.from(text));

/** UTCTime, which ends in 2049. */
function time(milliseconds: number): Buffer {
	const digits = new Date(milliseconds).toISOString().replace(/[-:T]/g, '').slice(2, 14);
	return tagged(0x17, Buffer.from(`${digits}Z`));
}

/** A number whose first bit is clear and whose first byte is not zero. */
function positive(bytes: Buffer): Buffer {
	bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
	return bytes;
}

function identifier(text: string): Buffer {
	const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
	const bytes = [first * 40 + second];
	for (const arc of rest) {
		const septets = [arc & 0x7f];
		for (let left = arc >> 7; left > 0; left >>= 7) septets.unshift((left & 0x7f) | 0x80);
		bytes.push(...septets);
	}
	return tagged(0x06, Buffer.from(bytes));
}
