import {expect, test} from 'vitest';
import {templateProblem} from '../../../source/render/helm/template-problem.ts';
import {memoryTree} from '../tools/memory-tree.ts';

const tree = memoryTree({
	'charts/shop/Chart.yaml': 'name: mychart',
	'charts/shop/values.yaml': '',
	'charts/shop/values.schema.json': '',
	'charts/shop/templates/web.yaml': '',
	'charts/shop/charts/sub/templates/a.yaml': '',
	'env/prod.yaml': '',
});

const debug = '\n\nUse --debug flag to render out invalid YAML';

/** Messages of helm 3.22 and 4.3, as printed. */
test.each<[string, string, object]>([
	[
		'a nil pointer (helm 3)',
		`Error: template: mychart/templates/web.yaml:12:24: executing "mychart/templates/web.yaml" at <.Values.x.y>: nil pointer evaluating interface {}.y${debug}`,
		{
			code: 'HelmFailed',
			file: 'charts/shop/templates/web.yaml',
			line: 12,
			message: 'executing "mychart/templates/web.yaml" at <.Values.x.y>: nil pointer evaluating interface {}.y',
		},
	],
	[
		'a nil pointer (helm 4)',
		`Error: mychart/templates/web.yaml:12:24\n  executing "mychart/templates/web.yaml" at <.Values.x.y>:\n    nil pointer evaluating interface {}.y${debug}`,
		{
			file: 'charts/shop/templates/web.yaml',
			line: 12,
			message: 'executing "mychart/templates/web.yaml" at <.Values.x.y>: nil pointer evaluating interface {}.y',
		},
	],
	[
		'a parse error',
		`Error: parse error at (mychart/templates/web.yaml:3): function "nope" not defined${debug}`,
		{file: 'charts/shop/templates/web.yaml', line: 3, message: 'function "nope" not defined'},
	],
	[
		'a required value',
		`level=WARN msg=x\nError: execution error at (mychart/charts/sub/templates/a.yaml:1:6): need x${debug}`,
		{file: 'charts/shop/charts/sub/templates/a.yaml', line: 1, message: 'need x'},
	],
	[
		'a template of an archive',
		`Error: execution error at (mychart/charts/packed/templates/a.yaml:1:6): need x`,
		{file: 'charts/shop/Chart.yaml', message: 'need x'},
	],
	[
		'rendered text that is not YAML',
		`Error: YAML parse error on mychart/templates/web.yaml: error converting YAML to JSON: yaml: line 8: did not find expected key${debug}`,
		{
			file: 'charts/shop/templates/web.yaml',
			message: 'the rendered text is not YAML: line 8: did not find expected key',
			hint: expect.stringContaining('--debug'),
		},
	],
	[
		'broken default values',
		'Error: cannot load values.yaml: cannot unmarshal yaml document: error converting YAML to JSON: yaml: line 4: did not find expected node content',
		{file: 'charts/shop/values.yaml', line: 4, message: 'did not find expected node content'},
	],
	[
		'a broken value file',
		"Error: failed to parse env/prod.yaml: error converting YAML to JSON: yaml: line 2: did not find expected ',' or ']'",
		{file: 'env/prod.yaml', line: 2, message: "did not find expected ',' or ']'"},
	],
	[
		'values that do not fit the schema',
		"Error: values don't meet the specifications of the schema(s) in the following chart(s):\nmychart:\n- at '/a': got number, want string\n",
		{
			code: 'ValuesInvalid',
			file: 'charts/shop/values.schema.json',
			message: "the values do not fit the schema of the chart: mychart: - at '/a': got number, want string",
		},
	],
	[
		'a Kubernetes version that does not fit',
		`Error: chart requires kubeVersion: >=1.99 which is incompatible with Kubernetes v1.36.3${debug}`,
		{
			code: 'KubernetesVersionUnfit',
			file: 'charts/shop/Chart.yaml',
			message: 'the chart requires Kubernetes >=1.99 which is incompatible with Kubernetes v1.36.3',
		},
	],
	[
		'a missing dependency that was not seen before',
		"Error: an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: foo, bar",
		{code: 'ChartDependencyMissing', file: 'charts/shop/Chart.yaml', message: expect.stringContaining('foo, bar')},
	],
	[
		'anything else',
		'Error: library charts are not installable',
		{code: 'HelmFailed', file: 'charts/shop/Chart.yaml', message: 'library charts are not installable'},
	],
])('%s', (_title, text, problem) => {
	expect(templateProblem(text, 'charts/shop', tree)).toMatchObject(problem);
});

test('a call stack is cut in the middle', () => {
	const stack = 'executing "loop" at <include "loop" .>: error calling include: '.repeat(1_000);
	const {message} = templateProblem(
		`Error: template: mychart/templates/web.yaml:1:3: ${stack}the reason`,
		'charts/shop',
		tree,
	);
	expect(message.length).toBeLessThanOrEqual(600);
	expect(message).toMatch(/^executing .*the reason$/);
});
