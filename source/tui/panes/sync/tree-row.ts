import type {OpenDrift} from '../../../model/drift.ts';
import {safeText} from '../../../model/text.ts';
import type {TreeNode} from '../../../protocol/messages/inspect.ts';
import {type Appearance, healthStyle, standingAppearance} from '../../present/appearance.ts';
import type {Frame} from '../../present/frame.ts';
import {formatCalmAge} from '../../store/ages.ts';
import type {LineText, Span, StyleName} from '../../theme/styles.ts';
import {cutText} from '../../widgets/fit/fit.ts';
import {fitLine} from '../../widgets/fit/line.ts';
import {widthOf} from '../../widgets/fit/width.ts';
import {nodeStanding, type TreeRow} from './tree.ts';

const longestName = 48;
const ageColumns = 5;

/** `✗ Deployment checkout   1/3 ready: ImagePullBackOff`, indented below its owner. */
export function treeLine(row: TreeRow, {width, now, glyphs}: Frame): LineText {
	const {glyph} = glyphs;
	const {node} = row;
	const {glyph: mark, style} = appearanceOf(node);
	const rails = railsOf(row, glyph);
	const name = `${safeText(node.ref.kind)} ${safeText(node.ref.name)}`;
	const detail = detailOf(node);
	const age = node.createdAt === null || node.parent === null ? '' : formatCalmAge(now - node.createdAt);
	const room = width - widthOf(rails) - 2 - ageColumns;
	const nameColumns = Math.max(12, Math.min(longestName, room - Math.min(24, widthOf(detail.text)) - 2));
	const shown = cutText(name, nameColumns, 'middle', glyph.ellipsis);
	const line: Span[] = [
		{text: rails, style: 'frame'},
		{text: `${glyph[mark]} `, style},
		{text: `${shown}  `, style: node.parent === null ? 'plain' : 'quiet'},
		detail,
	];
	const room2 = width - ageColumns - 1;
	return age === ''
		? fitLine(line, width, glyph.ellipsis)
		: [...fitLine(line, room2, glyph.ellipsis), {text: age.padStart(ageColumns + 1), style: 'quiet'}];
}

function appearanceOf(node: TreeNode): Appearance {
	if (node.drift && nodeStanding(node) === 'out-of-sync') return {glyph: 'drift', style: 'drift'};
	return standingAppearance[nodeStanding(node)];
}

function railsOf({node, rails, isLast}: TreeRow, glyph: Frame['glyphs']['glyph']): string {
	if (node.parent === null) return '';
	const above = rails.map(goesOn => (goesOn ? `${glyph.treeLine} ` : '  ')).join('');
	return `  ${above}${isLast ? glyph.treeLast : glyph.treeBranch} `;
}

/** The most telling few words; the word of the state where there are none, so that a state is never a glyph alone. */
function detailOf(node: TreeNode): Span {
	if (node.problem) return {text: safeText(node.problem.message), style: 'bad'};
	if (node.drift) return {text: describeDrift(node.drift), style: 'drift'};
	if (node.requiresPruning) return {text: 'not in Git any more', style: 'warning'};
	if (node.isHook) return {text: 'hook', style: 'quiet'};
	const standing = nodeStanding(node);
	const words: Partial<Record<typeof standing, string>> = {
		'out-of-sync': 'OutOfSync',
		missing: 'Missing',
		unknown: 'not known yet',
	};
	const state = words[standing];
	const style: StyleName = state ? 'warning' : healthStyle[node.health.status];
	const detail = safeText(node.detail);
	if (state) return {text: detail === '' ? state : `${state}, ${detail}`, style};
	return {text: detail === '' ? node.health.status : detail, style: standing === 'good' ? 'quiet' : style};
}

function describeDrift({fields, type}: OpenDrift): string {
	const [first, ...others] = fields;
	if (!first || first.path === '') return type;
	const more = others.length === 0 ? '' : ` and ${others.length} more`;
	return `${safeText(first.path)}${more} changed`;
}
