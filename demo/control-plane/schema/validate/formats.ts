/** Formats of names and labels (kubernetes apimachinery validation): null when a text has it, else what the server says. */

export type Format = (text: string) => string | null;

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*`;
const qualifiedPart = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const labelValue = `(${qualifiedPart})?`;
const configKey = '[-._a-zA-Z0-9]+';

function matches(pattern: string, text: string): boolean {
	return new RegExp(`^${pattern}$`).test(text);
}

function tooLong(maximum: number): string {
	return `must be no more than ${maximum} bytes`;
}

function regexText(sentence: string, pattern: string, ...examples: readonly string[]): string {
	const shown = examples.map(example => `'${example}'`).join(',  or ');
	return `${sentence} (e.g. ${shown}, regex used for validation is '${pattern}')`;
}

export const dnsSubdomain: Format = text =>
	text.length > 253
		? tooLong(253)
		: matches(subdomain, text)
			? null
			: regexText(
					"a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
					subdomain,
					'example.com',
				);

export const dnsLabel: Format = text =>
	text.length > 63
		? tooLong(63)
		: matches(label, text)
			? null
			: regexText(
					"a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
					label,
					'my-name',
					'123-abc',
				);

/** A namespace's name becomes part of DNS names. */
export const namespaceName: Format = text => (text.includes('.') ? 'must not contain dots' : dnsLabel(text));

/** RBAC objects are named as parts of a path. */
export const pathSegment: Format = text => {
	if (text === '.' || text === '..') return `may not be '${text}'`;
	const bad = ['/', '%'].find(character => text.includes(character));
	return bad ? `may not contain '${bad}'` : null;
};

export const labelText: Format = text =>
	text.length > 63
		? tooLong(63)
		: matches(labelValue, text)
			? null
			: regexText(
					"a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
					labelValue,
					'MyValue',
					'my_value',
					'12345',
				);

const namePart = regexText(
	"must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
	qualifiedPart,
	'MyName',
	'my.name',
	'123-abc',
);

/** What is wrong with a label or annotation key: a name, or a DNS name, a slash and a name. Can be several things. */
export function labelKeyProblems(text: string): string[] {
	const parts = text.split('/');
	const name = parts.at(-1) ?? '';
	if (parts.length > 2) {
		return [`a valid label key ${namePart} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
	}
	const prefix = parts.length === 2 ? (parts[0] ?? '') : null;
	const prefixProblem = prefix ? dnsSubdomain(prefix) : null;
	return [
		...(prefix === '' ? ['prefix part must be non-empty'] : []),
		...(prefixProblem ? [`prefix part ${prefixProblem}`] : []),
		...(name === '' ? ['name part must be non-empty'] : []),
		...(name.length > 63 ? [`name part ${tooLong(63)}`] : []),
		...(matches(`(${qualifiedPart})`, name) ? [] : [`name part ${namePart}`]),
	];
}

/** What is wrong with the name of a port (RFC 6335). Can be several things. */
export function portNameProblems(text: string): string[] {
	return [
		...(text.length > 15 ? ['must be no more than 15 characters'] : []),
		...(matches('[-a-z0-9]*', text) ? [] : ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']),
		...(/[a-z]/.test(text) ? [] : ['must contain at least one letter (a-z)']),
		...(text.includes('--') ? ['must not contain consecutive hyphens'] : []),
		...(text.startsWith('-') || text.endsWith('-') ? ['must not begin or end with a hyphen'] : []),
	];
}

/** A key of a ConfigMap's or Secret's data. */
export const dataKey: Format = text =>
	text.length > 253
		? tooLong(253)
		: text === '.' || text === '..'
			? `must not be '${text}'`
			: matches(configKey, text)
				? null
				: regexText(
						"a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
						configKey,
						'key.name',
						'KEY_NAME',
						'key-name',
					);

export const environmentVariable: Format = text =>
	matches('[ -<>-~]+', text)
		? null
		: "a valid environment variable name must consist only of printable ASCII characters other than '='";
