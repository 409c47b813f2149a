import type {Form, FormValues} from '../../dialogs/form/form.ts';

/** What a person says about a push, beyond what is pushed. */
export interface ChangeWish {
	/** Push here instead of to the tracked branch; null: to the tracked one. */
	readonly branch: string | null;
	/** Of a merge: the number of the parent that it goes back to, from 1. */
	readonly mainline: number | null;
	readonly reason: string;
}

export const plainWish: ChangeWish = {branch: null, mainline: null, reason: ''};

/** `hasReason`: the reason becomes a line of the commit. */
export function changeForm(title: string, wish: ChangeWish, {hasReason}: {readonly hasReason: boolean}): Form {
	const reason = {
		type: 'text',
		id: 'reason',
		label: 'reason',
		value: wish.reason,
		placeholder: 'stands in the commit, for example INC-2231',
	} as const;
	return {
		title,
		tone: 'plain',
		focus: hasReason ? 'reason' : 'branch',
		verb: 'shows what it would do',
		fields: [
			...(hasReason ? [reason] : []),
			{
				type: 'text',
				id: 'branch',
				label: 'branch',
				value: wish.branch ?? '',
				placeholder: 'the tracked one; another has to be merged by somebody',
			},
		],
		notes: () => [],
		check: () => null,
	};
}

export function wishOf(values: FormValues, wish: ChangeWish): ChangeWish {
	return {...wish, branch: (values.branch ?? '').trim() || null, reason: (values.reason ?? '').trim()};
}
