import {defineConfig} from 'vitest/config';

/**
 * Three projects: `unit` needs nothing but Node and git; `pty` shows the monitor in a real pseudo terminal; `cluster` runs against a real control plane, started once from
 * the programs in KUBEBUILDER_ASSETS (envtest's convention) and skipped, loudly, where they are missing.
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
