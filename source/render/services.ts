import type {Problem} from '../model/errors.ts';
import type {Manifest} from '../model/object.ts';
import type {GitTree} from '../model/ports/git/tree.ts';
import type {RenderLimits} from './limits.ts';
import type {Outcome} from './outcome.ts';
import type {ParsedFiles} from './parsed-files.ts';
import type {RunPlace, Tool} from './program/tool.ts';

/** What every way of rendering shares. */
export interface RenderServices extends RunPlace {
	readonly limits: RenderLimits;
	readonly parsedFiles: ParsedFiles;
	readonly helm: () => Promise<Outcome<Tool>>;
	readonly kustomize: () => Promise<Outcome<Tool>>;
}

/** One application's source, with a path that is known to be a folder. */
export interface RenderSource {
	readonly tree: GitTree;
	/** Without leading or trailing slash; `` is the root. */
	readonly folder: string;
}

/** A render that has been looked into but not done: its key tells whether it needs to be. */
export interface PreparedRender {
	/** Decides the output completely. */
	readonly key: string;
	readonly renderer: 'directory' | 'kustomize' | 'helm';
	/** Files and folders that the key was made from. */
	readonly reads: readonly string[];
	readonly notices: readonly Problem[];
	readonly run: (signal: AbortSignal) => Promise<Outcome<Rendered>>;
}

export interface Rendered {
	readonly manifests: readonly Manifest[];
	readonly notices: readonly Problem[];
}
