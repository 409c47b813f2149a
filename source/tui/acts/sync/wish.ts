import type {SyncParameters} from '../../../protocol/messages/sync.ts';
import {type Form, type FormValues, isTicked} from '../../dialogs/form/form.ts';

/** What a person wants of a sync, beyond which application. */
export interface SyncWish {
	/** Absent: as the application declares it. */
	readonly prune?: boolean;
	/** Objects as `Kind/name` or `Kind/namespace/name`; empty: all of them. */
	readonly only: readonly string[];
	readonly overrideHold: boolean;
	readonly ignoreWindows: boolean;
	/** Only look. */
	readonly isDryRun: boolean;
	/** By application: the token of the deletions that were asked for. */
	readonly tokens: Readonly<Record<string, string>>;
}

export const plainWish: SyncWish = {only: [], overrideHold: false, ignoreWindows: false, isDryRun: false, tokens: {}};

/** What the worker is told of it, for the plan and for the sync. */
export function parametersOf(application: string, wish: SyncWish, initiatedBy: string): Omit<SyncParameters, 'dryRun'> {
	const {prune, only, overrideHold, ignoreWindows, tokens} = wish;
	const token = tokens[application];
	return {
		application,
		initiatedBy,
		...(prune !== undefined && {prune}),
		...(only.length > 0 && {only}),
		...(overrideHold && {overrideHold}),
		...(ignoreWindows && {ignoreWindows}),
		...(token !== undefined && {confirmDeletions: token}),
	};
}

/** The options of a sync. `objects`: what is selected or marked, where one application is synced. */
export function optionsForm(target: string, wish: SyncWish, objects: readonly string[]): Form {
	const count = objects.length === 1 ? objects[0] : `the ${objects.length} marked objects`;
	return {
		title: `Options of the sync of ${target}`,
		tone: 'plain',
		focus: 'prune',
		verb: 'shows the plan',
		fields: [
			{
				type: 'radio',
				id: 'prune',
				label: 'prune',
				value: wish.prune === undefined ? 'declared' : wish.prune ? 'yes' : 'no',
				options: [
					{value: 'declared', label: 'as declared'},
					{value: 'yes', label: 'yes'},
					{value: 'no', label: 'no'},
				],
			},
			...(objects.length > 0
				? [
						{
							type: 'check',
							id: 'only',
							label: 'only',
							text: `only ${count}, no hooks`,
							isOn: wish.only.length > 0,
						} as const,
					]
				: []),
			{type: 'check', id: 'hold', label: 'also', text: 'overwrite what is held', isOn: wish.overrideHold},
			{type: 'check', id: 'windows', label: '', text: 'sync although a window denies it', isOn: wish.ignoreWindows},
			{type: 'check', id: 'dry', label: '', text: 'dry run: only look at the plan', isOn: wish.isDryRun},
		],
		notes: () => [],
		check: () => null,
	};
}

/** Approved deletions are of another plan: they are asked for again. */
export function wishOf(values: FormValues, objects: readonly string[]): SyncWish {
	return {
		...(values.prune !== 'declared' && {prune: values.prune === 'yes'}),
		only: isTicked(values, 'only') ? objects : [],
		overrideHold: isTicked(values, 'hold'),
		ignoreWindows: isTicked(values, 'windows'),
		isDryRun: isTicked(values, 'dry'),
		tokens: {},
	};
}
