import {Buffer} from 'node:buffer';
import {type FieldProblem, invalid, required} from './problem.ts';

type Data = Readonly<Record<string, unknown>>;

const isThere = (data: Data, key: string): boolean => typeof data[key] === 'string' && data[key] !== '';

/** All of these keys must be there. */
const all =
	(...keys: readonly string[]) =>
	(data: Data): FieldProblem[] =>
		keys.filter(key => !(key in data)).map(key => required(`data[${key}]`));

/** At least one of these keys must be there. */
const any =
	(...keys: readonly string[]) =>
	(data: Data): FieldProblem[] =>
		keys.some(key => key in data) ? [] : keys.map(key => required(`data[${key}]`));

/** A key that must be there and hold JSON; what it holds is not told. */
const json =
	(key: string) =>
	(data: Data): FieldProblem[] => {
		if (!isThere(data, key)) return [required(`data[${key}]`)];
		try {
			JSON.parse(Buffer.from(String(data[key]), 'base64').toString('utf8'));
			return [];
		} catch {
			return [invalid(`data[${key}]`, '<secret contents redacted>', 'invalid character')];
		}
	};

const checks: Readonly<Record<string, (data: Data) => FieldProblem[]>> = {
	'kubernetes.io/basic-auth': any('username', 'password'),
	'kubernetes.io/dockercfg': json('.dockercfg'),
	'kubernetes.io/dockerconfigjson': json('.dockerconfigjson'),
	'kubernetes.io/ssh-auth': data => (isThere(data, 'ssh-privatekey') ? [] : [required('data[ssh-privatekey]')]),
	'kubernetes.io/tls': all('tls.crt', 'tls.key'),
};

/** What a Secret of a type that Kubernetes knows must hold. */
export function validateSecretType(type: unknown, data: Data): FieldProblem[] {
	return checks[String(type)]?.(data) ?? [];
}
