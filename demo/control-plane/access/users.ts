/** Somebody who may send requests. */
export interface User {
	readonly name: string;
	readonly token: string;
	readonly groups: readonly string[];
}

/** Whoever sends no token. */
export const anonymous: User = {name: 'system:anonymous', token: '', groups: ['system:unauthenticated']};

/** May do everything, as in a real cluster. */
export const administrators = 'system:masters';
