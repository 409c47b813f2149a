import {formatProblem} from '../../../model/errors.ts';
import type {HeldObject} from '../../../model/hold.ts';
import {printScope} from '../../../model/hold.ts';
import {describeEnd} from '../../../model/hold-text.ts';
import type {ApplicationStatus} from '../../../model/status.ts';
import {safeText} from '../../../model/text.ts';
import type {HoldAnswer} from '../../../protocol/messages/hold.ts';
import {productionAmong} from '../access.ts';
import type {ActPorts} from '../ports.ts';
import {type Outcome, send, tellProblem} from '../send.ts';
import {type HoldQuestion, holdForm, wishOf} from './form.ts';

export interface HoldTarget {
	readonly applications: readonly ApplicationStatus[];
	/** Of one application: what is selected in it. */
	readonly object: HeldObject | null;
	readonly fields: readonly string[];
}

/** Asks what, until when and why, and holds it. */
export async function hold(ports: ActPorts, target: HoldTarget): Promise<void> {
	const names = target.applications.map(({name}) => name).join(', ');
	await ports.turns.take(`hold ${names}`, () => run(ports, target, {isRedButton: false}));
}

/** The red button: no automatic write anywhere, on every application that the worker knows by then. */
export async function holdEverything(ports: ActPorts): Promise<void> {
	const applications = [...ports.world.getState().applications.values()];
	await ports.turns.take('hold everything', () =>
		run(ports, {applications, object: null, fields: []}, {isRedButton: true}),
	);
}

async function run(ports: ActPorts, target: HoldTarget, {isRedButton}: {isRedButton: boolean}): Promise<void> {
	const question = questionOf(ports, target, isRedButton);
	const values = await ports.questions.fill(holdForm(question));
	if (!values) return;
	const wish = wishOf(question, values);
	const scope = printScope(wish.scope);
	const sent = await send(
		ports,
		{
			verb: 'hold',
			target: wish.scope.type === 'application' ? question.target : `${question.target} ${scope}`,
			where: question.where,
			contexts: target.applications.map(({context}) => context),
		},
		client =>
			client.hold({
				...wish,
				// Empty is every application, also one that this screen has not heard of yet.
				applications: isRedButton ? [] : target.applications.map(({name}) => name),
				owner: ports.who,
			}),
		outcomeOf,
	);
	if (sent.type === 'failed') return tellProblem(ports, question.target, sent.problem);
	tellHeld(ports, question, sent.answer);
}

function questionOf(ports: ActPorts, {applications, object, fields}: HoldTarget, isRedButton: boolean): HoldQuestion {
	const {worker} = ports.world.getState();
	const contexts = [...new Set(applications.map(({context}) => context))];
	const words = productionAmong(contexts, worker);
	const [first] = applications;
	return {
		target: isRedButton
			? 'everything'
			: applications.length === 1 && first
				? first.name
				: `${applications.length} applications`,
		where: contexts.map(context => (words.includes(context) ? `${context} (PRODUCTION)` : context)).join(', '),
		isProduction: words.length > 0,
		isRedButton,
		object: applications.length === 1 ? object : null,
		fields,
		words,
		now: ports.now(),
	};
}

function outcomeOf({holds, problems}: HoldAnswer): Outcome {
	const failures = problems.map(({application, problem}) => `${application}: ${formatProblem(problem)}`);
	return {
		isDone: problems.length === 0,
		result: [`${holds.length} held`, ...failures].join('; '),
		undo: holds.length > 0 ? {type: 'resume', holds} : {type: 'none', help: 'nothing was held'},
	};
}

/** `checkout: Deployment/web is held until 12:06Z, 1h left; u resumes it`. */
function tellHeld(ports: ActPorts, {target}: HoldQuestion, {holds, problems}: HoldAnswer): void {
	for (const {application, problem} of problems) tellProblem(ports, application, problem);
	const [first] = holds;
	if (!first) return;
	const end = describeEnd(first.hold, ports.now());
	const what =
		holds.length === 1
			? `${first.application}: ${printScope(first.hold.scope)} is held ${end}`
			: `${target}: ${holds.length} applications are held ${end}`;
	const syncs = first.hold.includesSync ? '; automatic syncs are stopped' : '';
	if (problems.length === 0) ports.toast(safeText(`${what}${syncs}; u takes it back`));
}
