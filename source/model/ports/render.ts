/** The narrow interface between the worker and what renders, which `render/` implements. */
import type {RenderParameters} from '../application.ts';
import type {Problem} from '../errors.ts';
import type {Manifest} from '../object.ts';
import type {GitTree} from './git/tree.ts';

export interface Renderer {
	/**
	 * Tree to objects. Never rejects for bad input: problems are values, with file and line. Cached by the hashes of
	 * everything the render read, and its parameters.
	 */
	render(request: RenderRequest): Promise<RenderResult>;
}

export interface RenderRequest {
	readonly application: string;
	readonly tree: GitTree;
	readonly path: string;
	readonly parameters: RenderParameters;
	/** Default namespace; given to helm and kustomize as theirs. */
	readonly namespace: string;
	readonly kubernetesVersion: string;
	/** `group/version/Kind` list for helm's `.Capabilities.APIVersions`. */
	readonly apiVersions: readonly string[];
	readonly signal?: AbortSignal;
}

export type RenderResult =
	| {
			readonly ok: true;
			/** Equal keys mean equal output. */
			readonly key: string;
			readonly manifests: readonly Manifest[];
			readonly notices: readonly Problem[];
			readonly isCached: boolean;
			/** Files and folders within the repository that decide the output: what `git log` is asked about. */
			readonly reads: readonly string[];
			/** What rendered it: decides how a live edit can be adopted. */
			readonly renderer: 'directory' | 'kustomize' | 'helm';
	  }
	| {readonly ok: false; readonly problems: readonly Problem[]};
