import {describe, expect, test} from 'vitest';
import {checkObjectName, parseTarget, type Target} from '../../../source/commands/line/target.ts';

describe('what a word names', () => {
	const web = {application: 'checkout', kind: 'Deployment', name: 'web'};
	const cases: [string, Target][] = [
		['checkout', {type: 'application', application: 'checkout'}],
		['checkout/Deployment/web', {type: 'object', ...web}],
		['checkout/Deployment/web/spec.replicas', {type: 'field', ...web, path: 'spec.replicas'}],
		[
			'checkout/Deployment/web/spec.template.spec.containers[name="web"].image',
			{type: 'field', ...web, path: 'spec.template.spec.containers[name="web"].image'},
		],
		[
			'checkout/Deployment/web/metadata.annotations[example.com/owner]',
			{type: 'field', ...web, path: 'metadata.annotations[example.com/owner]'},
		],
		[
			'checkout/Deployment/web/metadata.annotations[a/b/c].d',
			{type: 'field', ...web, path: 'metadata.annotations[a/b/c].d'},
		],
		['checkout/ClusterRole/system:node', {type: 'object', ...web, kind: 'ClusterRole', name: 'system:node'}],
	];
	test.each(cases)('%s', (word, target) => {
		expect(parseTarget(word)).toEqual(target);
	});

	test.each([
		'checkout/',
		'checkout/Deployment',
		'checkout/Deployment/',
		'/Deployment/web',
		'checkout//web',
		'checkout/Deployment/web/',
		'/',
	])('%s is refused, with what would be right', word => {
		expect(() => parseTarget(word)).toThrow(/is neither APPLICATION, APPLICATION\/KIND\/NAME, or .*Write it like/);
	});
});

describe('an object alone', () => {
	test.each(['Deployment/web', 'Deployment/shop/web'])('%s', text => {
		expect(() => checkObjectName('--only', text)).not.toThrow();
	});
	test.each(['web', 'Deployment/', '/web', 'a/b/c/d', ' / '])('%j is none', text => {
		expect(() => checkObjectName('--only', text)).toThrow(/--only: .* is neither KIND\/NAME nor KIND\/NAMESPACE\/NAME/);
	});
});
