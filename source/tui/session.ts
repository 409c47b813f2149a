import type {ProtocolClient} from '../protocol/client.ts';

/** What the monitor is opened on: a worker, and how careful to be. */
export interface MonitorSession {
	/** Connects to the worker; called again whenever it went away. */
	readonly connect: () => Promise<ProtocolClient>;
	/** Names the worker: the moment somebody last looked is kept for each. */
	readonly socket: string;
	/** Absolute; `holdfast` under XDG_STATE_HOME. */
	readonly stateDirectory: string;
	/** Nothing is written until a person arms it; what is production starts so anyway. */
	readonly isReadOnly: boolean;
	/** `ana@bastion-1`. */
	readonly initiator: string;
}
