import {expect} from 'vitest';
import {type ConfigurationOptions, readConfiguration} from '../../source/config/load.ts';
import type {Application} from '../../source/model/application.ts';
import type {Problem} from '../../source/model/errors.ts';

/** Reads one text as the file `/etc/holdfast/app.yaml`. */
export function read(text: string, options: ConfigurationOptions = {}) {
	return readConfiguration([{path: 'app.yaml', text, folder: '/etc/holdfast'}], options);
}

/** The only application of a text that has no problems. */
export function readOne(text: string, options: ConfigurationOptions = {}): Application {
	const {applications, problems} = read(text, options);
	expect(problems).toEqual([]);
	expect(applications).toHaveLength(1);
	return applications[0] as Application;
}

/** `line code message`, without the column. */
export function brief(problem: Problem): string {
	return `${problem.line ?? 0} ${problem.code} ${problem.message.replace(/ \(column \d+\)$/, '')}`;
}

export function problemsOf(text: string): string[] {
	return read(text).problems.map(brief);
}

/** Indents a block, for texts put together from parts. */
export function indent(text: string, spaces: number): string {
	return text
		.split('\n')
		.map(line => (line === '' ? line : ' '.repeat(spaces) + line))
		.join('\n');
}
