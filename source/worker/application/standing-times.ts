import type {ApplicationStatus} from '../../model/status.ts';

/** Remembers since when an application is seen as it is: "since when" is the second question of every incident. */
export class StandingTimes {
	#sync: ApplicationStatus['syncStatus'] | undefined;
	#health: ApplicationStatus['health']['status'] | undefined;
	#syncSince = 0;
	#healthSince = 0;

	/** The status with its times; `now` is epoch milliseconds. */
	note(status: ApplicationStatus, now: number): ApplicationStatus {
		if (status.syncStatus !== this.#sync) {
			this.#sync = status.syncStatus;
			this.#syncSince = now;
		}
		if (status.health.status !== this.#health) {
			this.#health = status.health.status;
			this.#healthSince = now;
		}
		return {...status, syncSince: this.#syncSince, healthSince: this.#healthSince};
	}
}
