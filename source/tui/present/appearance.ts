import type {Standing} from '../../model/standing.ts';
import type {HealthStatus, SyncStatus} from '../../model/status.ts';
import type {GlyphName} from '../theme/glyphs.ts';
import type {StyleName} from '../theme/styles.ts';

export interface Appearance {
	readonly glyph: GlyphName;
	readonly style: StyleName;
}

/** Every state has a glyph of its own and a word; the style only helps those who see it. */
export const standingAppearance: Readonly<Record<Standing, Appearance>> = {
	failed: {glyph: 'bad', style: 'bad'},
	degraded: {glyph: 'bad', style: 'bad'},
	unknown: {glyph: 'unknown', style: 'warning'},
	missing: {glyph: 'missing', style: 'warning'},
	'out-of-sync': {glyph: 'differs', style: 'warning'},
	held: {glyph: 'held', style: 'held'},
	syncing: {glyph: 'busy', style: 'busy'},
	progressing: {glyph: 'busy', style: 'busy'},
	suspended: {glyph: 'suspended', style: 'held'},
	good: {glyph: 'good', style: 'good'},
};

export const healthStyle: Readonly<Record<HealthStatus, StyleName>> = {
	Healthy: 'good',
	Progressing: 'busy',
	Degraded: 'bad',
	Suspended: 'held',
	Missing: 'warning',
	Unknown: 'warning',
};

export const syncStyle: Readonly<Record<SyncStatus, StyleName>> = {
	Synced: 'good',
	OutOfSync: 'warning',
	Unknown: 'warning',
};
