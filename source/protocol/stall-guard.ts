import type {Socket} from 'node:net';

/**
 * Finds the peer that does not read. More than `limitBytes` may wait for a moment, after a burst or a large answer; when
 * they do and do not get less within `graceMilliseconds`, the peer is stalled. Returns a function to be called after each
 * write.
 */
export function createStallGuard(
	socket: Socket,
	options: {readonly limitBytes: number; readonly graceMilliseconds: number; readonly onStall: () => void},
): () => void {
	let timer: NodeJS.Timeout | undefined;
	const isOver = () => !socket.destroyed && socket.writableLength > options.limitBytes;
	const watch = (before: number) => {
		timer = setTimeout(() => {
			timer = undefined;
			if (!isOver()) return;
			if (socket.writableLength >= before) options.onStall();
			else watch(socket.writableLength);
		}, options.graceMilliseconds).unref();
	};
	socket.once('close', () => clearTimeout(timer));
	return () => {
		if (!timer && isOver()) watch(socket.writableLength);
	};
}
