import {accessSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {socketFor} from '../source/protocol/locations.ts';
import {shopConfiguration} from './shop/applications.ts';
import type {Renderers} from './shop/history.ts';

/** Everything that a demo leaves on disk, in one folder that goes with it. */
export interface DemoFolder {
	readonly path: string;
	readonly kubeconfig: string;
	readonly configuration: string;
	readonly controlSocket: string;
	/** Where the worker listens; the kubeconfig has to be written by then, because its context is part of the name. */
	workerSocket(): string;
	/** For the product's processes: state, cache and sockets of their own, so that nothing of the person's is touched. */
	readonly environment: Readonly<Record<string, string>>;
	/** Arguments that name this cluster and this configuration. */
	readonly where: readonly string[];
	configure(repoURL: string, renderers: Renderers): void;
	remove(): void;
}

export function createDemoFolder(surroundings: NodeJS.ProcessEnv): DemoFolder {
	const folder = mkdtempSync(path.join(tmpdir(), 'holdfast-demo-'));
	const below = (...names: string[]): string => path.join(folder, ...names);
	mkdirSync(below('run'), {mode: 0o700});
	const configuration = below('holdfast.yaml');
	const kubeconfig = below('kubeconfig');
	const controlSocket = below('run', 'demo.sock');
	const inherited = Object.fromEntries(
		Object.entries(surroundings).filter(([name, value]) => value !== undefined && name !== 'KUBECONFIG'),
	) as Record<string, string>;
	const environment = {
		...inherited,
		XDG_STATE_HOME: below('state'),
		XDG_CACHE_HOME: below('cache'),
		XDG_RUNTIME_DIR: below('run'),
		HOLDFAST_DEMO_SOCKET: controlSocket,
	};
	return {
		path: folder,
		kubeconfig,
		configuration,
		controlSocket,
		workerSocket: () =>
			socketFor({kubeconfig, context: undefined, configuration: {type: 'files', paths: [configuration]}}, environment),
		environment,
		where: ['--kubeconfig', kubeconfig, '--config', configuration],
		configure: (repoURL, renderers) => writeFileSync(configuration, shopConfiguration(repoURL, renderers)),
		remove: () => rmSync(folder, {recursive: true, force: true}),
	};
}

/** Which renderers are on the PATH. */
export function findRenderers({PATH = ''}: NodeJS.ProcessEnv): Renderers {
	const isThere = (program: string): boolean =>
		PATH.split(path.delimiter).some(folder => {
			try {
				accessSync(path.join(folder, program), constants.X_OK);
				return true;
			} catch {
				return false;
			}
		});
	return {kustomize: isThere('kustomize'), helm: isThere('helm')};
}
