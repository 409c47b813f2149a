import {type Findings, quoted} from '../findings.ts';
import {nearest} from '../schema/nearest.ts';
import type {Path} from '../yaml/source-document.ts';

const prefix = 'argocd.argoproj.io/';
const skipReconcile = `${prefix}skip-reconcile`;

const parent = 'it concerns the application that deploys this one; applications here are independent of each other';

/** Argo CD's annotations on an Application. null: nothing to say, because holdfast does so anyway or it is bookkeeping. */
const known: Readonly<Record<string, string | null>> = {
	[skipReconcile]: null,
	[`${prefix}refresh`]: null,
	[`${prefix}hydrate`]: null,
	[`${prefix}tracking-id`]: null,
	[`${prefix}installation-id`]: null,
	[`${prefix}manifest-generate-paths`]: null,
	[`${prefix}ignore-resource-updates`]: null,
	[`${prefix}ignore-healthcheck`]: parent,
	[`${prefix}sync-wave`]: parent,
	[`${prefix}sync-options`]: parent,
	[`${prefix}hook`]: parent,
	[`${prefix}hook-delete-policy`]: parent,
	[`${prefix}deletion-approved`]: parent,
	[`${prefix}compare-options`]: 'comparison works in one way only',
	[`${prefix}client-side-apply-migration-manager`]: "only fields of kubectl's client-side apply are taken over",
	[`${prefix}ignore-default-links`]: 'links are not shown',
};

/** Other prefixes that change what happens to an application. */
const families: readonly {readonly prefix: string; readonly meaning: string}[] = [
	{prefix: 'notifications.argoproj.io/', meaning: 'notifications are not sent'},
	{prefix: 'argocd-image-updater.argoproj.io/', meaning: 'images are not updated; only Git changes them'},
	{prefix: 'link.argocd.argoproj.io/', meaning: 'links are not shown'},
];

/** Reports every annotation of Argo CD that has no effect here, and tells whether the application is to be left alone. */
export function readAnnotations(
	annotations: Readonly<Record<string, string>>,
	path: Path,
	findings: Findings,
): {readonly isSuspended: boolean} {
	for (const key of Object.keys(annotations)) {
		const family = families.find(candidate => key.startsWith(candidate.prefix));
		const meaning = Object.hasOwn(known, key) ? known[key] : family?.meaning;
		if (meaning) {
			const message = `annotation ${quoted(key)} is not supported: ${meaning}`;
			findings.notice([...path, key], {code: 'Unsupported', message, part: 'key'});
		} else if (meaning === undefined && key.startsWith(prefix)) {
			const near = nearest(key, Object.keys(known));
			const hint = near && `Did you mean ${quoted(near)}?`;
			const message = `unknown annotation ${quoted(key)} is ignored`;
			findings.notice([...path, key], {code: 'UnknownField', message, hint, part: 'key'});
		}
	}
	return {isSuspended: annotations[skipReconcile] === 'true'};
}
