import type {AnswerOf, ParametersOf, RequestName} from './requests.ts';

/** Who asks, and whether they still want to know. */
export interface RequestContext {
	/** As the client named itself; safe text. */
	readonly client: string;
	/** Aborts when the client takes the request back or goes away. What was started for it may well go on. */
	readonly signal: AbortSignal;
}

/**
 * What answers each request. An answer that is thrown reaches the client as its Problem; anything else than a
 * HoldfastError is logged too. `attach` is called when the protocol version fits: it only has to give the snapshot.
 */
export type Handlers = {
	readonly [Name in RequestName]: (
		parameters: ParametersOf<Name>,
		context: RequestContext,
	) => AnswerOf<Name> | Promise<AnswerOf<Name>>;
};

/** The part of a logger that the protocol needs; pino's fits. */
export interface ProtocolLog {
	debug(fields: object, message: string): void;
	info(fields: object, message: string): void;
	warn(fields: object, message: string): void;
	error(fields: object, message: string): void;
}
