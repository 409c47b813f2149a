import {isoTime} from '../../model/ages.ts';
import type {CommitInfo} from '../../model/commit.ts';
import type {ChangePreview, PushedChange} from '../../protocol/messages/change.ts';
import {objectDiffJson} from './diff-text.ts';
import {planJson} from './sync-json.ts';

/** The preview of `revert -o json` and `adopt -o json`; see the README. */
export function previewJson(preview: ChangePreview): object {
	return {
		branch: preview.branch,
		author: preview.author,
		isSigned: preview.isSigned,
		message: preview.message,
		files: preview.files.map(file => ({...file})),
		diff: preview.diff,
		isTruncated: preview.isTruncated,
		effects: preview.effects.map(effect => ({
			application: effect.application,
			context: effect.context,
			namespace: effect.namespace,
			isAutomated: effect.isAutomated,
			plan: planJson(effect.plan),
			objects: effect.objects.map(objectDiffJson),
			problems: effect.problems.map(problem => ({...problem})),
		})),
		untouched: [...preview.untouched],
	};
}

export function pushedJson(result: PushedChange): object {
	return {
		commit: result.commit,
		branch: result.branch,
		type: result.type,
		remoteMessage: result.remoteMessage,
		nextSteps: [...result.nextSteps],
		refusedBecause: result.refusedBecause ?? null,
	};
}

export function commitJson(commit: CommitInfo): object {
	return {
		id: commit.id,
		author: commit.author,
		email: commit.email,
		time: isoTime(commit.time),
		subject: commit.subject,
		parents: [...commit.parents],
	};
}
