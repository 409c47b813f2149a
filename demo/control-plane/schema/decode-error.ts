/** A value that cannot be read into its structure. The message is the server's. */
export class DecodeError extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'DecodeError';
	}
}
