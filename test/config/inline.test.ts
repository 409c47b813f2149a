import {describe, expect, test} from 'vitest';
import {inlineApplication} from '../../source/config/load.ts';
import {HoldfastError} from '../../source/model/errors.ts';

const input = {
	name: 'k8s',
	repoURL: 'https://git.example.com/shop.git',
	path: './k8s/',
	namespace: 'shop',
	target: 'main',
};

describe('an application from the command line', () => {
	test('is only written by a person', () => {
		const application = inlineApplication(input);
		expect(application).toMatchObject({
			name: 'k8s',
			source: {
				target: {type: 'auto', value: 'main'},
				path: 'k8s',
				render: {type: 'auto'},
				intervalMilliseconds: 60_000,
			},
			destination: {namespace: 'shop'},
			driftPolicy: {mode: 'observe'},
			declaredAt: {format: 'command-line'},
		});
		expect(application.syncPolicy.automated).toBeUndefined();
		expect(Object.keys(application.destination)).toEqual(['namespace']);
	});

	test('takes what is given', () => {
		const application = inlineApplication({
			...input,
			repoURL: '../repo',
			folder: '/work/here',
			target: '',
			context: 'dev',
			intervalMilliseconds: 5,
		});
		expect(application).toMatchObject({
			source: {repoURL: '/work/repo', target: {type: 'auto', value: 'HEAD'}, intervalMilliseconds: 5},
			destination: {context: 'dev'},
		});
	});

	test.each<[Partial<typeof input>, string, RegExp]>([
		[{name: 'No Name'}, 'InvalidName', /^--name is not a name/],
		[{repoURL: 'ext::sh -c id'}, 'InvalidValue', /^--repo uses a git transport helper/],
		[{repoURL: 'https://a:hunter2@x/y'}, 'CredentialsInURL', /^--repo holds a password/],
		[{path: '../x'}, 'InvalidValue', /^--path must not leave/],
		[{namespace: ''}, 'InvalidName', /^--namespace/],
		[{target: '--upload-pack=x'}, 'InvalidValue', /^--revision/],
	])('%j is refused', (change, code, message) => {
		let thrown: unknown;
		try {
			inlineApplication({...input, ...change});
		} catch (error) {
			thrown = error;
		}
		expect(thrown).toBeInstanceOf(HoldfastError);
		const {problem} = thrown as HoldfastError;
		expect(problem).toMatchObject({code, message: expect.stringMatching(message)});
		expect(JSON.stringify(problem)).not.toContain('hunter2');
	});
});
