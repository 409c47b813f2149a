import {HoldfastError, type Problem} from '../model/errors.ts';
import {type Hold, type HoldScope, printScope} from '../model/hold.ts';
import type {CommandRunner, Line} from './definition.ts';
import {exitCodes} from './exit-codes.ts';
import {findTargets, type HoldTarget, readTargets} from './hold/targets.ts';
import {usageError} from './line/usage-error.ts';
import {jsonText} from './print/data.ts';
import {healsNow, problemLines, resumedText} from './print/held-text.ts';
import {holdJson, type OwnedHold} from './print/hold-text.ts';
import {initiator, type Session, withWorker} from './session/connect.ts';
import {refuseSecondWriter} from './session/second-writer.ts';
import {settle} from './session/settle.ts';
import {askForWord} from './terminal/ask.ts';
import type {Terminal} from './terminal/terminal.ts';

/** `holdfast resume APPLICATION… | APPLICATION/KIND/NAME[/FIELD]… | --all | --id ID`. */
export const run: CommandRunner = async (line, terminal) => {
	const {flags, words} = line;
	if (flags.id.length > 0 && (flags.all || words.length > 0)) {
		throw usageError(`--id says which hold, and ${flags.all ? '--all' : words.join(' ')} says another`);
	}
	const targets = flags.id.length > 0 ? [] : readTargets(line);
	await refuseSecondWriter(line, terminal);
	return withWorker(line, terminal, async session => {
		const chosen =
			flags.id.length > 0
				? await holdsById(session, flags.id, terminal)
				: holdsOf(session, await findTargets(session, targets, terminal));
		if (chosen.length === 0) {
			if (flags.output === 'json') terminal.print(jsonText({holds: [], problems: []}));
			else terminal.print(`nothing to resume: ${flags.all ? 'nothing is held' : `no hold of ${words.join(', ')}`}`);
			return exitCodes.ok;
		}
		if (flags.all && !(await approve(chosen, line, terminal))) return exitCodes.differs;
		return resume(session, chosen, line, terminal);
	});
};

async function holdsById(session: Session, ids: readonly string[], terminal: Terminal): Promise<OwnedHold[]> {
	await settle(session, [], terminal);
	const all = ownedHolds(session, []);
	const missing = ids.filter(id => !all.some(({hold}) => hold.id === id));
	if (missing.length > 0) {
		throw new HoldfastError({
			code: 'HoldNotFound',
			message: `no hold in force has the id ${missing.join(', ')}`,
			hint: 'See holdfast holds: it may have ended by itself.',
		});
	}
	return all.filter(({hold}) => ids.includes(hold.id));
}

/** All holds of an application that is named whole; else those of exactly that object or field. */
function holdsOf(session: Session, targets: readonly HoldTarget[]): OwnedHold[] {
	const chosen = targets.flatMap(({applications, scope}) =>
		ownedHolds(session, applications).filter(
			({hold}) => scope.type === 'application' || isSameTarget(hold.scope, scope),
		),
	);
	return [...new Map(chosen.map(owned => [`${owned.application}/${owned.hold.id}`, owned])).values()];
}

function ownedHolds({tracker}: Session, names: readonly string[]): OwnedHold[] {
	return tracker
		.applications(names)
		.flatMap(application => application.holds.map((hold: Hold) => ({application: application.name, hold})));
}

/** The group and the namespace that another client may have said are not typed here. */
function isSameTarget(left: HoldScope, right: HoldScope): boolean {
	return left.type === right.type && withoutPlace(left) === withoutPlace(right);
}

function withoutPlace(scope: HoldScope): string {
	return printScope(scope.type === 'application' ? scope : {...scope, namespace: ''});
}

function approve(chosen: readonly OwnedHold[], {flags}: Line, terminal: Terminal): Promise<boolean> {
	const applications = new Set(chosen.map(({application}) => application)).size;
	const holds = chosen.length === 1 ? 'the only hold' : `all ${chosen.length} holds`;
	const question = `End ${holds}, of ${applications} application${applications === 1 ? '' : 's'}? What drifted is healed then.`;
	return askForWord(
		{question, word: 'yes', isYes: flags.yes === true, refusal: 'nothing was resumed', hasDryRun: false},
		terminal,
	);
}

async function resume(
	{client, tracker, held}: Session,
	chosen: readonly OwnedHold[],
	{flags}: Line,
	terminal: Terminal,
): Promise<number> {
	const names = [...new Set(chosen.map(({application}) => application))];
	// As it stands before: afterwards healing has begun.
	const before = tracker.applications(names);
	// One by one: ids are unique within an application only.
	const answers = await Promise.all(
		names.map(name => {
			const ids = chosen.filter(({application}) => application === name).map(({hold}) => hold.id);
			return client.resume({applications: [name], holds: ids, by: initiator()});
		}),
	);
	const holds = answers.flatMap(answer => answer.holds);
	const problems = answers.flatMap(answer => answer.problems);
	if (flags.output === 'json') {
		terminal.print(jsonText(resumeJson(holds, problems)));
	} else {
		const surface = terminal.output;
		for (const owned of holds) terminal.print(resumedText(owned, {surface, now: terminal.now()}).join('\n'));
		const ended = holds.map(({hold}) => hold.id);
		const isHealing = held.type === 'worker' && tracker.worker().mode === 'reconcile';
		if (holds.length > 0 && !isHealing) terminal.print('  No worker heals here now: holdfast worker');
		else
			for (const application of before) for (const text of healsNow(application, ended, surface)) terminal.print(text);
		for (const text of problemLines(problems, terminal.notes)) terminal.note(text);
		const missed = chosen.length - holds.length - problems.length;
		if (missed > 0) terminal.note(`${missed} had ended already`);
	}
	return problems.length > 0 ? exitCodes.error : exitCodes.ok;
}

function resumeJson(holds: readonly OwnedHold[], problems: readonly {application: string; problem: Problem}[]): object {
	return {
		holds: holds.map(({application, hold}) => ({application, ...holdJson(hold)})),
		problems: problems.map(({application, problem}) => ({application, ...problem})),
	};
}
