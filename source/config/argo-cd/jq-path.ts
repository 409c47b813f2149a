const text = String.raw`((?:[^"\\]|\\["\\/])*)`;

type Step =
	| {readonly type: 'field'; readonly name: string}
	| {readonly type: 'index'; readonly index: string}
	| {readonly type: 'every'}
	| {readonly type: 'named'; readonly name: string};

/** One step down, in the ways jq can write it. The first group that took part is the key. */
const steps: readonly {readonly pattern: RegExp; readonly make: (key: string) => Step}[] = [
	{pattern: /^\.([A-Za-z_]\w*)\??/, make: name => ({type: 'field', name})},
	{pattern: new RegExp(String.raw`^\."${text}"\??`), make: name => ({type: 'field', name: unescaped(name)})},
	{pattern: new RegExp(String.raw`^\.?\["${text}"\]\??`), make: name => ({type: 'field', name: unescaped(name)})},
	{pattern: /^\.?\[([0-9]+)\]\??/, make: index => ({type: 'index', index})},
	{
		// Lists whose items have names are keyed by them, so this one filter can be said as a path.
		pattern: new RegExp(String.raw`^\.?\[\]\?? *\| *select\( *\.name *== *"${text}" *\)(?: *\| *(?=\.))?`),
		make: name => ({type: 'named', name: unescaped(name)}),
	},
	{pattern: /^\.?\[\]\??/, make: () => ({type: 'every'})},
];

/** An ignored field as our model says it: RFC 6901, or a path in the spelling of drift events. */
export type IgnoredField =
	| {readonly type: 'pointer'; readonly pointer: string}
	| {readonly type: 'path'; readonly path: string};

/**
 * What a jq path of `ignoreDifferences` selects, when it only walks down: `.spec.replicas`, `.metadata.annotations["a/b"]`,
 * `.webhooks[]?.clientConfig.caBundle`, `.spec.containers[] | select(.name == "web") | .image`. null for all the rest of jq.
 */
export function readJqPath(expression: string): IgnoredField | null {
	let rest = expression.trim();
	if (!rest.startsWith('.')) return null;
	const found: Step[] = [];
	while (rest !== '') {
		const next = nextStep(rest);
		if (!next) return null;
		found.push(next.step);
		rest = rest.slice(next.length);
	}
	const isPlain = found.every(step => step.type === 'field' || step.type === 'index');
	return isPlain
		? {type: 'pointer', pointer: found.map(printPointerStep).join('')}
		: {type: 'path', path: found.map(printPathStep).join('').replace(/^\./, '')};
}

function nextStep(rest: string): {step: Step; length: number} | undefined {
	for (const {pattern, make} of steps) {
		const match = pattern.exec(rest);
		if (match) return {step: make(match[1] ?? ''), length: match[0].length};
	}
	return undefined;
}

function unescaped(name: string): string {
	return name.replace(/\\(["\\/])/g, '$1');
}

function printPointerStep(step: Step): string {
	const key = step.type === 'field' ? step.name : step.type === 'index' ? step.index : '';
	return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function printPathStep(step: Step): string {
	switch (step.type) {
		case 'field':
			return /^[A-Za-z_][\w-]*$/.test(step.name) ? `.${step.name}` : `[${JSON.stringify(step.name)}]`;
		case 'index':
			return `[${step.index}]`;
		case 'every':
			return '[*]';
		case 'named':
			return `[name=${JSON.stringify(step.name)}]`;
	}
}
