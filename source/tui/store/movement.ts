/** How far to go in a list or a text. */
export type Movement =
	| {readonly type: 'move'; readonly by: number}
	| {readonly type: 'page'; readonly by: 1 | -1}
	| {readonly type: 'half-page'; readonly by: 1 | -1}
	| {readonly type: 'first'}
	| {readonly type: 'last'};

/** Index that a movement leads to, before it is kept inside the list. */
export function targetOf(movement: Movement, index: number, length: number, height: number): number {
	switch (movement.type) {
		case 'move':
			return index + movement.by;
		case 'page':
			return index + movement.by * Math.max(1, height - 1);
		case 'half-page':
			return index + movement.by * Math.max(1, Math.floor(height / 2));
		case 'first':
			return 0;
		case 'last':
			return length - 1;
	}
}

export function clamp(value: number, lowest: number, highest: number): number {
	return Math.max(lowest, Math.min(highest, value));
}
