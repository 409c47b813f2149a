import type {Standing} from '../../model/standing.ts';
import type {Glyph, Tone} from '../terminal/surface.ts';

/** How each standing looks; never by colour alone. */
const appearance: Readonly<Record<Standing, {readonly glyph: Glyph; readonly tone: Tone}>> = {
	failed: {glyph: 'bad', tone: 'bad'},
	degraded: {glyph: 'bad', tone: 'bad'},
	unknown: {glyph: 'unknown', tone: 'warning'},
	missing: {glyph: 'differs', tone: 'warning'},
	'out-of-sync': {glyph: 'differs', tone: 'warning'},
	held: {glyph: 'paused', tone: 'warning'},
	syncing: {glyph: 'busy', tone: 'busy'},
	progressing: {glyph: 'busy', tone: 'busy'},
	suspended: {glyph: 'paused', tone: 'quiet'},
	good: {glyph: 'good', tone: 'good'},
};

export function appearanceOf(standing: Standing): {readonly glyph: Glyph; readonly tone: Tone} {
	return appearance[standing];
}
