import type {Problem} from '../../../model/errors.ts';
import type {ApplicationStatus} from '../../../model/status.ts';
import type {ActPorts} from '../ports.ts';
import {showDiff} from './diff.ts';
import {executeSync} from './execute.ts';
import {type Planned, type Prepared, prepareSyncs} from './prepare.ts';
import {plannedOf, syncQuestion} from './question.ts';
import {optionsForm, plainWish, type SyncWish, wishOf} from './wish.ts';

export interface SyncTarget {
	readonly applications: readonly ApplicationStatus[];
	/** Objects that are selected or marked, as `Kind/name`; offered where one application is synced. */
	readonly objects: readonly string[];
}

/**
 * The plan, the question, the sync. Options change the plan and the question is asked again; so does a plan that is
 * another one by the time it is approved.
 */
export async function syncApplications(ports: ActPorts, target: SyncTarget): Promise<void> {
	const names = target.applications.map(({name}) => name).join(', ');
	const isMine = await ports.turns.take(`sync ${names}`, () => run(ports, target));
	if (!isMine) ports.toast(`a sync of ${names} is under way from here already`);
}

async function run(ports: ActPorts, {applications, objects}: SyncTarget): Promise<void> {
	let asked = applications;
	let wish: SyncWish = plainWish;
	let note: string | null = null;
	while (asked.length > 0) {
		const prepared = await plan(ports, asked, wish);
		if (!prepared) return;
		const answer = await ports.questions.ask(syncQuestion({...factsOf(ports), prepared, wish, note}));
		note = null;
		if (answer === null) return;
		if (answer.type === 'more') {
			wish = (await changed(ports, answer.id, {prepared, wish, objects: asked.length === 1 ? objects : []})) ?? wish;
			continue;
		}
		const refused = await executeAll(ports, plannedOf(prepared), wish);
		asked = refused.map(({application}) => application);
		note = refused[0] ? `${refused[0].problem.message}: this is the new plan` : null;
		// What was approved for deletion was of the former plan.
		wish = {...wish, tokens: {}};
	}
}

function factsOf({arming, world, now}: ActPorts) {
	return {guard: arming.getState(), worker: world.getState().worker, now: now()};
}

async function plan(
	ports: ActPorts,
	applications: readonly ApplicationStatus[],
	wish: SyncWish,
): Promise<Prepared[] | null> {
	const {questions, client: connected, world, who, toast} = ports;
	const client = connected();
	if (!client) {
		toast('the worker does not answer, so there is no plan', 'toastBad');
		return null;
	}
	// As they stand now: when the question is asked again, holds and revisions are others.
	const current = applications.map(application => world.getState().applications.get(application.name) ?? application);
	const what = current.length === 1 ? current[0]!.name : `${current.length} applications`;
	return questions.wait({
		title: `Sync ${what}`,
		text: 'planning: what would change is asked of the cluster, nothing is written',
		work: signal => prepareSyncs(client, current, wish, {who, signal}),
	});
}

/** What one of the other keys makes of the wish; null: nothing. */
async function changed(
	ports: ActPorts,
	id: string,
	{prepared, wish, objects}: {prepared: readonly Prepared[]; wish: SyncWish; objects: readonly string[]},
): Promise<SyncWish | null> {
	switch (id) {
		case 'diff':
			await showDiff(
				ports,
				prepared.map(({application}) => application),
			);
			return null;
		case 'hold':
			return {...wish, overrideHold: true};
		case 'deletions':
			return {...wish, tokens: tokensOf(prepared)};
		case 'options': {
			const names = prepared.map(({application}) => application.name).join(', ');
			const values = await ports.questions.fill(optionsForm(names, wish, objects));
			return values && wishOf(values, objects);
		}
		default:
			return null;
	}
}

/** Each token approves exactly the list that was shown. */
function tokensOf(prepared: readonly Prepared[]): Record<string, string> {
	return Object.fromEntries(
		prepared.flatMap(({application, plan}) =>
			plan?.deletion.type === 'needs-confirmation' ? [[application.name, plan.deletion.token]] : [],
		),
	);
}

interface Refused {
	readonly application: ApplicationStatus;
	readonly problem: Problem;
}

async function executeAll(ports: ActPorts, planned: readonly Planned[], wish: SyncWish): Promise<Refused[]> {
	const what = planned.length === 1 ? planned[0]!.application.name : `${planned.length} applications`;
	ports.toast(`syncing ${what}; pane 2 follows it`);
	const refusals = await Promise.all(planned.map(item => executeSync(ports, item, wish)));
	return planned.flatMap(({application}, index) => {
		const problem = refusals[index];
		return problem ? [{application, problem}] : [];
	});
}
