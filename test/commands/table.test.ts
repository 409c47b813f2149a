import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {flagTable, globalFlags} from '../../source/commands/flag-table.ts';
import {findCommand} from '../../source/commands/line/find-command.ts';
import {normaliseArguments} from '../../source/commands/line/normalise.ts';
import {parseLine} from '../../source/commands/line/parse.ts';
import {overviewText, referenceMarkdown} from '../../source/commands/print/help-text.ts';
import {runCommandLine} from '../../source/commands/run.ts';
import {commandTable} from '../../source/commands/table.ts';
import {createFakeTerminal} from './fake-terminal.ts';

test('names of flags are unique, long and short', () => {
	const longs = flagTable.map(flag => flag.long);
	const shorts = flagTable.flatMap(flag => flag.short ?? []);
	expect(new Set(longs).size).toBe(longs.length);
	expect(new Set(shorts).size).toBe(shorts.length);
});

test('every flag is taken by some verb', () => {
	const taken = new Set([...globalFlags, ...commandTable.flatMap(command => command.flags), 'output']);
	expect(flagTable.map(flag => flag.name).filter(name => !taken.has(name))).toEqual([]);
});

test('whatever can write says so', () => {
	const writing = commandTable.filter(command => command.danger !== 'none').map(command => command.name);
	expect(writing).toEqual(['sync', 'hold', 'resume', 'revert', 'adopt', 'worker']);
});

describe.each(commandTable.map(command => [command.name, command] as const))('%s', (name, command) => {
	test('its program can be loaded', async () => {
		expect(typeof (await command.load()).run).toBe('function');
	});

	test('its help names usage, danger and every flag, in lines that fit', async () => {
		const terminal = createFakeTerminal();
		expect(await runCommandLine([name, '--help'], terminal)).toBe(0);
		const text = terminal.printed();
		expect(text).toContain(`Usage: holdfast ${name}`);
		expect(text).toContain(`Danger: ${command.danger}`);
		for (const flag of command.flags) {
			expect(text).toContain(`--${flagTable.find(candidate => candidate.name === flag)?.long}`);
		}
		for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
		const other = createFakeTerminal();
		await runCommandLine(['help', name], other);
		expect(other.printed()).toBe(text);
	});

	test('its examples are understood', () => {
		for (const example of command.examples) {
			const [line = ''] = example.replace(/^.*?<\(|\)$/g, '').split(/ [|>] /);
			const given = normaliseArguments(line.replace(/^holdfast /, '').split(' '));
			expect(parseLine(findCommand(given.words, commandTable), given).command.name).toBe(name);
		}
	});
});

test('help beats everything else on the line, and asks for nothing', async () => {
	const terminal = createFakeTerminal();
	expect(await runCommandLine(['sync', 'checkout', '--yes', '-h'], terminal)).toBe(0);
	expect(terminal.printed()).toContain('Usage: holdfast sync');
});

test('the overview lists every verb', () => {
	const text = overviewText(commandTable);
	for (const {summary} of commandTable) expect(text).toContain(summary);
});

test('the README of the commands is the table itself', () => {
	const text = readFileSync(new URL('../../source/commands/README.md', import.meta.url), 'utf8');
	expect(text).toContain(referenceMarkdown(commandTable).trim());
});

test("the README's reference has a section for every verb, and tables that Markdown can read", () => {
	const text = referenceMarkdown(commandTable);
	for (const {name} of commandTable) expect(text).toContain(`### \`holdfast ${name}`);
	const rows = text.split('\n').filter(line => line.startsWith('| `'));
	expect(rows.length).toBeGreaterThan(20);
	for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(4);
});
