import {describe, expect, test} from 'vitest';
import {capabilities, isReleaseName, templateArguments} from '../../../source/render/helm/arguments.ts';
import {helm} from '../tools/requests.ts';

const call = {
	releaseName: 'shop',
	chart: '/w/tree/chart',
	namespace: 'prod',
	kubernetesVersion: 'v1.36.3',
	apiVersions: ['apps/v1/Deployment', 'v1/Pod'],
	valueFiles: ['/w/a.yaml', '/w/b.yaml'],
	parameters: helm(),
	isSchemaChecked: true,
};

test('the whole command line', () => {
	expect(templateArguments(call)).toEqual([
		'template',
		'shop',
		'/w/tree/chart',
		'--namespace',
		'prod',
		'--include-crds',
		'--skip-tests',
		'--kube-version',
		'v1.36.3',
		'--api-versions',
		'apps/v1,apps/v1/Deployment,v1,v1/Pod',
		'--values',
		'/w/a.yaml',
		'--values',
		'/w/b.yaml',
	]);
});

test('what is not known is not said', () => {
	const bare = {...call, namespace: '', kubernetesVersion: '', apiVersions: [], valueFiles: []};
	expect(templateArguments({...bare, parameters: helm({skipCRDs: true, skipTests: false})})).toEqual([
		'template',
		'shop',
		'/w/tree/chart',
		'--skip-crds',
	]);
});

test('values go unchecked only when they have to', () => {
	expect(templateArguments({...call, isSchemaChecked: false})).toContain('--skip-schema-validation');
	expect(templateArguments(call)).not.toContain('--skip-schema-validation');
});

test.each<[string, string, boolean, string[]]>([
	['a', '1', false, ['--set', 'a=1']],
	['a', '1', true, ['--set-string', 'a=1']],
	['a', 'x,y', false, ['--set', 'a=x\\,y']],
	['a', ',,', false, ['--set', 'a=\\,\\,']],
	['a', 'x\\,y', false, ['--set', 'a=x\\,y']],
	['a', '{x,y}', false, ['--set', 'a={x,y}']],
	['a', '--debug', false, ['--set', 'a=--debug']],
])('parameter %s=%s', (name, value, forceString, expected) => {
	const parameters = helm({parameters: [{name, value, forceString}]});
	expect(templateArguments({...call, parameters}).slice(-2)).toEqual(expected);
});

test.each<[string, boolean]>([
	['v1.36.3', true],
	['1.36', true],
	['v1.30.2+k3s1', true],
	['v1.30.2-eks-a5565ad', true],
	['--debug', false],
	['latest', false],
])('version %s is passed on: %s', (kubernetesVersion, isPassed) => {
	expect(templateArguments({...call, kubernetesVersion}).includes(kubernetesVersion)).toBe(isPassed);
});

test('charts ask for versions and for kinds', () => {
	expect(capabilities(['/v1/Pod', 'batch/v1/Job', 'batch/v1/CronJob', 'a,b', '--x y'])).toEqual([
		'batch/v1',
		'batch/v1/CronJob',
		'batch/v1/Job',
		'v1',
		'v1/Pod',
	]);
});

describe('release names', () => {
	test.each(['shop', 'a', 'a-b.c-1', 'a'.repeat(53)])('%s', name => expect(isReleaseName(name)).toBe(true));
	test.each(['', '-a', 'A', 'a_b', 'a..b', 'a'.repeat(54), '--debug', 'a b'])('%s is none', name =>
		expect(isReleaseName(name)).toBe(false),
	);
});
