/** How a write is to be done, besides what is written. */
export interface WriteOptions {
	/** As managedFields records it: `fieldManager`, else the beginning of the User-Agent. */
	readonly manager: string;
	readonly isDryRun: boolean;
	readonly fieldValidation: 'Ignore' | 'Warn' | 'Strict';
	/** Warnings for the head of the answer are added here. */
	readonly warnings: string[];
}

export const plainWrite = (manager: string): WriteOptions => ({
	manager,
	isDryRun: false,
	fieldValidation: 'Ignore',
	warnings: [],
});
