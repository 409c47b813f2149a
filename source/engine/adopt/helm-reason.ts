import {boundedText, safeText} from '../../model/text.ts';
import type {Path} from '../fields/step.ts';

/** Names of values that the lines of a template which set this field are made of: `image.tag`. */
export function likelyValues(template: string, path: Path): string[] {
	const last = path.findLast(step => step.type === 'field');
	if (last?.type !== 'field') return [];
	const name = last.name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	const line = new RegExp(`^[ \\t]*(?:- )?["']?${name}["']?[ \\t]*:(.*)$`, 'gm');
	const values = new Set<string>();
	for (const [, text = ''] of template.matchAll(line)) {
		for (const [, value = ''] of text.matchAll(/\.Values\.([\w.-]+)/g)) values.add(value);
	}
	return [...values].slice(0, 5).map(value => boundedText(value, 80));
}

/** Where a person has to change a chart by hand, in one sentence. */
export function helmHint(file: string, template: string | null, path: Path): string {
	const values = template === null ? [] : likelyValues(template, path);
	const place = `the template ${safeText(file)}`;
	if (values.length === 0) return `It comes from ${place}: change it there, or the value that it is made of`;
	return `It comes from ${place}: most likely from ${values.map(value => `values.${value}`).join(' and ')}`;
}
