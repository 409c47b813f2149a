import {describe, expect, test} from 'vitest';
import {problemsOf, read, readOne} from '../reading.ts';

const application = (name: string, rest = '') =>
	`  - name: ${name}\n    source: {repoURL: ./shop}\n    destination: {namespace: shop}\n${rest === '' ? '' : `    ${rest}\n`}`;
const document = (applications: string, defaults = '') =>
	`apiVersion: holdfast.dev/v1alpha1\nkind: Configuration\n${defaults}applications:\n${applications}`;

describe('dependencies', () => {
	test('are names of other applications, each once', () => {
		const {applications, problems} = read(document(application('a') + application('b', 'dependsOn: [a, a]')));
		expect(problems).toEqual([]);
		expect(applications.map(({name, dependsOn}) => [name, dependsOn])).toEqual([
			['a', []],
			['b', ['a']],
		]);
	});

	test('may be declared after, in another file, or elsewhere altogether', () => {
		const text = document(application('b', 'dependsOn: [a, child]') + application('a'));
		const {applications, problems} = read(text, {knownApplications: ['child']});
		expect(problems).toEqual([]);
		expect(applications).toHaveLength(2);
	});

	test('on one that nobody declares leave the application out, with the nearest name', () => {
		const text = document(application('shop') + application('cart', 'dependsOn: [shpo]'));
		const {applications, problems} = read(text);
		expect(applications.map(({name}) => name)).toEqual(['shop']);
		expect(problems).toMatchObject([
			{code: 'DependencyNotFound', line: 10, object: 'Application/cart', hint: 'Did you mean `shop`?'},
		]);
	});

	test('on one that cannot be read leave the application in: it waits, and says so', () => {
		const broken = application('a').replace('./shop', '""');
		const {applications, problems} = read(document(broken + application('b', 'dependsOn: [a]')));
		expect(applications.map(({name}) => name)).toEqual(['b']);
		expect(problems.map(({code}) => code)).not.toContain('DependencyNotFound');
	});

	test.each<[string, Record<string, string[]>, string[], string]>([
		['on itself', {a: ['a']}, [], 'a → a'],
		['of two', {a: ['b'], b: ['a']}, [], 'a → b → a'],
		['of three, found from the smallest name', {c: ['a'], a: ['b'], b: ['c']}, [], 'a → b → c → a'],
		['with others before and behind', {a: ['b'], b: ['c'], c: ['b'], d: []}, ['a', 'd'], 'b → c → b'],
	])('in a circle %s leave out those on it, and the others go on', (_title, graph, left, cycle) => {
		const text = document(
			Object.entries(graph)
				.map(([name, below]) => application(name, `dependsOn: [${below.join(', ')}]`))
				.join(''),
		);
		const {applications, problems} = read(text);
		expect(applications.map(({name}) => name)).toEqual(left);
		expect(problems.map(({object}) => object)).toEqual(
			Object.keys(graph)
				.filter(name => !left.includes(name))
				.map(name => `Application/${name}`),
		);
		for (const problem of problems) {
			expect(problem).toMatchObject({code: 'DependencyCycle', message: expect.stringContaining(cycle)});
		}
	});

	test('two circles through one application are both told of', () => {
		const text = document(
			application('a', 'dependsOn: [b, c]') + application('b', 'dependsOn: [a]') + application('c', 'dependsOn: [a]'),
		);
		const {applications, problems} = read(text);
		expect(applications).toEqual([]);
		expect(new Set(problems.map(({object}) => object))).toEqual(
			new Set(['Application/a', 'Application/b', 'Application/c']),
		);
	});
});

describe('sync windows', () => {
	const windows = (fields: string) => `syncWindows: [{${fields}}]`;

	test('are read whole', () => {
		const fields = 'kind: allow, schedule: "0 8 ? * MON-FRI", duration: 9h, timeZone: Europe/Berlin, manualSync: true';
		expect(readOne(document(application('a', windows(fields)))).syncWindows).toEqual([
			{
				kind: 'allow',
				schedule: '0 8 * * MON-FRI',
				durationMilliseconds: 9 * 3_600_000,
				timeZone: 'Europe/Berlin',
				manualSync: true,
			},
		]);
	});

	test('need no more than when and how long', () => {
		const fields = 'kind: deny, schedule: "*/5 * * * *", duration: 90s';
		expect(readOne(document(application('a', windows(fields)))).syncWindows).toMatchObject([
			{durationMilliseconds: 90_000, timeZone: 'UTC', manualSync: false},
		]);
	});

	test('of the defaults are those of every application that has none', () => {
		const defaults = 'defaults:\n  syncWindows: [{kind: deny, schedule: "0 0 * * *", duration: 1h}]\n';
		const own = windows('kind: allow, schedule: "0 1 * * *", duration: 1h');
		const {applications} = read(document(application('a') + application('b', own), defaults));
		expect(applications.map(({syncWindows}) => syncWindows.map(({kind}) => kind))).toEqual([['deny'], ['allow']]);
	});

	test.each<[string, RegExp]>([
		[
			'kind: deny, schedule: "0 0 * *", duration: 1h',
			/^7 InvalidValue .*schedule.*not a cron expression of five fields/,
		],
		['kind: deny, schedule: "0 0 0 * * *", duration: 1h', /^7 InvalidValue .*five fields/],
		['kind: deny, schedule: "0 25 * * *", duration: 1h', /^7 InvalidValue .*not a cron expression.*hour: 25/],
		['kind: deny, schedule: "\\e[2J 0 0 * * *", duration: 1h', /^7 InvalidValue .*five fields/],
		['kind: deny, schedule: "0 0 * * *", duration: tomorrow', /^7 InvalidValue .*duration/],
		[
			'kind: deny, schedule: "0 0 * * *", duration: 1h, timeZone: Mars/Base',
			/^7 InvalidValue .*timeZone.*not a time zone/,
		],
		['kind: maybe, schedule: "0 0 * * *", duration: 1h', /^7 InvalidValue .*kind/],
		['kind: deny, duration: 1h', /^7 MissingKey .*schedule/],
		['kind: deny, schedule: "0 0 * * *", duration: 1h, clusters: [a]', /^7 UnknownKey .*clusters/],
	])('%s is refused', (fields, expected) => {
		const problems = problemsOf(document(application('a', windows(fields))));
		expect(problems).toHaveLength(1);
		expect(problems[0]).toMatch(expected);
		expect(problems[0]).not.toContain('\u001b');
	});
});
