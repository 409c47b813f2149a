export interface ApplyOptions {
	readonly manager: string;
	readonly force: boolean;
	readonly dryRun?: boolean;
	readonly signal?: AbortSignal;
}

export interface JsonPatchOperation {
	readonly op: 'add' | 'remove' | 'replace' | 'test';
	readonly path: string;
	readonly value?: unknown;
}
