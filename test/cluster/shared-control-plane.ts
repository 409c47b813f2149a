/**
 * The control plane that `global-setup.ts` started, for test files:
 * `describe.skipIf(!plane)('…', () => { … plane!.kubectl(['get', 'nodes']) … })`.
 * Everybody shares it: work in a namespace of your own. A test that stops the API server starts its own control plane.
 */
import {inject} from 'vitest';
import {isEmbedded} from './control-plane/choice.ts';
import {runKubectl} from './control-plane.ts';
import type {ProvidedControlPlane} from './global-setup.ts';

export interface SharedControlPlane extends ProvidedControlPlane {
	kubectl(args: readonly string[], input?: string): Promise<string>;
}

const provided = inject('controlPlane');

/** null: the programs are missing, skip. */
export const plane: SharedControlPlane | null = provided && {
	...provided,
	kubectl: (args, input) => runKubectl(provided.kubeconfig, args, input),
};

/** The same, but null also where there are no controllers. */
export const planeWithControllers: SharedControlPlane | null = plane?.hasControllers ? plane : null;

/**
 * The same, but null also where namespaces do not end and garbage is not collected: without controllers on a real control
 * plane. The embedded one does both by itself.
 */
export const planeThatCollects: SharedControlPlane | null =
	plane && (plane.hasControllers || isEmbedded()) ? plane : null;
