import type {Line} from '../definition.ts';
import {checkObjectName} from '../line/target.ts';
import {usageError} from '../line/usage-error.ts';
import {initiator} from '../session/connect.ts';
import type {SyncWish} from './prepare.ts';

/** Which applications must be said, by name or by --all, and not both; a token approves one application's list. */
export function checkLine({words, flags}: Line): void {
	if (flags.all && words.length > 0) throw usageError(`--all and ${words.join(' ')} exclude each other`);
	if (!flags.all && words.length === 0)
		throw usageError('sync needs APPLICATION…, or --all', 'See holdfast status for their names.');
	if (flags.confirmDeletions !== undefined && words.length !== 1) {
		throw usageError('--confirm-deletions goes with exactly one application');
	}
	if (flags.dryRun && flags.wait !== undefined) throw usageError('--dry-run and --wait exclude each other');
	if (flags.only.length > 0 && words.length !== 1) throw usageError('--only goes with exactly one application');
	for (const name of flags.only) checkObjectName('--only', name);
	for (const [name, value] of flags.end ? Object.entries(startingFlags(flags)) : []) {
		if (value) throw usageError(`--end ends a sync, and --${name} is for one that begins`);
	}
}

/** Flags that only make sense for a sync that begins, and whether they were given. */
function startingFlags(flags: Line['flags']): Readonly<Record<string, boolean>> {
	return {
		'dry-run': flags.dryRun === true,
		prune: flags.prune !== undefined,
		'confirm-deletions': flags.confirmDeletions !== undefined,
		only: flags.only.length > 0,
		'override-hold': flags.overrideHold === true,
		'ignore-window': flags.ignoreWindow === true,
		wait: flags.wait !== undefined,
	};
}

/** What the flags ask of the worker, for the plan and for the sync. */
export function wishOf({flags}: Line): SyncWish {
	return {
		initiatedBy: initiator(),
		...(flags.prune !== undefined && {prune: flags.prune}),
		...(flags.confirmDeletions !== undefined && {confirmDeletions: flags.confirmDeletions}),
		...(flags.only.length > 0 && {only: [...new Set(flags.only)]}),
		...(flags.overrideHold && {overrideHold: true}),
		...(flags.ignoreWindow && {ignoreWindows: true}),
		...(flags.wait !== undefined && {waitForHealth: true}),
	};
}
