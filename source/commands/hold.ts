import {parseMoment} from '../model/durations.ts';
import type {Problem} from '../model/errors.ts';
import {quote} from '../model/quote.ts';
import type {HoldParameters} from '../protocol/messages/hold.ts';
import type {CommandRunner, Line} from './definition.ts';
import {exitCodes} from './exit-codes.ts';
import {findTargets, type HoldTarget, readTargets} from './hold/targets.ts';
import {usageError} from './line/usage-error.ts';
import {jsonText} from './print/data.ts';
import {heldText, holderLine, problemLines} from './print/held-text.ts';
import {holdJson, type OwnedHold} from './print/hold-text.ts';
import {initiator, type Session, withWorker} from './session/connect.ts';
import {refuseSecondWriter} from './session/second-writer.ts';
import {askForWord} from './terminal/ask.ts';
import type {Terminal} from './terminal/terminal.ts';

type Wish = Omit<HoldParameters, 'applications' | 'scope'>;

/** `holdfast hold APPLICATION… | APPLICATION/KIND/NAME[/FIELD]… | --all --for DURATION`. */
export const run: CommandRunner = async (line, terminal) => {
	const targets = readTargets(line);
	const wish = readWish(line, terminal.now());
	const part = targets.find(({type}) => type !== 'application');
	if (wish.includesSync && part) {
		throw usageError(
			`--sync holds whole applications, and ${line.words[targets.indexOf(part)]} is a part of one`,
			'A held object or field is left alone by syncs anyway.',
		);
	}
	await refuseSecondWriter(line, terminal);
	return withWorker(line, terminal, async session => {
		const found = await findTargets(session, targets, terminal);
		if (found.length === 0) {
			terminal.note('nothing to hold: no application is declared');
			return exitCodes.ok;
		}
		if (line.flags.all && !(await approve(session, found, line, terminal))) return exitCodes.differs;
		return hold(session, found, wish, {line, terminal});
	});
};

/** How long, why, and what else; refuses a hold without an end that is not said to be one. */
function readWish({flags}: Line, now: number): Wish {
	const {reason = '', breakGlass = false} = flags;
	const durationMilliseconds = durationOf({for: flags.for, until: flags.until}, now);
	if (durationMilliseconds === null && !breakGlass) {
		throw usageError(
			'a hold needs an end: --for DURATION',
			'It ends by itself, and then everything is as before. Without an end only with --break-glass and --reason.',
		);
	}
	if (durationMilliseconds !== null && breakGlass) throw usageError('--break-glass is for a hold without an end');
	if (breakGlass && reason.trim() === '') throw usageError('--break-glass needs --reason: who finds it must know why');
	return {
		owner: initiator(),
		reason: reason.trim(),
		durationMilliseconds,
		breakGlass,
		includesSync: flags.sync === true,
	};
}

function durationOf(given: {for: number | undefined; until: string | undefined}, now: number): number | null {
	if (given.for !== undefined && given.until !== undefined) throw usageError('--for and --until exclude each other');
	if (given.for === 0) throw usageError('--for 0 holds nothing', 'holdfast resume ends a hold.');
	if (given.for !== undefined) return given.for;
	if (given.until === undefined) return null;
	const until = parseMoment(given.until);
	if (until === null)
		throw usageError(`--until: ${given.until} is no time`, 'Write 2026-11-21T12:00:00Z, or --for 1h.');
	if (until <= now) throw usageError(`--until: ${given.until} is over already`);
	return until - now;
}

function approve(
	{tracker}: Session,
	found: readonly HoldTarget[],
	{flags}: Line,
	terminal: Terminal,
): Promise<boolean> {
	const names = found.flatMap(({applications}) => applications);
	const contexts = [...new Set(tracker.applications(names).map(({context}) => context))].join(', ');
	const question = `Hold all ${names.length} applications on ${contexts}?`;
	return askForWord(
		{question, word: 'yes', isYes: flags.yes === true, refusal: 'nothing was held', hasDryRun: false},
		terminal,
	);
}

async function hold(
	session: Session,
	found: readonly HoldTarget[],
	wish: Wish,
	{line, terminal}: {line: Line; terminal: Terminal},
): Promise<number> {
	const holds: OwnedHold[] = [];
	const problems: {application: string; problem: Problem}[] = [];
	for (const target of found) {
		const answer = await session.client.hold({...wish, ...target});
		holds.push(...answer.holds);
		problems.push(...answer.problems);
	}
	if (line.flags.output === 'json') {
		terminal.print(
			jsonText({
				holds: holds.map(({application, hold: made}) => ({application, ...holdJson(made)})),
				problems: problems.map(({application, problem}) => ({application, ...problem})),
				isHonoured: session.held.type === 'worker',
			}),
		);
	} else {
		const {output: surface} = terminal;
		for (const owned of holds) terminal.print(heldText(owned, {surface, now: terminal.now()}).join('\n'));
		for (const text of problemLines(problems, terminal.notes)) terminal.note(text);
		if (holds.length > 0) {
			terminal.print(holderLine(session));
			terminal.print(
				`To end it before: holdfast resume ${line.flags.all ? '--all' : line.words.map(quote).join(' ')}${session.where}`,
			);
		}
	}
	return problems.length > 0 ? exitCodes.error : exitCodes.ok;
}
