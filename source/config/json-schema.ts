import {z} from 'zod';
import {applicationDocumentSchema, configurationSchema as configurationDocument} from './holdfast/schema.ts';

/**
 * JSON Schema (2020-12) of holdfast's own documents, for editors: `# yaml-language-server: $schema=holdfast.schema.json` on
 * the first line of a file gives completion, descriptions and errors while typing.
 */
export function configurationSchema(): object {
	const documents = z.union([configurationDocument, applicationDocumentSchema]);
	const {$schema, ...schema} = z.toJSONSchema(documents, {io: 'input', unrepresentable: 'any', reused: 'inline'});
	return {
		$schema,
		title: 'holdfast configuration',
		description: 'Applications that holdfast holds to what Git says: one document with a list, or one document each.',
		...schema,
	};
}
