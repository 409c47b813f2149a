import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {keysMarkdown} from '../../../source/tui/commands/markdown.ts';
import {createRegistry} from '../../../source/tui/commands/registry.ts';
import {meet} from '../../../source/tui/commands/remap.ts';
import {parseChord} from '../../../source/tui/input/chord.ts';
import {monitorParts} from '../../../source/tui/parts.ts';

const {commands} = monitorParts;

describe('the command table', () => {
	test('every id is there once, in kebab-case', () => {
		const ids = commands.map(({id}) => id);
		expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
		expect(ids.filter(id => !/^[a-z]+(?:-[a-z]+)*$/.test(id))).toEqual([]);
	});

	test('every key is written as the terminal sends it', () => {
		const keys = commands.flatMap(command => command.keys);
		expect(keys.filter(key => parseChord(key) !== key)).toEqual([]);
	});

	test('no two commands want one key at one place', () => {
		const clashes = commands.flatMap((one, index) =>
			commands
				.slice(index + 1)
				.filter(other => meet(one, other))
				.flatMap(other =>
					one.keys.filter(key => other.keys.includes(key)).map(key => `${key}: ${one.id}, ${other.id}`),
				),
		);
		expect(clashes).toEqual([]);
	});

	test('what hurts is never on a key that tmux, readline or a shell hand presses by itself', () => {
		const careless = ['ctrl+a', 'ctrl+b', 'ctrl+k', 'ctrl+h', 'ctrl+l', 'ctrl+w', 'ctrl+u', 'enter', 'space', 'escape'];
		const found = commands.filter(({danger, keys}) => danger !== 'none' && keys.some(key => careless.includes(key)));
		expect(found.map(({id}) => id)).toEqual([]);
	});

	test('titles are imperative sentences without a period', () => {
		expect(commands.filter(({title}) => !/^[A-Z].*[^.]$/.test(title)).map(({id}) => id)).toEqual([]);
	});
});

test('KEYS.md is the table itself (-u writes it)', async () => {
	const text = `# Keys\n\nPrinted from the command table.\n\n${keysMarkdown(createRegistry(commands))}\n`;
	await expect(text).toMatchFileSnapshot('../../../source/tui/KEYS.md');
});

test("the README's keys are the table's", () => {
	const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
	expect(readme).toContain(keysMarkdown(createRegistry(commands)));
});

test('the key list has every command once', () => {
	const markdown = keysMarkdown(createRegistry(commands));
	for (const {id} of commands) expect(markdown.split(`| \`${id}\` |`)).toHaveLength(2);
	expect(markdown).toContain('| j, Down | `down` | Go down |');
	expect(markdown).toContain('| :theme | `theme` |');
	expect(markdown).toContain('| ctrl-\\\\ | `clear-marks` |');
});
