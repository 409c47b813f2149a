import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {keyListMarkdown} from '../../../source/tui/commands/key-list.ts';
import {commandTable} from '../../../source/tui/commands/table.ts';

test("the README's keys are the table's", () => {
	const text = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
	expect(text).toContain(keyListMarkdown(commandTable));
});
