import type {Standing} from '../../model/standing-record.ts';
import type {ApplicationStatus} from '../../model/status.ts';
import type {ApplicationContext} from './context.ts';

/** Remembers since when an application is seen as it is: "since when" is the second question of every incident. */
export class StandingTimes {
	readonly #context: Pick<ApplicationContext, 'application' | 'services' | 'state'>;
	/** What is told; null before the first look. */
	#standing: Standing | null = null;
	/** Nothing is known before the application was compared: that is no change. */
	#isKnown = false;

	constructor(context: Pick<ApplicationContext, 'application' | 'services' | 'state'>) {
		this.#context = context;
	}

	/** The status with its times; one that is as it was before this worker started has the times of then. */
	note(status: ApplicationStatus): ApplicationStatus {
		const before = this.#standing;
		const next = this.#next(status);
		this.#standing = next;
		const isNews = before?.syncStatus !== next.syncStatus || before.health !== next.health;
		if (this.#isKnown && isNews) this.#keep(next);
		return {...status, syncSince: next.syncSince, healthSince: next.healthSince};
	}

	#next({syncStatus, health: {status: health}}: ApplicationStatus): Standing {
		const {state, services} = this.#context;
		const now = services.clock();
		const isFirst = !this.#isKnown && state.isCompared;
		const former = isFirst ? state.formerStanding : this.#standing;
		this.#isKnown ||= isFirst;
		return {
			syncStatus,
			syncSince: former?.syncStatus === syncStatus ? former.syncSince : now,
			health,
			healthSince: former?.health === health ? former.healthSince : now,
		};
	}

	#keep(standing: Standing): void {
		const {application, services, state} = this.#context;
		services.journal.saveStanding(state.clusterUid, application.name, standing);
	}
}
