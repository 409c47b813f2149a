import {shortRevision} from '../../../model/ages.ts';
import type {SyncEntry} from '../../../model/journal.ts';
import {safeText} from '../../../model/text.ts';
import {formatAge, formatTimeOfDay} from '../../store/ages.ts';
import type {Evidence, Finding} from './types.ts';

/** Which commit is live and when it came, what was before it, and whether healing is on: the frame of the answer. */
export function historyFindings(evidence: Evidence): Finding[] {
	return [...commitFindings(evidence), healingFinding(evidence)];
}

function commitFindings({application, commits, journal, now}: Evidence): Finding[] {
	const {name, syncedRevision, healthSince, health} = application;
	if (syncedRevision === null) return [];
	const syncs = journal.filter(
		(entry): entry is SyncEntry => entry.type === 'sync' && entry.application === name && entry.phase === 'Succeeded',
	);
	// The first sync to the commit that is live brought it; later ones only repeated it.
	const isOfLive = syncs.findIndex(({revision}) => revision !== syncedRevision);
	const ofLive = isOfLive < 0 ? syncs : syncs.slice(0, isOfLive);
	const brought = ofLive.at(-1);
	const commit = commits.find(({id}) => id === syncedRevision);
	const subject = commit ? ` "${safeText(commit.subject)}" by ${safeText(commit.author)}` : '';
	const changed = brought ? brought.created + brought.changed + brought.deleted : 0;
	const when = brought
		? `, synced ${formatTimeOfDay(brought.time)}, changed ${changed} ${changed === 1 ? 'object' : 'objects'}`
		: '';
	const isAfter = brought && healthSince !== undefined && healthSince >= brought.time && health.status === 'Degraded';
	const after = isAfter ? `; ${health.status} ${formatAge(healthSince - brought.time)} after it` : '';
	const live: Finding = {
		code: 'LiveCommit',
		text: `live is ${shortRevision(syncedRevision)}${subject}${when}${after}`,
		jump: {type: 'commit', application: name, commit: syncedRevision},
	};
	const before = isOfLive < 0 ? undefined : syncs[isOfLive];
	if (!before || !brought) return [live];
	const lasted = formatAge(brought.time - before.time);
	return [
		live,
		{
			code: 'CommitBefore',
			text: `before it, ${shortRevision(before.revision)} was live${before.time < now ? ` for at least ${lasted}` : ''}`,
			jump: {type: 'commit', application: name, commit: before.revision},
		},
	];
}

function healingFinding({application, worker, journal, now}: Evidence): Finding {
	const {isHealing, holds, name} = application;
	const recent = journal.filter(
		entry =>
			entry.type === 'drift' &&
			entry.application === name &&
			now - entry.time < 86_400_000 &&
			entry.event.action === 'healed',
	).length;
	const healed = recent > 0 ? `; ${recent} drift${recent === 1 ? '' : 's'} healed in the last day` : '';
	const isHeld = holds.some(({scope}) => scope.type === 'application');
	const state = isHeld
		? 'healing is held'
		: isHealing
			? `healing is on${holds.length > 0 ? ', except for what is held' : ', nobody holds it'}`
			: `healing is off${worker?.mode === 'observe' ? ': the worker only observes' : ": the application's policy says so"}`;
	return {code: 'Healing', text: `${state}${healed}`, jump: {type: 'timeline', application: name}};
}
