import {describe, expect, test} from 'vitest';
import {accessTo, accessToAll} from '../../../source/tui/acts/access.ts';
import {refresh} from '../../../source/tui/acts/refresh.ts';
import {undo} from '../../../source/tui/acts/undo.ts';
import {write} from '../../../source/tui/acts/write.ts';
import {makeApplication, makeWorker, now} from '../../commands/fixtures.ts';
import {createScene, production} from './scene.ts';

const minute = 60_000;

describe('whether something may be written', () => {
	test.each([
		['an ordinary context', ['eu-prod'], makeWorker(), {isReadOnly: false, armedUntil: null}, 'open'],
		['production', ['eu-prod'], production, {isReadOnly: false, armedUntil: null}, 'read-only'],
		['production, armed', ['eu-prod'], production, {isReadOnly: false, armedUntil: now + 1}, 'armed'],
		['production, no longer armed', ['eu-prod'], production, {isReadOnly: false, armedUntil: now}, 'read-only'],
		['--read-only', ['eu-prod'], makeWorker(), {isReadOnly: true, armedUntil: null}, 'read-only'],
		['--read-only, armed', ['eu-prod'], makeWorker(), {isReadOnly: true, armedUntil: now + 1}, 'armed'],
		[
			'a context that the worker does not know',
			['other'],
			makeWorker(),
			{isReadOnly: false, armedUntil: null},
			'read-only',
		],
		['any context, before the worker was heard', ['eu-prod'], null, {isReadOnly: false, armedUntil: null}, 'read-only'],
	] as const)('%s', (_name, contexts, worker, guard, type) => {
		expect(accessTo(contexts, guard, worker, now).type).toBe(type);
	});

	test('one production context among others makes the whole screen start read-only', () => {
		const connections = [...production.connections, {...makeWorker().connections[0]!, context: 'eu-test'}];
		const worker = makeWorker({connections});
		const guard = {isReadOnly: false, armedUntil: null};
		expect(accessToAll(guard, worker, now).type).toBe('read-only');
		expect(accessTo(['eu-test'], guard, worker, now).type).toBe('open');
	});
});

describe(':write', () => {
	test.each<[string, string | undefined, number]>([
		['a quarter of an hour by default', undefined, 15 * minute],
		['as long as it says', '1h', 60 * minute],
	])('arms for %s, and falls back by itself', async (_name, text, milliseconds) => {
		const scene = createScene({worker: production, steps: [{keys: ['eu-prod', 'enter']}]});
		await write(scene.ports, text);
		const guard = scene.ports.arming.getState();
		expect(accessToAll(guard, production, now + milliseconds - 1).type).toBe('armed');
		expect(accessToAll(guard, production, now + milliseconds).type).toBe('read-only');
	});

	test.each<[string, string | undefined, readonly string[]]>([
		['another name', '15m', ['eu-test', 'enter', 'escape']],
		['escape', '15m', ['escape']],
	])('does not arm: %s', async (_name, text, keys) => {
		const scene = createScene({worker: production, steps: [{keys}]});
		await write(scene.ports, text);
		expect(scene.ports.arming.getState().armedUntil).toBe(null);
	});

	test.each([['soon'], ['9h'], ['-1m']])('does not take %s', async text => {
		const scene = createScene({worker: production});
		await write(scene.ports, text);
		expect(scene.toasts[0]).toContain('is no such time');
	});

	test('0 and u take it back', async () => {
		const scene = createScene({
			worker: production,
			steps: [{keys: ['eu-prod', 'enter']}, {keys: ['eu-prod', 'enter']}],
		});
		await write(scene.ports, '15m');
		await write(scene.ports, '0');
		expect(scene.ports.arming.getState().armedUntil).toBe(null);
		await write(scene.ports, '15m');
		await undo(scene.ports);
		expect(scene.ports.arming.getState().armedUntil).toBe(null);
		expect(scene.toasts.at(-1)).toBe('read-only again');
	});

	test('says when there is nothing to arm', async () => {
		const scene = createScene();
		await write(scene.ports, '15m');
		expect(scene.toasts).toEqual(['nothing here is read-only: no context is marked as production']);
	});
});

describe('a refresh', () => {
	test.each([
		[false, 'pulling and comparing checkout'],
		[true, 'comparing every object of checkout by dry run'],
	])('hard %s says what it does and what came of it', async (isHard, text) => {
		const asked: unknown[] = [];
		const client = {
			refresh(parameters: unknown) {
				asked.push(parameters);
				return {applications: [makeApplication({syncStatus: 'OutOfSync'}), makeApplication({name: 'basket'})]};
			},
		};
		const scene = createScene({client});
		await refresh(scene.ports, ['checkout'], isHard);
		expect(asked).toEqual([{applications: ['checkout'], hard: isHard}]);
		expect(scene.toasts).toEqual([text, 'checkout: compared; 1 not Synced']);
	});
});
