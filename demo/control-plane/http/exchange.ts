import type {IncomingMessage, ServerResponse} from 'node:http';
import type {User} from '../access/users.ts';

/** One request and its answer, as all parts of the server see it. */
export interface Exchange {
	readonly request: IncomingMessage;
	readonly response: ServerResponse;
	readonly method: string;
	/** Without the query, as it was sent. */
	readonly path: string;
	readonly query: URLSearchParams;
	readonly user: User;
	/** What a creation named its object: the path of a creation does not say it. */
	createdName?: string;
}
