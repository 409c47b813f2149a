import {setTimeout as sleep} from 'node:timers/promises';
import type {JournalEntry} from '../../source/model/journal.ts';
import type {ProtocolClient} from '../../source/protocol/client.ts';
import type {IncidentStatus} from '../../source/protocol/demo-control.ts';
import {type Step, steps} from './steps.ts';
import type {World} from './world.ts';

const lookMilliseconds = 200;
/** Between steps, so that whoever watches can follow. */
const breathMilliseconds = 4_000;
const stepMilliseconds = 90_000;

export interface IncidentOptions {
	readonly world: World;
	readonly client: ProtocolClient;
	/** Milliseconds between steps; default four seconds. */
	readonly breathMilliseconds?: number;
	readonly tell: (text: string) => void;
}

/** The scripted incident: real writes and real pushes, one after the other, each followed to its end. */
export class Incident {
	readonly #options: IncidentOptions;
	readonly #entries = new Map<string, JournalEntry>();
	readonly #stopListening: () => void;
	#running: Promise<boolean> | undefined;
	#isPaused = false;
	#isEnded = false;
	#current: Step | undefined;
	#done = 0;

	constructor(options: IncidentOptions) {
		this.#options = options;
		this.#stopListening = options.client.onJournal(entry => this.#entries.set(entry.id, entry));
	}

	get status(): IncidentStatus {
		return {
			state: this.#running ? (this.#isPaused ? 'paused' : 'running') : 'idle',
			step: this.#current?.title ?? '',
			done: this.#done,
			total: steps.length,
		};
	}

	/** Begins, or goes on after a pause. Resolves with whether every step came to its end. */
	start(): Promise<boolean> {
		this.#isPaused = false;
		this.#running ??= this.#run().finally(() => {
			this.#running = undefined;
			this.#current = undefined;
		});
		return this.#running;
	}

	pause(): void {
		this.#isPaused = true;
	}

	/** Once more from the beginning, when the one under way is over. */
	async repeat(): Promise<boolean> {
		if (this.#running) await this.#running;
		return this.start();
	}

	end(): void {
		this.#isEnded = true;
		this.#stopListening();
	}

	async #run(): Promise<boolean> {
		const {world, tell, breathMilliseconds: breath = breathMilliseconds} = this.#options;
		const remember = new Map<string, string>();
		this.#done = 0;
		for (const step of steps) {
			while (this.#isPaused && !this.#isEnded) await sleep(lookMilliseconds);
			if (this.#isEnded) return false;
			this.#current = step;
			this.#entries.clear();
			tell(step.title);
			step.act(world, remember);
			if (!(await this.#follow(step, remember))) return false;
			this.#done++;
			await sleep(breath);
		}
		return true;
	}

	async #follow(step: Step, remember: Map<string, string>): Promise<boolean> {
		const {client, tell} = this.#options;
		const deadline = performance.now() + stepMilliseconds;
		for (;;) {
			if (this.#isEnded) return false;
			const {applications} = await client.snapshot({applications: []});
			if (step.isOver({applications, entries: [...this.#entries.values()]}, remember)) return true;
			if (performance.now() > deadline) {
				tell(`it did not come to its end: ${step.title}`);
				return false;
			}
			await sleep(lookMilliseconds);
		}
	}
}
