import type {SyncWindow} from '../model/application.ts';
import {parseInterval} from './duration.ts';
import type {Findings} from './findings.ts';
import {readSchedule, readTimeZone} from './schedule.ts';
import type {Path} from './yaml/source-document.ts';

/** A sync window as holdfast and Argo CD both write it. */
export interface SyncWindowFields {
	readonly kind: 'allow' | 'deny';
	readonly schedule: string;
	readonly duration: string;
	readonly timeZone?: string;
	readonly manualSync?: boolean;
}

/** Maps windows; a schedule, duration or time zone that cannot be used is a problem at its line. */
export function readSyncWindows(windows: readonly SyncWindowFields[], path: Path, findings: Findings): SyncWindow[] {
	return windows.flatMap((window, index) => readWindow(window, [...path, index], findings) ?? []);
}

function readWindow(fields: SyncWindowFields, path: Path, findings: Findings): SyncWindow | undefined {
	const schedule = findings.take([...path, 'schedule'], readSchedule(fields.schedule));
	const durationMilliseconds = findings.take([...path, 'duration'], parseInterval(fields.duration));
	const timeZone = findings.take([...path, 'timeZone'], readTimeZone(fields.timeZone ?? ''));
	if (schedule === undefined || durationMilliseconds === undefined || timeZone === undefined) return undefined;
	return {kind: fields.kind, schedule, durationMilliseconds, timeZone, manualSync: fields.manualSync ?? false};
}
