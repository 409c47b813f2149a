import {join} from 'node:path';
import type {Workspace} from './workspace.ts';

/** Nothing listens on the discard port; a program told to use it as its proxy reaches nobody. */
const nowhere = 'http://127.0.0.1:9';

/**
 * The whole environment of helm and kustomize: homes inside the workspace, so that no plugin, repository list or
 * credential of the user is seen; no program to call on the PATH (kustomize would run git for a remote base); no
 * kubeconfig; and no way out to the network.
 */
export function confinedEnvironment({home}: Workspace): Record<string, string> {
	const inHome = (name: string) => join(home, name);
	return {
		PATH: inHome('bin'),
		HOME: home,
		TMPDIR: home,
		LANG: 'C.UTF-8',
		XDG_CACHE_HOME: inHome('cache'),
		XDG_CONFIG_HOME: inHome('config'),
		XDG_DATA_HOME: inHome('data'),
		KUBECONFIG: inHome('kubeconfig'),
		HTTP_PROXY: nowhere,
		HTTPS_PROXY: nowhere,
		NO_PROXY: '',
		KUSTOMIZE_PLUGIN_HOME: inHome('plugins'),
		HELM_CACHE_HOME: inHome('cache/helm'),
		HELM_CONFIG_HOME: inHome('config/helm'),
		HELM_DATA_HOME: inHome('data/helm'),
		HELM_PLUGINS: inHome('plugins'),
		HELM_NO_PLUGINS: '1',
		HELM_REGISTRY_CONFIG: inHome('registry.json'),
		HELM_REPOSITORY_CONFIG: inHome('repositories.yaml'),
		HELM_REPOSITORY_CACHE: inHome('cache/repository'),
	};
}
