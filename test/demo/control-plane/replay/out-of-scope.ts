/**
 * Recorded writes that merge and schema alone cannot answer, each with its reason. The parts before and after them (the
 * HTTP layer, the storage, admission, authorization) have tests of their own.
 */

/** `case/step`, or `case` for all its steps; the case by its number. */
const elsewhere: Readonly<Record<string, string>> = {
	'22/2': 'the storage: no such object',
	'28/1': 'discovery: no such kind yet',
	'37/8': 'the HTTP layer: YAML with a key twice',
	'37/9': 'the HTTP layer: YAML with a key twice',
	'37/10': 'the HTTP layer: parameters',
	'39': 'discovery and the storage: nothing there',
	'40/1': 'the HTTP layer: parameters',
	'40/2': 'the HTTP layer: parameters',
	'40/3': 'the HTTP layer: parameters',
	'40/5': 'the HTTP layer: body and URL differ',
	'40/6': 'the HTTP layer: body and URL differ',
	'40/7': 'the HTTP layer: body and URL differ',
	'40/8': 'the HTTP layer: body and URL differ',
	'40/9': 'the HTTP layer: body and URL differ',
	'40/10': 'the HTTP layer: malformed YAML',
	'40/11': 'the HTTP layer: body and URL differ',
	'40/12': 'the HTTP layer: media type',
	'40/15': 'the storage: precondition on the uid',
	'40/16': 'the storage: precondition on the resourceVersion',
	'41/3': 'the storage: precondition on the resourceVersion',
	'41/5': 'the storage: precondition on the resourceVersion',
	'41/7': 'the storage: the name is taken',
	'46/4': 'admission: the namespace is terminating',
	'47/4': 'authorization',
	'47/5': 'authorization',
	'47/7': 'authorization',
	'47/8': 'authorization',
	'47/9': 'authorization',
	'59/3': 'admission: quota',
	'60/3': 'admission: policies',
	'60/4': 'admission: policies',
	'60/6': 'admission: webhooks',
	'61': 'the recording leaves the body out',
	'64/1': 'no schema of APIService was recorded',
	'65/4': 'admission: the definition is terminating',
};

/** What these parts do not do, on purpose. */
const notDone: Readonly<Record<string, string>> = {
	'32/4': 'rules in CEL are not run',
	'38/8': "the message shows the server's internal structure of the template",
	'38/13': "the message shows a difference of the server's internal structures",
};

/** Several fields are unknown, and which of them the server names differs between identical requests. */
const unstable: Readonly<Record<string, string>> = {
	'37/1': 'order of errors',
	'37/5': 'order of errors',
	'37/6': 'order of errors',
	'37/7': 'order of errors',
};

function find(table: Readonly<Record<string, string>>, name: string, step: number): string | undefined {
	const number = name.slice(0, 2);
	return table[`${number}/${step}`] ?? table[number];
}

/** Why a step is left out; undefined when it is not. */
export function reasonToSkip(name: string, step: number): string | undefined {
	return find(elsewhere, name, step);
}

/** Why a step cannot agree; undefined when it can. */
export function reasonToDiffer(name: string, step: number): string | undefined {
	return find(notDone, name, step) ?? find(unstable, name, step);
}

/** Steps of which 1.33 words the message otherwise; ours is that of 1.36. What, where and why agree all the same. */
const wordedOtherwise: Readonly<Record<string, readonly string[]>> = {
	'v1.33': ['28/7', '32/2', '32/3', '36/2', '38/2', '38/6', '38/11'],
};

export function isWordedOtherwise(version: string, name: string, step: number): boolean {
	return wordedOtherwise[version]?.includes(`${name.slice(0, 2)}/${step}`) ?? false;
}
