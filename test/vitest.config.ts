import {defineConfig} from 'vitest/config';

/**
 * Two projects: `unit` needs nothing but Node and git; `cluster` runs against a real control plane, started once from
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
					exclude: ['test/cluster/**'],
					testTimeout: 30_000,
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
