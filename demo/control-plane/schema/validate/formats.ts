/** Formats of names and labels (kubernetes apimachinery validation): null when a text has it, else what the server says. */

export type Format = (text: string) => string | null;

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*`;
const label1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const qualifiedPart = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const labelValue = `(${qualifiedPart})?`;
const configKey = '[-._a-zA-Z0-9]+';
const environmentName = '[-._a-zA-Z][-._a-zA-Z0-9]*';

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

export const dnsLabel1035: Format = text =>
	text.length > 63
		? tooLong(63)
		: matches(label1035, text)
			? null
			: regexText(
					"a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
					label1035,
					'my-name',
					'abc-123',
				);

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
					`(${qualifiedPart})?`.replace('((', '(('),
					'MyValue',
					'my_value',
					'12345',
				);

/** A label or annotation key: a name, or a DNS name, a slash and a name. */
export const qualifiedName: Format = text => {
	const parts = text.split('/');
	const name = parts.at(-1) ?? '';
	if (parts.length > 2) {
		return `a qualified name ${regexText(
			"must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
			qualifiedPart,
			'MyName',
			'my.name',
			'123-abc',
		)} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`;
	}
	if (parts.length === 2) {
		const prefix = parts[0] ?? '';
		if (prefix === '') return 'prefix part must be non-empty';
		const problem = dnsSubdomain(prefix);
		if (problem) return `prefix part ${problem}`;
	}
	if (name === '') return 'name part must be non-empty';
	if (name.length > 63) return `name part ${tooLong(63)}`;
	if (matches(`(${qualifiedPart})`, name)) return null;
	return `name part ${regexText(
		"must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
		`(${qualifiedPart})`,
		'MyName',
		'my.name',
		'123-abc',
	)}`;
};

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
	matches(environmentName, text)
		? null
		: regexText(
				"a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
				environmentName,
				'my.env-name',
				'MY_ENV.NAME',
				'MyEnvName1',
			);
