import {describe, expect, test} from 'vitest';
import {HoldfastError} from '../../../source/model/errors.ts';
import type {Command} from '../../../source/tui/commands/command.ts';
import {footerLine} from '../../../source/tui/commands/footer.ts';
import {helpEntries} from '../../../source/tui/commands/help.ts';
import {paletteEntries} from '../../../source/tui/commands/palette.ts';
import {createRegistry} from '../../../source/tui/commands/registry.ts';
import {readRemapping} from '../../../source/tui/commands/remap.ts';
import {runChord} from '../../../source/tui/commands/run-command.ts';
import {command, createContext} from './fake-context.ts';

const plain = (spans: readonly {readonly text: string}[]) => spans.map(({text}) => text).join('');

const table: readonly Command[] = [
	command({id: 'sync', keys: ['s'], short: 'sync', danger: 'destructive', title: 'Sync the application'}),
	command({id: 'open', keys: ['enter'], short: 'open', where: ['applications'], title: 'Open the application'}),
	command({id: 'jump', keys: ['enter'], where: ['drift', 'commits'], title: 'Jump to the object'}),
	command({id: 'revert', keys: ['t'], short: 'revert', where: ['commits'], isEnabled: () => 'read-only'}),
	command({
		id: 'write',
		title: 'Arm for a while',
		aliases: ['arm'],
		arguments: [{name: 'duration', isRequired: true, complete: () => [{value: '15m'}, {value: '1h', hint: 'longest'}]}],
	}),
	command({id: 'help', keys: ['?'], short: 'help', isHidden: true}),
];

describe('the registry', () => {
	test('a place has its own meaning of a key', () => {
		const registry = createRegistry(table);
		expect([registry.find('enter', 'applications')?.id, registry.find('enter', 'drift')?.id]).toEqual(['open', 'jump']);
		expect(registry.find('enter', 'diff')).toBeUndefined();
		expect(registry.find('s', 'diff')?.id).toBe('sync');
	});

	test('a remapped key is the only one', () => {
		const registry = createRegistry(table, new Map([['sync', ['S']]]));
		expect([registry.find('s', 'drift'), registry.find('S', 'drift')?.id]).toEqual([undefined, 'sync']);
	});
});

describe('running', () => {
	test('what cannot run says why and does not run', () => {
		const ran: string[] = [];
		const context = createContext([
			command({id: 'a', keys: ['a'], isEnabled: () => 'no worker', run: () => void ran.push('a')}),
		]);
		expect(runChord(context, 'a', 'drift')).toBe(true);
		expect(context.ui.getState().toasts.map(({text}) => text)).toEqual(['Do a: no worker']);
		expect(ran).toEqual([]);
	});

	test.each<[string, Command['run']]>([
		[
			'throws',
			() => {
				throw new HoldfastError({code: 'X', message: 'it broke', hint: 'mend it'});
			},
		],
		['rejects', () => Promise.reject(new HoldfastError({code: 'X', message: 'it broke', hint: 'mend it'}))],
	])('what %s is told with its hint', async (_name, run) => {
		const context = createContext([command({id: 'a', keys: ['a'], run})]);
		runChord(context, 'a', 'drift');
		await Promise.resolve();
		await Promise.resolve();
		expect(context.ui.getState().toasts.map(({text}) => text)).toEqual(['Do a: it broke (mend it)']);
	});

	test('a chord without a meaning is left', () => {
		expect(runChord(createContext([]), 'x', 'drift')).toBe(false);
	});
});

describe('the footer', () => {
	test.each([
		['commits', 80, ' t revert  s sync  ? help'],
		['applications', 80, ' enter open  s sync  ? help'],
		['applications', 24, ' enter open  ? help'],
		['diff', 80, ' s sync  ? help'],
	] as const)('at %s in %i columns', (place, width, expected) => {
		expect(plain(footerLine(createContext(table), place, width))).toBe(expected);
	});

	test('what cannot be done now is dim', () => {
		const spans = footerLine(createContext(table), 'commits', 80);
		expect(spans.find(({text}) => text === 't')?.style).toBe('keyOff');
		expect(spans.find(({text}) => text === 's')?.style).toBe('key');
	});
});

describe('the palette', () => {
	test.each([
		['', ['open', 'jump', 'revert', 'write <duration>', 'sync']],
		['sy', ['sync']],
		['arm', ['write <duration>']],
		['write ', ['write 15m', 'write 1h']],
		['write 1h', ['write 1h']],
		['write 20m', ['write 20m']],
		['nothing like it', []],
	])('%j', (typed, labels) => {
		const found = paletteEntries(createContext(table), typed).map(({label}) => label);
		expect(labels.length === 0 ? found : found.slice(0, labels.length)).toEqual(labels);
	});

	test.each([
		['write', null],
		['write 1h', ['1h']],
		['write 20m', ['20m']],
		['sync', []],
	])('%j runs with %j', (typed, words) => {
		expect(paletteEntries(createContext(table), typed)[0]?.words).toEqual(words);
	});

	test('says why something cannot run now', () => {
		expect(paletteEntries(createContext(table), 'revert')[0]?.hint).toBe('Do revert (not now: read-only)');
	});
});

describe('the help', () => {
	test('what works here comes first, the keys of the footer before all, and nothing is missing', () => {
		const ids = helpEntries(createContext(table), 'commits', '').map(({command: {id}}) => id);
		expect(ids).toEqual(['sync', 'revert', 'help', 'jump', 'write', 'open']);
	});

	test('finds by a word and tells why not', () => {
		const [first] = helpEntries(createContext(table), 'commits', 'revert');
		expect([first?.command.id, first?.keys, first?.enabled]).toEqual(['revert', 't', 'read-only']);
	});
});

describe('a key file', () => {
	const read = (text: string) => readRemapping(text, table, 'keys.json');

	test('gives keys, several keys, no keys', () => {
		const {keys, problems} = read('{"sync": "ctrl-s", "open": ["o", "Enter"], "revert": []}');
		expect(problems).toEqual([]);
		expect(Object.fromEntries(keys)).toEqual({sync: ['ctrl+s'], open: ['o', 'enter'], revert: []});
	});

	test.each([
		['no JSON', '{', 'InvalidKeyFile', 'not JSON'],
		['a list', '[]', 'InvalidKeyFile', 'no object'],
		['an unknown command', '{"snyc": "x"}', 'UnknownCommand', 'sync'],
		['an unknown key', '{"sync": "hyper+s"}', 'InvalidKey', 'no modifier'],
		['a number', '{"sync": 5}', 'InvalidKey', 'neither'],
		['the way out', '{"sync": "ctrl+c"}', 'InvalidKey', 'always leaves'],
		['a key that another has', '{"sync": "?"}', 'KeyTaken', 'help'],
		['a key of another remapped one', '{"sync": "x", "help": "x"}', 'KeyTaken', 'same place'],
	])('%s is told and left out', (_name, text, code, part) => {
		const {keys, problems} = read(text);
		expect(problems[0]).toMatchObject({code, file: 'keys.json'});
		expect(`${problems[0]?.message} ${problems[0]?.hint}`).toContain(part);
		expect(keys.get('sync')).toBeUndefined();
	});

	test('a swap is no clash', () => {
		expect(read('{"sync": "?", "help": "s"}').problems).toEqual([]);
	});

	test('what is right beside what is wrong counts', () => {
		expect(Object.fromEntries(read('{"zoo": "x", "sync": "S"}').keys)).toEqual({sync: ['S']});
	});
});
