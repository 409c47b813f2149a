import {complaint, type Reading, satisfied} from './option-reading.ts';

/** Argo CD's sync options as they may stand on an object. What server-side apply does anyway needs no word. */
const syncOptions: ReadonlyMap<string, Reading> = new Map<string, Reading>([
	['Prune=true', satisfied],
	['Prune=false', {options: {prune: 'disabled'}, complaints: []}],
	['Prune=confirm', {options: {prune: 'confirm'}, complaints: []}],
	['Delete=true', satisfied],
	['Delete=false', {options: {deletion: 'disabled'}, complaints: []}],
	['Delete=confirm', {options: {deletion: 'confirm'}, complaints: []}],
	['Force=true', {options: {isForced: true}, complaints: []}],
	['Force=false', satisfied],
	['Replace=true', complaint('asks for Replace=true; objects are always applied server-side')],
	['Replace=false', satisfied],
	['ServerSideApply=true', satisfied],
	['ServerSideApply=false', complaint('asks for ServerSideApply=false; objects are always applied server-side')],
	['ClientSideApplyMigration=true', satisfied],
	['ClientSideApplyMigration=false', {options: {shouldTakeOver: false}, complaints: []}],
	['Validate=true', satisfied],
	['Validate=false', complaint('asks for Validate=false; server-side apply always checks the schema')],
	// A kind that is not served blocks its own object only, and deletions come last in any case.
	['SkipDryRunOnMissingResource=true', satisfied],
	['SkipDryRunOnMissingResource=false', satisfied],
	['PruneLast=true', satisfied],
	['PruneLast=false', satisfied],
]);

const applicationOptions: ReadonlySet<string> = new Set([
	'ApplyOutOfSyncOnly',
	'CreateNamespace',
	'FailOnSharedResource',
	'PrunePropagationPolicy',
	'RespectIgnoreDifferences',
]);

/** One item of `argocd.argoproj.io/sync-options`: an exact `Key=Value`. */
export function readSyncOption(item: string): Reading {
	const reading = syncOptions.get(item);
	if (reading) return reading;
	const [name = ''] = item.split('=');
	if (applicationOptions.has(name)) return complaint(`holds ${name}, which works on an application, not on an object`);
	return complaint('holds an option that is not known');
}
