import {type ApplicationContext, setCondition} from './context.ts';
import {dependencyProblems} from './sync-gates.ts';

/** Statuses change many times a second while a dependency is synced. */
const checkMilliseconds = 300;

/** Looks again at what a waiting sync waits for, as often as that changes, and lets it go on when all is ready. */
export class DependencyWatch {
	readonly #context: ApplicationContext;
	readonly #goOn: () => void;
	#timer: NodeJS.Timeout | undefined;

	/** @param goOn Asks for a pass at once. */
	constructor(context: ApplicationContext, goOn: () => void) {
		this.#context = context;
		this.#goOn = goOn;
	}

	/** Something about an application that this one depends on is different. */
	changed(): void {
		if (this.#timer || this.#context.isStopped || waitsFor(this.#context) === '') return;
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			const before = waitsFor(this.#context);
			const unready = dependencyProblems(this.#context);
			setCondition(this.#context, 'DependencyNotReady', unready);
			if (unready.length === 0) this.#goOn();
			// It may be ahead of us, by a commit that was not pulled here yet.
			else if (waitsFor(this.#context) !== before) this.#context.requestPass();
		}, checkMilliseconds);
		this.#timer.unref();
	}

	stop(): void {
		clearTimeout(this.#timer);
	}
}

/** What is said to be waited for; empty: nothing. */
function waitsFor({state}: ApplicationContext): string {
	const waiting = [...state.conditions.values()].filter(({type}) => type === 'DependencyNotReady');
	return waiting.map(({problem}) => problem.message).join('\n');
}
