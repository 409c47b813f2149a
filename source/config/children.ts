import type {Application} from '../model/application.ts';
import type {Problem} from '../model/errors.ts';
import {type ConfigurationOptions, readConfiguration} from './read.ts';

/** One rendered document that declares an application, or that one refers to. */
export interface RenderedDocument {
	/** JSON. */
	readonly text: string;
	readonly file: string;
	readonly line?: number;
}

/** What one document came to: the application, or nothing and why. Documents that only help others come to neither. */
export interface ReadDocument {
	readonly application: Application | null;
	readonly problems: readonly Problem[];
}

/**
 * Reads the documents of one render, each for itself but with what they refer to among the others. Answers stand in the
 * order of the documents; places are those of the documents in the repository.
 */
export function readRenderedDocuments(
	documents: readonly RenderedDocument[],
	options: ConfigurationOptions = {},
): ReadDocument[] {
	// Documents of one file would be told apart by their lines only, and rendered ones have none of their own.
	const paths = documents.map((document, index) => `${document.file}#${index}`);
	const {applications, problems} = readConfiguration(
		documents.map(({text}, index) => ({path: paths[index]!, text, folder: '/'})),
		options,
	);
	return documents.map(({file, line}, index) => {
		const isHere = (place: string | undefined): boolean => place === paths[index];
		const application = applications.find(({declaredAt}) => isHere(declaredAt.file));
		const here = <Placed extends {readonly file?: string; readonly line?: number}>({line: _line, ...rest}: Placed) =>
			({...rest, file, ...(line === undefined ? {} : {line})}) as Omit<Placed, 'line'> & {line?: number};
		return {
			application: application
				? {
						...application,
						declaredAt: {...application.declaredAt, file, line: line ?? 1},
						notices: application.notices.map(here),
					}
				: null,
			problems: problems.filter(problem => isHere(problem.file)).map(here),
		};
	});
}
