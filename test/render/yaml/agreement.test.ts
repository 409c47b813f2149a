import {expect, test} from 'vitest';
import YAML from 'yaml';
import {canonicalJson} from '../../../source/model/json.ts';
import {defaultRenderLimits} from '../../../source/render/limits.ts';
import {readYaml} from '../../../source/render/yaml/read.ts';
import {resolvePlain, resolveTagged} from '../../../source/render/yaml/scalar.ts';
import {readAlike} from './cases.ts';

/**
 * The `yaml` package explains what js-yaml refuses. It may only do so if both see the same in the same text: here it reads
 * with the same scalar rules, and must come to the same values.
 */
function readWithOtherParser(text: string): unknown {
	const plain = {
		tag: 'tag:holdfast,2026:plain',
		default: true,
		test: /^[\s\S]*$/,
		resolve: resolvePlain,
		identify: () => false,
	};
	const tagged = ['null', 'bool', 'int', 'float', 'binary'].map(name => ({
		tag: `tag:yaml.org,2002:${name}`,
		resolve: (source: string) => resolveTagged(`!!${name}`, source),
	}));
	const document = YAML.parseDocument(text, {
		schema: 'failsafe',
		merge: true,
		prettyErrors: false,
		logLevel: 'error',
		customTags: tags => [...tags, plain, ...tagged],
	});
	if (document.errors[0]) throw document.errors[0];
	return document.toJS({maxAliasCount: 100});
}

/** What the other parser does not accept although Kubernetes does: see `repair` in parse.ts. */
const lenient = new Set(
	readAlike.filter(line => {
		try {
			readWithOtherParser(line);
			return false;
		} catch {
			return true;
		}
	}),
);

/** Kubernetes' own ways with keys and merges, which are not about parsing. */
const ownWays = /<<|^a: \{.*(?:\d|~).*:|^a: \{(?:on|yes|true)|set|^\? |: !!(?:seq|map|omap|str) ?\[|!!seq|\{y: /;

test('both parsers come to the same values', () => {
	const compared = readAlike.filter(line => !lenient.has(line) && !ownWays.test(line));
	expect(compared.length).toBeGreaterThan(200);
	for (const line of compared) {
		const ours = readYaml(line, defaultRenderLimits);
		expect(`${JSON.stringify(line)}: ${canonicalJson(ours.documents[0]?.value ?? null)}`).toBe(
			`${JSON.stringify(line)}: ${canonicalJson(readWithOtherParser(line))}`,
		);
	}
});

test('what the other parser refuses is only leniency of go-yaml', () => {
	expect([...lenient].sort()).toMatchInlineSnapshot(`
		[
		  "a: "\\'"",
		  "a: "b"#c",
		  "a: "x
		y"",
		  "a: [1
		2]",
		  "a: [b
		, c]",
		  "a: x
		b: y",
		  "a: {
		b: c
		}",
		  "a: |
		---
		",
		  "a: |#c
		  x",
		  "b: &b {x: 1, w: 2}
		c: &c {x: 3, z: 4}
		spec:
		  <<: *b
		  <<: *c",
		]
	`);
});
