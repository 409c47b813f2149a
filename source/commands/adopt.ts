import {formatValue} from '../model/change-text.ts';
import {safeText} from '../model/text.ts';
import type {AdoptAnswer, AdoptParameters} from '../protocol/messages/adopt.ts';
import type {FieldDiff} from '../protocol/messages/diff.ts';
import {approveChange, changeCode, pushChange} from './change/push.ts';
import type {CommandRunner, Line} from './definition.ts';
import {exitCodes} from './exit-codes.ts';
import {parseTarget, type Target} from './line/target.ts';
import {usageError} from './line/usage-error.ts';
import {previewJson, pushedJson} from './print/change-json.ts';
import {changeText, pushedText} from './print/change-text.ts';
import {jsonText} from './print/data.ts';
import {problemLines} from './print/held-text.ts';
import {initiator, type Session, withWorker} from './session/connect.ts';
import {findObject} from './session/find-object.ts';
import {refuseSecondWriter} from './session/second-writer.ts';
import {settle} from './session/settle.ts';
import {startProgress} from './terminal/progress.ts';
import type {Terminal} from './terminal/terminal.ts';

type ObjectTarget = Exclude<Target, {type: 'application'}>;
type Wish = Omit<AdoptParameters, 'dryRun' | 'token'>;

/** `holdfast adopt APPLICATION/KIND/NAME [--field PATH]`: the live edit as a commit; effect, question, push. */
export const run: CommandRunner = async (line, terminal) => {
	const target = readTarget(line);
	if (!line.flags.dryRun) await refuseSecondWriter(line, terminal);
	return withWorker(line, terminal, async session => {
		await settle(session, [target.application], terminal);
		const wish = await makeWish(session, target, line);
		const progress = startProgress(terminal, 'finding out what it would change');
		const previewed = await session.client.adopt({...wish, dryRun: true}).finally(() => progress.end());
		const {answer, code} = await adopt(session, wish, previewed, {line, terminal});
		if (line.flags.output === 'json') terminal.print(jsonText(adoptJson(wish, answer)));
		return code;
	});
};

function readTarget({words}: Line): ObjectTarget {
	const [word = ''] = words;
	const target = parseTarget(word);
	if (target.type === 'application') {
		throw usageError(`adopt takes one object, and ${word} is an application`, `Write ${word}/Deployment/web.`);
	}
	return target;
}

async function makeWish(session: Session, target: ObjectTarget, {flags, words}: Line): Promise<Wish> {
	const {type: _type, ...found} = await findObject(session, target);
	const {path, ...object} = 'path' in found ? found : {...found, path: undefined};
	if (path !== undefined && flags.field.length > 0) {
		throw usageError(`${words[0]} names a field already; --field names another`, 'Give all of them as --field.');
	}
	return {
		application: target.application,
		object,
		paths: path === undefined ? [...new Set(flags.field)] : [path],
		...(flags.branch !== undefined && {branch: flags.branch}),
		initiatedBy: initiator(),
	};
}

async function adopt(
	session: Session,
	wish: Wish,
	previewed: AdoptAnswer,
	{line, terminal}: {line: Line; terminal: Terminal},
): Promise<{answer: AdoptAnswer; code: number}> {
	const {flags} = line;
	const {application} = wish;
	const isJson = flags.output === 'json';
	const name = `${wish.object.kind}/${wish.object.name}`;
	const show = () => previewText(session, {name, previewed}, {line, terminal});
	if (!isJson) terminal.print(show());
	else if (!flags.dryRun && !flags.yes && !previewed.problem) terminal.note(show());
	if (previewed.problem) {
		for (const text of problemLines([{application, problem: previewed.problem}], terminal.notes)) terminal.note(text);
		return {answer: previewed, code: exitCodes.error};
	}
	if (flags.dryRun) return {answer: previewed, code: exitCodes.ok};
	const about = {preview: previewed.preview, branch: flags.branch, isYes: flags.yes === true};
	if (!(await approveChange({...about, what: `Commit the live ${name}`, word: 'yes'}, terminal))) {
		return {answer: previewed, code: exitCodes.differs};
	}
	const {token} = previewed.preview;
	const answer = await pushChange(session.client.adopt({...wish, dryRun: false, token}), application, terminal);
	const {result, problem} = answer;
	if (problem) for (const text of problemLines([{application, problem}], terminal.notes)) terminal.note(text);
	if (!isJson && result) {
		terminal.print(pushedText(application, answer.preview, result, terminal.output).join('\n'));
		const when = result.type === 'tracked' ? 'its next pull' : 'the first pull after the merge';
		terminal.print(safeText(`  The drift of ${name} is gone with ${when}.`));
	}
	return {answer, code: changeCode(answer)};
}

function previewText(
	session: Session,
	{name, previewed}: {name: string; previewed: AdoptAnswer},
	{line, terminal}: {line: Line; terminal: Terminal},
): string {
	const surface = terminal.output;
	const options = {
		surface,
		where: session.where,
		now: terminal.now(),
		isAhead: true,
		find: (application: string) => session.tracker.applications([application])[0],
		branch: line.flags.branch,
	};
	const fieldLine = ({path, live, desired, manager}: FieldDiff) => {
		const who = manager ? `, set by ${safeText(manager)}` : '';
		return `  ${safeText(path)} ${formatValue(desired)}${surface.glyph('arrow')}${formatValue(live)}${who}`;
	};
	const title = safeText(`Adopt ${name} of ${line.words[0]?.split('/')[0]} into Git`);
	return [
		surface.paint(title, 'strong'),
		...previewed.fields.map(fieldLine),
		...changeText(previewed.preview, options),
	].join('\n');
}

/** `adopt -o json`: documented in the README; keys are added, never renamed or removed. */
function adoptJson({application, object}: Wish, {preview, fields, result, problem}: AdoptAnswer): object {
	return {
		application,
		object: `${object.kind}/${object.name}`,
		outcome: problem ? 'failed' : result ? (result.type === 'tracked' ? 'pushed' : 'offered') : 'planned',
		fields: fields.map(field => ({...field})),
		preview: previewJson(preview),
		result: result ? pushedJson(result) : null,
		problem: problem ? {...problem} : null,
	};
}
