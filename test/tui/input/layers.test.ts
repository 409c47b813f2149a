import {describe, expect, test} from 'vitest';
import {characterKey, type InputEvent, namedKey} from '../../../source/tui/input/key.ts';
import {createInputLayers, type Layer} from '../../../source/tui/input/layers.ts';
import {createInputQueue} from '../../../source/tui/input/queue.ts';

function taking(heard: string[], name: string, chords: readonly string[] | 'all' = 'all') {
	return (key: {chord: string}) => {
		if (chords !== 'all' && !chords.includes(key.chord)) return false;
		heard.push(`${name}:${key.chord}`);
		return true;
	};
}

describe('layers', () => {
	const cases: readonly [string, readonly Omit<Layer, 'onKey'>[], string][] = [
		['critical before dialog', [{priority: 'critical'}, {priority: 'dialog'}], '0'],
		['dialog before pane', [{priority: 'pane'}, {priority: 'dialog'}], '1'],
		['pane before global', [{priority: 'global'}, {priority: 'pane'}], '1'],
		['the newest of one priority', [{priority: 'pane'}, {priority: 'pane'}], '1'],
	];
	test.each(cases)('%s', (_name, layers, first) => {
		const heard: string[] = [];
		const stack = createInputLayers();
		for (const [index, layer] of layers.entries()) stack.add({...layer, onKey: taking(heard, String(index))});
		expect(stack.handle(characterKey('x'))).toBe(true);
		expect(heard).toEqual([`${first}:x`]);
	});

	test('what one leaves goes on to the next', () => {
		const heard: string[] = [];
		const stack = createInputLayers();
		stack.add({priority: 'global', onKey: taking(heard, 'global')});
		stack.add({priority: 'pane', onKey: taking(heard, 'pane', ['j'])});
		stack.handle(characterKey('j'));
		stack.handle(characterKey('k'));
		expect(heard).toEqual(['pane:j', 'global:k']);
	});

	test('nothing passes a modal one, but critical comes before it', () => {
		const heard: string[] = [];
		const stack = createInputLayers();
		stack.add({priority: 'critical', onKey: taking(heard, 'critical', ['ctrl+c'])});
		stack.add({priority: 'global', onKey: taking(heard, 'global')});
		const remove = stack.add({priority: 'dialog', isModal: true, onKey: () => false});
		expect(stack.handle(characterKey('q'))).toBe(false);
		stack.handle({type: 'key', chord: 'ctrl+c', text: ''});
		remove();
		stack.handle(characterKey('q'));
		expect(heard).toEqual(['critical:ctrl+c', 'global:q']);
	});

	test('a deaf one hears nothing, and lets nothing past, until its time has come', () => {
		let now = 0;
		const heard: string[] = [];
		const stack = createInputLayers(() => now);
		stack.add({priority: 'global', onKey: taking(heard, 'global')});
		stack.add({priority: 'dialog', isModal: true, deafMilliseconds: 150, onKey: taking(heard, 'dialog')});
		now = 149;
		stack.handle(namedKey('enter'));
		now = 150;
		stack.handle(namedKey('enter'));
		expect(heard).toEqual(['dialog:enter']);
	});

	test('a paste goes to what takes text and to nobody else', () => {
		const pasted: string[] = [];
		const heard: string[] = [];
		const stack = createInputLayers();
		stack.add({priority: 'global', onKey: taking(heard, 'global')});
		expect(stack.handle({type: 'paste', text: 'q'})).toBe(false);
		stack.add({priority: 'dialog', onPaste: text => pasted.push(text)});
		expect(stack.handle({type: 'paste', text: 'q'})).toBe(true);
		expect({pasted, heard}).toEqual({pasted: ['q'], heard: []});
	});
});

describe('the queue', () => {
	async function run(events: readonly InputEvent[], chords: readonly string[] | 'all' = 'all') {
		const heard: string[] = [];
		const stack = createInputLayers();
		stack.add({priority: 'global', onKey: taking(heard, 'it', chords)});
		const queue = createInputQueue(stack);
		queue.add([]);
		queue.add(events);
		await queue.settled();
		return heard;
	}

	test('keeps the order', async () => {
		expect(await run([...'abc'].map(character => characterKey(character)))).toEqual(['it:a', 'it:b', 'it:c']);
	});

	test('a key is handled on what the one before it left', async () => {
		const heard: string[] = [];
		const stack = createInputLayers();
		stack.add({
			priority: 'global',
			onKey(key) {
				heard.push(`global:${key.chord}`);
				// As React does: the field is there a microtask later.
				queueMicrotask(() => stack.add({priority: 'dialog', onKey: taking(heard, 'field')}));
				return true;
			},
		});
		const queue = createInputQueue(stack);
		queue.add([characterKey(':'), characterKey('q')]);
		await queue.settled();
		expect(heard).toEqual(['global::', 'field:q']);
	});

	const alt = {type: 'key', chord: 'alt+q', text: ''} as const;

	test('Escape and a letter in one read are two keys where nobody wants alt', async () => {
		expect(await run([alt], ['escape', 'q'])).toEqual(['it:escape', 'it:q']);
	});

	test('and one where somebody does', async () => {
		expect(await run([alt], ['alt+q', 'escape', 'q'])).toEqual(['it:alt+q']);
	});
});
