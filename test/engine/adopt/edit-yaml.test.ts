import {describe, expect, it} from 'vitest';
import {editYaml, type YamlTarget} from '../../../source/engine/adopt/edit-yaml.ts';
import {parsePath} from '../../../source/engine/fields/path.ts';

const web: YamlTarget = {type: 'object', kind: 'Deployment', name: 'web'};

const deployment = `# The shop's front.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web   # do not rename
  labels: {app: web, tier: "front"}
spec:
  replicas: 2 # enough
  template:
    spec:
      containers:
      # the one that serves
      - name: web
        image: nginx:1.27   # pinned
        args: ["-v", '1']
        env:
        - name: MODE
          value: 'calm'
      - name: sidecar
        image: "proxy:1"
        ports: [{containerPort: 80}]
      nodeSelector:
        disk: ssd
`;

/** What changed, line by line: `-old` and `+new`. */
function changes(before: string, after: string): string[] {
	const [old, now] = [before.split('\n'), after.split('\n')];
	let start = 0;
	while (start < old.length && old[start] === now[start]) start++;
	let end = 0;
	while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
	return [
		...old.slice(start, old.length - end).map(line => `-${line}`),
		...now.slice(start, now.length - end).map(line => `+${line}`),
	];
}

function edit(text: string, path: string, value: unknown, target: YamlTarget = web): string[] | string {
	const answer = editYaml(text, target, [{path: parsePath(path)!, value}]);
	return answer.ok ? changes(text, answer.text) : answer.reason;
}

const containers = 'spec.template.spec.containers';

describe('editing YAML', () => {
	const cases: [string, string, unknown, string[]][] = [
		[
			'an image is one line, its comment stays',
			`${containers}[name="web"].image`,
			'nginx:1.28',
			['-        image: nginx:1.27   # pinned', '+        image: nginx:1.28   # pinned'],
		],
		[
			'a quoted text stays quoted',
			`${containers}[name="sidecar"].image`,
			'proxy:2',
			['-        image: "proxy:1"', '+        image: "proxy:2"'],
		],
		['a number', 'spec.replicas', 5, ['-  replicas: 2 # enough', '+  replicas: 5 # enough']],
		[
			'a text that reads like a number gets quotes',
			`${containers}[name="web"].env[name="MODE"].value`,
			'10',
			["-          value: 'calm'", "+          value: '10'"],
		],
		[
			'a value inside brackets',
			'metadata.labels.tier',
			'back',
			['-  labels: {app: web, tier: "front"}', '+  labels: {app: web, tier: "back"}'],
		],
		[
			'a new key inside brackets',
			'metadata.labels[example.com/team]',
			'on',
			['-  labels: {app: web, tier: "front"}', '+  labels: {app: web, tier: "front", example.com/team: "on"}'],
		],
		['a new key at the end of its map', 'spec.paused', true, ['+  paused: true']],
		['a new map below a map', 'metadata.annotations[note]', 'by hand', ['+  annotations:', '+    note: by hand']],
		[
			'a new list item, with what is below it in the style around',
			`${containers}[name="debug"]`,
			{name: 'debug', image: 'busybox', env: [{name: 'A', value: 'yes'}], resources: {}, command: ['sh', '-c']},
			[
				'+      - name: debug',
				'+        image: busybox',
				'+        env:',
				'+        - name: A',
				'+          value: "yes"',
				'+        resources: {}',
				'+        command:',
				'+        - sh',
				'+        - "-c"',
			],
		],
		[
			'a field of a new list item brings its key',
			`${containers}[name="web"].env[name="LEVEL"].value`,
			'debug',
			['+        - name: LEVEL', '+          value: debug'],
		],
		[
			'an item that is found without the default that it leaves out',
			`${containers}[name="sidecar"].ports[containerPort=80,protocol="TCP"].hostPort`,
			8080,
			['-        ports: [{containerPort: 80}]', '+        ports: [{containerPort: 80, hostPort: 8080}]'],
		],
		[
			'a list as a whole',
			`${containers}[name="web"].args`,
			['-q'],
			['-        args: ["-v", \'1\']', '+        args:', '+        - "-q"'],
		],
		['a key goes', 'spec.replicas', undefined, ['-  replicas: 2 # enough']],
		[
			'a whole block goes',
			'spec.template.spec.nodeSelector',
			undefined,
			['-      nodeSelector:', '-        disk: ssd'],
		],
		[
			'the last key of a map leaves it empty',
			'spec.template.spec.nodeSelector.disk',
			undefined,
			['-      nodeSelector:', '-        disk: ssd', '+      nodeSelector: {}'],
		],
		[
			'a list item goes',
			`${containers}[name="sidecar"]`,
			undefined,
			['-      - name: sidecar', '-        image: "proxy:1"', '-        ports: [{containerPort: 80}]'],
		],
		[
			'the only item of a list leaves it empty',
			`${containers}[name="web"].env[name="MODE"]`,
			undefined,
			['-        env:', '-        - name: MODE', "-          value: 'calm'", '+        env: []'],
		],
		[
			'a key inside brackets goes',
			'metadata.labels.tier',
			undefined,
			['-  labels: {app: web, tier: "front"}', '+  labels: {app: web}'],
		],
		[
			'the first key inside brackets goes',
			'metadata.labels.app',
			undefined,
			['-  labels: {app: web, tier: "front"}', '+  labels: {tier: "front"}'],
		],
		[
			'the first key of a list item goes, the next one takes its dash',
			`${containers}[name="web"].env[name="MODE"].name`,
			undefined,
			['-        - name: MODE', "-          value: 'calm'", "+        - value: 'calm'"],
		],
		[
			'a scalar becomes a map',
			'spec.replicas',
			{a: 1},
			['-  replicas: 2 # enough', '+  replicas:', '+    a: 1 # enough'],
		],
		[
			'a map becomes a scalar',
			'spec.template.spec.nodeSelector',
			'none',
			['-      nodeSelector:', '-        disk: ssd', '+      nodeSelector: none'],
		],
		['what is so already', 'spec.replicas', 2, []],
	];
	it.each(cases)('%s', (_name, path, value, expected) => {
		expect(edit(deployment, path, value)).toEqual(expected);
	});

	it.each([
		['plain', 'plain', 'a\u202eb', '+  a: "a\\u202eb"'],
		['in single quotes', "'single'", 'a\u200bb', '+  a: "a\\u200bb"'],
		['as a block', '|\n    one\n    two', 'a\u2066\nb\n', '+  a: "a\\u2066\\nb\\n"'],
	])('writes what cannot be seen so that it can, where the value was %s', (_name, written, value, line) => {
		const text = `kind: ConfigMap\nmetadata: {name: web}\ndata:\n  a: ${written}\n`;
		expect(edit(text, 'data.a', value, {type: 'object', kind: 'ConfigMap', name: 'web'})).toContain(line);
	});

	it('keeps the other documents of a file, and finds an object among them by name', () => {
		const text = `${deployment}---\n# second\nkind: Deployment\nmetadata: {name: other}\nspec: {replicas: 1}\n...\n---\n`;
		expect(edit(text, 'spec.replicas', 3, {type: 'object', kind: 'Deployment', name: 'other'})).toEqual([
			'-spec: {replicas: 1}',
			'+spec: {replicas: 3}',
		]);
	});

	it('tells two of one name apart by their line', () => {
		const text = 'kind: A\nmetadata: {name: x}\nv: 1\n---\nkind: A\nmetadata: {name: x}\nv: 1\n';
		const target = {type: 'object', kind: 'A', name: 'x'} as const;
		expect(edit(text, 'v', 2, target)).toMatch(/more than once/);
		expect(editYaml(text, {...target, line: 5}, [{path: parsePath('v')!, value: 2}])).toEqual({
			ok: true,
			text: 'kind: A\nmetadata: {name: x}\nv: 1\n---\nkind: A\nmetadata: {name: x}\nv: 2\n',
		});
	});

	const map = {type: 'object', kind: 'ConfigMap', name: 'c'} as const;
	const head = 'kind: ConfigMap\nmetadata: {name: c}\n';
	const texts: [string, string, string, unknown, string][] = [
		[
			'literal blocks',
			'data:\n  a: |\n    one\n  b: x\n',
			'data.a',
			'one\ntwo\n',
			'data:\n  a: |\n    one\n    two\n  b: x\n',
		],
		['a text that grows to lines', 'data:\n  a: x\n', 'data.a', 'x\ny', 'data:\n  a: |-\n    x\n    y\n'],
		['a new literal at the end', 'data:\n  a: x\n', 'data.b', 'x\ny\n', 'data:\n  a: x\n  b: |\n    x\n    y\n'],
		[
			'a block that becomes one word',
			'data:\n  a: |\n    one\n    two\n  b: x\n',
			'data.a',
			'yes',
			'data:\n  a: "yes"\n  b: x\n',
		],
		['lines with spaces at their ends', 'data:\n  a: x\n', 'data.a', 'x \ny', 'data:\n  a: "x \\ny"\n'],
		['an empty map', 'data: {}\n', 'data.a', 'x', 'data: {a: x}\n'],
		['a key without a value', 'data:\nother: 1\n', 'data.a', 'x', 'data:\n  a: x\nother: 1\n'],
		['a key without a value at the end', 'data:', 'data.a', 'x', 'data:\n  a: x'],
		['no line end at the end', 'data:\n  a: x', 'data.b', 'z', 'data:\n  a: x\n  b: z'],
		['Windows line ends', 'data:\r\n  a: x\r\n', 'data.b', 'z', 'data:\r\n  a: x\r\n  b: z\r\n'],
		['deeper lists', 'l:\n    - a: 1\nm: 1\n', 'k', [{b: [1]}], 'l:\n    - a: 1\nm: 1\nk:\n  - b:\n      - 1\n'],
		[
			'a comment below a block stays below it',
			'data:\n  a: x\n# end\nother: 1\n',
			'data.b',
			'z',
			'data:\n  a: x\n  b: z\n# end\nother: 1\n',
		],
		['a text with an escape', 'data:\n  a: x\n', 'data.a', '\u001b[31m', 'data:\n  a: "\\u001b[31m"\n'],
		['keys that need quotes', 'data:\n  a: x\n', 'data["on"]', 'x: y', 'data:\n  a: x\n  "on": "x: y"\n'],
		['an empty text', 'data:\n  a: x\n', 'data.a', '', 'data:\n  a: ""\n'],
		['a duplicate of a value elsewhere', 'data:\n  b: x\n  a: x\n', 'data.a', 'x2', 'data:\n  b: x\n  a: x2\n'],
	];
	it.each(texts)('writes %s', (_name, body, path, value, expected) => {
		const answer = editYaml(head + body, map, [{path: parsePath(path)!, value}]);
		expect(answer).toEqual({ok: true, text: head + expected});
	});

	it('edits JSON as JSON', () => {
		const text = '{\n  "kind": "ConfigMap",\n  "metadata": {"name": "c"},\n  "data": {\n    "a": "x"\n  }\n}\n';
		const answer = editYaml(text, map, [
			{path: parsePath('data.b')!, value: 'y'},
			{path: parsePath('data.a')!, value: 'z'},
		]);
		expect(answer).toEqual({ok: true, text: text.replace('"a": "x"', '"a": "z",\n    "b": "y"')});
		expect(() => JSON.parse((answer as {text: string}).text)).not.toThrow();
	});

	it('edits the items of a List', () => {
		const text = 'kind: List\nitems:\n- kind: ConfigMap\n  metadata: {name: c}\n  data: {a: x}\n';
		expect(edit(text, 'data.a', 'y', map)).toEqual(['-  data: {a: x}', '+  data: {a: "y"}']);
	});

	const refusals: [string, string, string, RegExp][] = [
		[
			'a value that is shared',
			`${head}data: &d {a: x}\nother: *d\n`,
			'data.a',
			/shared with other places by a YAML anchor/,
		],
		['an alias', `${head}base: &d {a: x}\ndata: *d\n`, 'data.a', /shared/],
		['what comes by a merge', `${head}base: &d {a: {b: x}}\ndata:\n  <<: *d\n`, 'data.a.b', /shared/],
		[
			'aliases that multiply without end',
			`${head}a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c]\n`,
			'data.a',
			/cannot be read/,
		],
		['a file that cannot be read', `${head}data: [\n`, 'data.a', /cannot be read/],
		['a file without the object', 'kind: ConfigMap\nmetadata: {name: d}\n', 'data.a', /no ConfigMap\/c/],
		['a path through a scalar', `${head}data: x\n`, 'data.a.b', /leads through|cannot be edited|holds nothing/],
	];
	it.each(refusals)('refuses %s', (_name, text, path, reason) => {
		expect(edit(text, path, 'y', map)).toMatch(reason);
	});
});
