/** Whether a registry would have this image: a tag with the letter O among its digits is a typing error. */
export function canBePulled(image: string): boolean {
	const tag = image.slice(image.lastIndexOf(':') + 1);
	return !/^missing\./.test(image) && !/(^|[.\d])O([.\d]|$)/.test(tag);
}

/** Milliseconds before the next try, as a kubelet backs off: 1 s here where it would be 10, doubled up to 20 s. */
export function pullPause(tries: number): number {
	return Math.min(20_000, 1_000 * 2 ** tries);
}
