import {z} from 'zod';
import {fieldPathText, intervalText, jsonPointerText} from '../schema/text.ts';

export const syncPolicySchema = z.strictObject({
	automated: z
		.strictObject({
			enabled: z.boolean().optional().describe('false switches automatic sync off. Default: true.'),
			prune: z.boolean().optional().describe('Delete what is no longer in Git. Default: false.'),
			selfHeal: z.boolean().optional().describe('Undo changes made in the cluster. Default: false.'),
			allowEmpty: z.boolean().optional().describe('Allow a sync that would leave nothing. Default: false.'),
		})
		.optional()
		.describe('Sync without being asked. Absent: only a person syncs.'),
	syncOptions: z
		.array(z.string())
		.optional()
		.describe('CreateNamespace=true, PruneLast=true, PrunePropagationPolicy=foreground|background|orphan.'),
	waitForHealth: z.boolean().optional().describe('A sync is done when its last wave is healthy too. Default: false.'),
	retry: z
		.strictObject({
			limit: z.int().min(-1).optional().describe('Attempts after a failed sync; -1 means for ever. Default: 5.'),
			backoff: z
				.strictObject({
					duration: intervalText.optional().describe('Wait before the first retry. Default: 5s.'),
					factor: z.number().min(1).max(100).optional().describe('Each wait is this much longer. Default: 2.'),
					maxDuration: intervalText.optional().describe('Longest wait. Default: 3m.'),
				})
				.optional(),
		})
		.optional()
		.describe('How a failed automatic sync is tried again.'),
	deletionBudget: z
		.strictObject({
			count: z.int().min(0).optional().describe('Default: 10.'),
			percent: z.number().min(0).max(100).optional().describe("Of the application's objects. Default: 20."),
		})
		.optional()
		.describe('Most deletions in one sync without a person; the larger of the two counts.'),
});

const mode = z.enum(['heal', 'ask', 'observe']);
const selector = {
	group: z.string().optional().describe('API group; empty is the core group. Absent: any.'),
	kind: z.string().optional().describe('Absent: any.'),
	namespace: z.string().optional().describe('Absent: any.'),
	name: z.string().optional().describe('Absent: any.'),
};

export const driftSchema = z.strictObject({
	mode: mode
		.optional()
		.describe('What to do about drift: undo it, ask, or only report. Default: heal with selfHeal, else observe.'),
	foreignAdditions: mode
		.optional()
		.describe('What to do about fields that others added inside maps and lists of ours. Default: observe.'),
	rules: z
		.array(
			z.strictObject({
				path: fieldPathText.describe('Field as events print it; * is one step, a trailing .** any depth.'),
				mode,
				...selector,
			}),
		)
		.optional()
		.describe('Other modes for some fields; the first that matches wins.'),
});

export const ignoreDifferencesSchema = z.array(
	z.strictObject({
		...selector,
		jsonPointers: z.array(jsonPointerText).optional().describe('Fields to ignore.'),
		paths: z.array(fieldPathText).optional().describe('Fields to ignore, as events print them.'),
		managedFieldsManagers: z
			.array(z.string().min(1))
			.optional()
			.describe('Ignore everything these field managers own.'),
	}),
);

export const guardsSchema = z.strictObject({
	allowedNamespaces: z.array(z.string().min(1)).optional().describe('Namespaces (globs) it may write to.'),
	allowedServers: z.array(z.string().min(1)).optional().describe('Contexts and servers (globs) it may write to.'),
	allowedKinds: z
		.array(z.string().min(1))
		.optional()
		.describe('Kind.group globs it may write, e.g. Deployment.apps; core kinds have no group.'),
	deniedKinds: z.array(z.string().min(1)).optional().describe('Kind.group globs it may never write.'),
});

export type SyncPolicyInput = z.output<typeof syncPolicySchema>;
export type DriftInput = z.output<typeof driftSchema>;
export type IgnoreDifferencesInput = z.output<typeof ignoreDifferencesSchema>;
export type GuardsInput = z.output<typeof guardsSchema>;
