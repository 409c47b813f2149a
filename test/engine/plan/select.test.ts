import {describe, expect, it} from 'vitest';
import {selectObjects} from '../../../source/engine/plan/select.ts';
import {desired} from './build.ts';

const objects = [
	desired('apps/v1/Deployment/prod/web'),
	desired('apps/v1/Deployment/prod/worker'),
	desired('v1/Service/prod/web'),
	desired('v1/ConfigMap/prod/settings'),
	desired('v1/ConfigMap/other/settings'),
	desired('v1/Namespace//prod'),
];

describe('selectObjects', () => {
	it.each<[string[], string[]]>([
		[['Deployment/web'], ['apps/Deployment/prod/web']],
		[
			['deployment/web', 'Service/web'],
			['apps/Deployment/prod/web', '/Service/prod/web'],
		],
		[['Deployment.apps/web'], ['apps/Deployment/prod/web']],
		[['Deployment/prod/web'], ['apps/Deployment/prod/web']],
		[['ConfigMap/other/settings'], ['/ConfigMap/other/settings']],
		[['Namespace/prod'], ['/Namespace//prod']],
		[['Deployment/web', 'Deployment/web'], ['apps/Deployment/prod/web']],
	])('%j', (wanted, keys) => expect([...(selectObjects(wanted, objects) as Set<string>)]).toEqual(keys));

	it.each<[string, string, RegExp]>([
		['Deployment/wbe', 'ObjectNotFound', /nearest are Deployment\/web,/],
		['Deployment/prod/wbe', 'ObjectNotFound', /nearest are Deployment\/prod\/web,/],
		['Deployment/other/web', 'ObjectNotFound', /Deployment\/prod\/web/],
		['Deploymnt/worker', 'ObjectNotFound', /nearest are Deployment\/worker/],
		['web', 'ObjectNotFound', /nearest are /],
		['', 'ObjectNotFound', /nearest are /],
		['ConfigMap/settings', 'ObjectAmbiguous', /name one of ConfigMap\/other\/settings, ConfigMap\/prod\/settings/],
		['Deployment/\u001b[2Jweb', 'ObjectNotFound', /Deployment\/web/],
	])('%j is refused with %s', (wanted, code, hint) => {
		const problem = selectObjects([wanted], objects);
		expect(problem).toMatchObject({code, hint: expect.stringMatching(hint)});
		expect(JSON.stringify(problem)).not.toContain('\\u001b');
	});

	it('says so when there is nothing at all', () => {
		expect(selectObjects(['Deployment/web'], [])).toMatchObject({hint: 'the application renders no object'});
	});
});
