import {isSecretKind} from '../../model/redact.ts';
import {isMap} from '../desired/tree.ts';
import type {DesiredObject, HookPhase, ObjectOptions} from '../desired/types.ts';

/** Moments of a sync that goes well. */
const syncPhases: ReadonlySet<HookPhase> = new Set<HookPhase>(['PreSync', 'Sync', 'PostSync']);

/** Whether an object is a hook of a sync that goes well: nothing is synced without it. */
export function isSyncHook({hook, apply}: ObjectOptions): boolean {
	return apply !== 'ignore' && (hook?.phases.some(phase => syncPhases.has(phase)) ?? false);
}

/** Hooks of one moment; those that are declared as left alone never run. */
export function hooksOf(hooks: readonly DesiredObject[], phase: HookPhase): DesiredObject[] {
	return hooks.filter(({options}) => options.apply !== 'ignore' && options.hook?.phases.includes(phase));
}

/** How often hooks run in a sync that goes well: a hook of two phases runs twice. */
export function countHooks(hooks: readonly DesiredObject[]): number {
	return [...syncPhases].reduce((sum, phase) => sum + hooksOf(hooks, phase).length, 0);
}

/**
 * A text that names exactly this set of hooks, to be hashed and kept with the inventory; empty: there is none. Every
 * worker of every installation gets the same, so it must not need a key, and values of Secrets must not go into it.
 */
export function signatureOfHooks(hooks: readonly DesiredObject[]): string {
	return hooks
		.filter(({options}) => isSyncHook(options))
		.map(hook => `${hook.key} ${contentOf(hook)}`)
		.sort()
		.join('\n');
}

function contentOf({ref, text, options}: DesiredObject): string {
	if (!isSecretKind(ref)) return text;
	const {data} = JSON.parse(text) as {data?: unknown};
	const keys = isMap(data) ? Object.keys(data).sort() : [];
	return JSON.stringify({keys, wave: options.wave, hook: options.hook});
}
