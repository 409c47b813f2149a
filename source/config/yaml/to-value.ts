import type {Document, Node, Pair, Scalar, YAMLMap} from 'yaml';
import {isAlias, isMap, isScalar, isSeq} from 'yaml';
import {safeText} from '../../model/text.ts';
import {type BooleanSpelling, resolvePlainScalar} from './scalar.ts';

/** Why a YAML tree has no value, and the node to point at. */
export class YamlValueError extends Error {
	readonly code: string;
	readonly node: Node | null;
	readonly hint: string | undefined;

	constructor(code: string, node: Node | null, message: string, hint?: string) {
		super(message);
		this.name = 'YamlValueError';
		this.code = code;
		this.node = node;
		this.hint = hint;
	}
}

/** Deep enough for any manifest; the API server's own limit is far below what would exhaust our stack. */
const deepest = 100;
/** Values that one document may make by repeating anchors: an alias bomb has millions, honest files have dozens. */
const mostRepeated = 10_000;
/** Whatever is below these keys is handed on to helm or kustomize, so it is read as they and Kubernetes would read it. */
const handedOn: ReadonlySet<string> = new Set(['values', 'valuesObject', 'patches']);
const scalarTags = new Set(['int', 'float', 'bool', 'null'].map(name => `tag:yaml.org,2002:${name}`));
const textTag = 'tag:yaml.org,2002:str';

/**
 * Turns a YAML tree (parsed with the failsafe schema, so that every scalar is still text) into plain data. Throws
 * YamlValueError for what Kubernetes would refuse and for what is dangerous: keys that are no text, `__proto__`, foreign
 * tags, alias bombs, self-references, endless depth.
 */
export function toPlainValue(yaml: Document, spelling: BooleanSpelling = 'strict'): unknown {
	const state: State = {yaml, repeated: 0, aliases: []};
	return plainValueOf(yaml.contents, spelling, 0, state);
}

interface State {
	readonly yaml: Document;
	repeated: number;
	/** Targets of the aliases that are being followed. */
	readonly aliases: Node[];
}

function plainValueOf(node: Node | null, spelling: BooleanSpelling, depth: number, state: State): unknown {
	if (node === null || node === undefined) return null;
	if (depth > deepest) throw new YamlValueError('InvalidYaml', node, `nested deeper than ${deepest} levels`);
	if (state.aliases.length > 0 && ++state.repeated > mostRepeated) {
		throw new YamlValueError('InvalidYaml', node, `aliases repeat more than ${mostRepeated} values`);
	}
	if (isAlias(node)) {
		const target = node.resolve(state.yaml);
		if (!target) throw new YamlValueError('InvalidYaml', node, `the anchor &${safeText(node.source)} does not exist`);
		if (state.aliases.includes(target)) {
			throw new YamlValueError('InvalidYaml', node, `the anchor &${safeText(node.source)} contains itself`);
		}
		state.aliases.push(target);
		const value = plainValueOf(target, spelling, depth + 1, state);
		state.aliases.pop();
		return value;
	}
	if (isScalar(node)) return scalarValue(node, spelling);
	if (isSeq(node)) return node.items.map(item => plainValueOf(item as Node | null, spelling, depth + 1, state));
	if (isMap(node)) return mapValue(node, spelling, depth, state);
	throw new YamlValueError('InvalidYaml', node, 'this YAML construct is not supported');
}

function mapValue(map: YAMLMap, spelling: BooleanSpelling, depth: number, state: State): Record<string, unknown> {
	const merged: Record<string, unknown> = {};
	const own: Record<string, unknown> = {};
	for (const pair of map.items) {
		if (isMergeKey(pair.key)) {
			for (const source of mergeSources(pair, spelling, depth, state)) {
				for (const key of Object.keys(source)) if (!Object.hasOwn(merged, key)) merged[key] = source[key];
			}
			continue;
		}
		const key = keyText(pair, spelling);
		own[key] = plainValueOf(pair.value as Node | null, handedOn.has(key) ? 'kubernetes' : spelling, depth + 1, state);
	}
	return {...merged, ...own};
}

function isMergeKey(key: unknown): boolean {
	return isScalar(key) && key.type === 'PLAIN' && key.value === '<<';
}

/** `<<: *base` or `<<: [*first, *second]`; earlier ones win. */
function mergeSources(pair: Pair, spelling: BooleanSpelling, depth: number, state: State): Record<string, unknown>[] {
	const value = plainValueOf(pair.value as Node | null, spelling, depth + 1, state);
	const sources = Array.isArray(value) ? value : [value];
	if (!sources.every(source => typeof source === 'object' && source !== null && !Array.isArray(source))) {
		throw new YamlValueError('InvalidYaml', pair.key as Node, 'only maps can be merged with <<');
	}
	return sources as Record<string, unknown>[];
}

function keyText(pair: Pair, spelling: BooleanSpelling): string {
	const {key} = pair;
	if (!isScalar(key)) {
		const hint = 'This looks like a template: render it first, or put the braces in quotes';
		throw new YamlValueError(
			'InvalidYaml',
			key as Node | null,
			'a key must be text, this one is a map or a list',
			hint,
		);
	}
	const value = scalarValue(key, spelling);
	if (value === null) throw new YamlValueError('InvalidYaml', key, 'a key must be text, this one is null');
	const text = String(value);
	if (text === '__proto__') throw new YamlValueError('InvalidYaml', key, 'the key `__proto__` is not allowed');
	return text;
}

function scalarValue(node: Scalar, spelling: BooleanSpelling): unknown {
	const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
	if (node.tag === undefined) return node.type === 'PLAIN' ? resolvePlainScalar(text, spelling) : text;
	if (node.tag === textTag || node.tag === '!') return text;
	if (scalarTags.has(node.tag)) return resolvePlainScalar(text, 'kubernetes');
	throw new YamlValueError('InvalidYaml', node, `the tag ${safeText(node.tag)} is not supported`);
}
