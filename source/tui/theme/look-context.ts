import {createContext, useContext} from 'react';
import {type GlyphSet, glyphSets} from './glyphs.ts';
import {type Theme, themes} from './themes.ts';

/** How everything looks: the same for the whole screen. */
export interface Look {
	readonly theme: Theme;
	readonly glyphs: GlyphSet;
}

export const LookContext = createContext<Look>({theme: themes.mono, glyphs: glyphSets.ascii});

export function useLook(): Look {
	return useContext(LookContext);
}
