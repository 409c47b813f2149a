import {defineConfig} from 'vitest/config';

/**
 * Three projects: `unit` needs nothing but Node and git; `pty` shows the monitor in a real pseudo terminal; `cluster`
 * runs against a control plane that is started once: a real one from the programs in KUBEBUILDER_ASSETS (envtest's
 * convention), else the demo's own; HOLDFAST_CONTROL_PLANE=real or embedded says which.
 */
export default defineConfig({
	test: {
		projects: [
			{
				test: {
					name: 'unit',
					root: new URL('..', import.meta.url).pathname,
					include: ['test/**/*.test.ts'],
					exclude: ['test/cluster/**', 'test/pty/**'],
					testTimeout: 30_000,
				},
			},
			{
				test: {
					name: 'pty',
					root: new URL('..', import.meta.url).pathname,
					include: ['test/pty/**/*.test.ts'],
					testTimeout: 60_000,
					hookTimeout: 60_000,
					fileParallelism: false,
				},
			},
			{
				test: {
					name: 'cluster',
					root: new URL('..', import.meta.url).pathname,
					include: ['test/cluster/**/*.test.ts'],
					globalSetup: ['test/cluster/global-setup.ts'],
					testTimeout: 180_000,
					hookTimeout: 180_000,
					fileParallelism: false,
				},
			},
		],
	},
});
