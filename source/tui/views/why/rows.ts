import type {Frame} from '../../present/frame.ts';
import type {Jump} from '../../present/jump.ts';
import {wrapText} from '../../present/wrap.ts';
import type {LineText} from '../../theme/styles.ts';
import type {Finding, NextAction, Why} from './types.ts';

/** A row of the answer: where it leads, or what it runs. */
export interface WhyRow {
	readonly key: string;
	readonly line: LineText;
	readonly target:
		| {readonly type: 'jump'; readonly jump: Jump}
		| {readonly type: 'command'; readonly command: string}
		| null;
}

const indent = 4;
const mild: ReadonlySet<Finding['code']> = new Set(['AllWell', 'LiveCommit', 'CommitBefore', 'Healing']);

/** The numbered evidence, then what to do with the key that does it. `keyOf` names a command's key; null: it has none. */
export function whyRows(answer: Why, keyOf: (command: string) => string | null, {width, glyphs}: Frame): WhyRow[] {
	const findings = answer.findings.flatMap((finding, index) => findingRows(finding, index, width));
	const actions = answer.actions.map((action, index) => actionRow(action, index, keyOf(action.command)));
	return [
		{key: 'title', line: [{text: answer.title, style: 'strong'}], target: null},
		...findings,
		...(actions.length > 0
			? [
					{
						key: 'gap',
						line: ` ${glyphs.frame.light.horizontal.repeat(Math.max(0, Math.min(40, width - 2)))}`,
						target: null,
					},
				]
			: []),
		...actions,
	];
}

function findingRows({text, jump, code}: Finding, index: number, width: number): WhyRow[] {
	return wrapText(text, width - indent).map((part, line) => ({
		key: line === 0 ? `finding-${index}` : `finding-${index}-${line}`,
		line: [
			{text: line === 0 ? `${index + 1}`.padStart(2).padEnd(indent) : ' '.repeat(indent), style: 'quiet'},
			{text: part, style: index === 0 && !mild.has(code) ? 'bad' : 'plain'},
		],
		target: jump ? {type: 'jump', jump} : null,
	}));
}

function actionRow({command, text, jump}: NextAction, index: number, key: string | null): WhyRow {
	return {
		key: `action-${index}`,
		line: [
			{text: index === 0 ? 'next  ' : '      ', style: 'quiet'},
			{text: (key ?? command).padEnd(3), style: 'key'},
			{text: ` ${text}`},
		],
		target: jump ? {type: 'jump', jump} : {type: 'command', command},
	};
}
