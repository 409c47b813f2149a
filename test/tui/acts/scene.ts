import {expect} from 'vitest';
import {HoldfastError, type Problem} from '../../../source/model/errors.ts';
import type {ApplicationStatus, WorkerStatus} from '../../../source/model/status.ts';
import {createArming} from '../../../source/tui/acts/arming.ts';
import {createFollowStore} from '../../../source/tui/acts/follow-store.ts';
import {createLedger} from '../../../source/tui/acts/ledger.ts';
import type {ActClient, ActPorts, World} from '../../../source/tui/acts/ports.ts';
import {createTurns} from '../../../source/tui/acts/turns.ts';
import {linesOnly} from '../../../source/tui/dialogs/content/content.ts';
import type {FormValues} from '../../../source/tui/dialogs/form/form.ts';
import {startForm, valuesOf} from '../../../source/tui/dialogs/form/form-state.ts';
import {pressKey, startQuestion} from '../../../source/tui/dialogs/question/question-state.ts';
import type {Question, QuestionAnswer, Questions} from '../../../source/tui/dialogs/questions.ts';
import type {KeyPress} from '../../../source/tui/input/key.ts';
import {createStore, type Store} from '../../../source/tui/store/store.ts';
import {editOf} from '../../../source/tui/widgets/text-field/index.ts';
import {makeApplication, makeWorker, now} from '../../commands/fixtures.ts';
import {frameOf, textOf} from '../frame.ts';

/** What a person does with one dialog after the other. */
export type Step =
	/** Keys into a question: chords, or words that are typed letter by letter. */
	| {readonly keys: readonly string[]}
	| {readonly fill: FormValues | null}
	| {readonly choose: string | null}
	| {readonly show: 'read'}
	/** Leaves while something is waited for; without it waits end as the work does. */
	| {readonly wait: 'leave'};

type FakeRequests = {readonly [Name in keyof ActClient]?: (parameters: never) => unknown};

export interface SceneOptions {
	readonly applications?: readonly ApplicationStatus[];
	readonly worker?: WorkerStatus | null;
	readonly steps?: readonly Step[];
	readonly client?: FakeRequests | null;
	readonly isReadOnly?: boolean;
	/** For a minute. */
	readonly isArmed?: boolean;
}

export interface Scene {
	readonly ports: ActPorts;
	readonly world: Store<World>;
	/** What was sent, in order: without dry runs, which write nothing. */
	readonly sent: {readonly request: string; readonly parameters: Record<string, unknown>}[];
	/** Everything that was asked for, dry runs included. */
	readonly requests: string[];
	/** Titles and bodies of dialogs as they were shown. */
	readonly shown: string[][];
	readonly toasts: string[];
	readonly copied: string[];
	/** Epoch milliseconds; changed by tests. */
	time: number;
	/** All steps were taken. */
	finish(): void;
}

export const production = makeWorker({
	connections: [{...makeWorker().connections[0]!, isProduction: true}],
});

export function createScene(options: SceneOptions = {}): Scene {
	const {applications = [makeApplication()], worker = makeWorker(), client = {}} = options;
	const steps = [...(options.steps ?? [])];
	const world = createStore<World>({worker, applications: new Map(applications.map(each => [each.name, each]))});
	const sent: Scene['sent'] = [];
	const requests: string[] = [];
	const shown: string[][] = [];
	const toasts: string[] = [];
	const copied: string[] = [];
	const request = (name: keyof ActClient) => async (parameters: Record<string, unknown>) => {
		const isDry = parameters.dryRun === true || ['refresh', 'diff'].includes(name);
		requests.push(isDry ? `${name} dry` : name);
		if (!isDry) sent.push({request: name, parameters});
		const answer = client?.[name];
		if (!answer) throw new Error(`nobody expected ${name}`);
		return (answer as (parameters: unknown) => unknown)(parameters);
	};
	const names = ['sync', 'endSync', 'diff', 'hold', 'resume', 'revert', 'adopt', 'refresh'] as const;
	const fake = Object.fromEntries(names.map(name => [name, request(name)])) as unknown as ActClient;
	const next = <Kind extends string>(kind: Kind): Extract<Step, Record<Kind, unknown>> => {
		const step = steps.shift();
		if (!step || !(kind in step)) throw new Error(`a dialog wants ${kind}, the script says ${JSON.stringify(step)}`);
		return step as Extract<Step, Record<Kind, unknown>>;
	};
	const questions: Questions = {
		async ask(question) {
			shown.push([question.title, ...textOf(linesOnly(question.body(frameOf(80))))]);
			return play(question, next('keys').keys);
		},
		async fill(form) {
			const {fill} = next('fill');
			const values = fill && {...valuesOf(startForm(form)), ...fill};
			shown.push([form.title, ...textOf(form.notes(values ?? {}, frameOf(80)))]);
			const problem = values && form.check(values);
			if (problem) shown.push([problem]);
			return problem ? null : values;
		},
		async choose({title, options: offered}) {
			const {choose} = next('choose');
			shown.push([title, ...offered.map(({label}) => label)]);
			if (choose !== null) expect(offered.map(({id}) => id)).toContain(choose);
			return choose;
		},
		async show({title, body}) {
			next('show');
			shown.push([title, ...textOf(linesOnly(body(frameOf(80))))]);
		},
		async wait({work}) {
			const stop = new AbortController();
			const working = work(stop.signal);
			if (!steps[0] || !('wait' in steps[0])) return working;
			steps.shift();
			working.catch(() => {});
			stop.abort();
			return null;
		},
	};
	const scene: Scene = {
		world,
		sent,
		requests,
		shown,
		toasts,
		copied,
		time: now,
		ports: {
			client: () => (client === null ? null : fake),
			world,
			catchUp() {},
			questions,
			toast: text => void toasts.push(text),
			now: () => scene.time,
			who: 'ana@bastion-1',
			ledger: createLedger('ana@bastion-1', () => scene.time),
			arming: createArming(options.isReadOnly ?? false),
			turns: createTurns(),
			follows: createFollowStore(),
			copy: text => copied.push(text) > 0,
		},
		finish: () => expect(steps).toEqual([]),
	};
	if (options.isArmed) scene.ports.arming.arm(now + 60_000);
	return scene;
}

/** Presses keys in a question as a person would, and answers with what it comes to; a question that stays is left. */
function play(question: Question, keys: readonly string[]): QuestionAnswer | null {
	let state = startQuestion(question);
	for (const press of keys.flatMap(pressesOf)) {
		const step = pressKey(state, press, editOf(press), 10);
		if (step.type === 'answer') return step.answer;
		state = step.state;
	}
	return null;
}

const named = new Set(['enter', 'escape', 'tab', 'left', 'right', 'down', 'up', 'home', 'end', 'backspace']);

function pressesOf(text: string): KeyPress[] {
	if (named.has(text) || text.startsWith('ctrl+')) return [{type: 'key', chord: text, text: ''}];
	return [...text].map(letter => ({type: 'key', chord: letter === ' ' ? 'space' : letter, text: letter}));
}

export function refuse(problem: Problem): never {
	throw new HoldfastError(problem);
}
