import {randomUUID} from 'node:crypto';
import {open, readFile, rm, stat, utimes, writeFile} from 'node:fs/promises';
import {hostname} from 'node:os';
import {setTimeout as sleep} from 'node:timers/promises';
import {HoldfastError} from '../model/errors.ts';
import {isAlive} from '../system/process.ts';

const heartbeatMilliseconds = 5_000;
/** A holder on this machine is known by its process; one elsewhere (a shared home folder) only by its heartbeat. */
const silentMilliseconds = 60_000;
const pollMilliseconds = 40;

/** Locks of this process: after a restart in a container another life may have had our host name and process id. */
const ours = new Set<string>();

interface Holder {
	readonly token: string;
	readonly pid: number;
	readonly host: string;
}

/**
 * Runs an action while holding a lock file, which other processes of this machine respect too. A lock whose holder died
 * is taken over. Rejects with the signal's reason, or with GitFailed when the lock was not free in time.
 */
export async function withLock<Result>(
	path: string,
	options: {signal: AbortSignal; waitMilliseconds: number},
	action: () => Promise<Result>,
): Promise<Result> {
	const token = randomUUID();
	ours.add(token);
	try {
		await acquire(path, token, options);
		const heartbeat = setInterval(() => {
			const now = new Date();
			utimes(path, now, now).catch(() => {});
		}, heartbeatMilliseconds);
		heartbeat.unref();
		try {
			return await action();
		} finally {
			clearInterval(heartbeat);
			// Taken over while we were suspended: it is no longer ours to remove.
			if ((await readHolder(path))?.token === token) await rm(path, {force: true});
		}
	} finally {
		ours.delete(token);
	}
}

async function acquire(
	path: string,
	token: string,
	options: {signal: AbortSignal; waitMilliseconds: number},
): Promise<void> {
	const holder: Holder = {token, pid: process.pid, host: hostname()};
	const deadline = Date.now() + options.waitMilliseconds;
	for (;;) {
		options.signal.throwIfAborted();
		if (await create(path, JSON.stringify(holder))) return;
		if (await isStale(path)) {
			await takeAway(path);
			continue;
		}
		if (Date.now() > deadline) {
			const other = await readHolder(path);
			throw new HoldfastError({
				code: 'GitFailed',
				message: `another process${other ? ` (${other.pid} on ${other.host})` : ''} is busy with the mirror for too long`,
				hint: 'Stop it when it hangs; its lock then goes by itself',
			});
		}
		await sleep(pollMilliseconds, undefined, {signal: options.signal});
	}
}

async function create(path: string, content: string): Promise<boolean> {
	try {
		await writeFile(path, content, {flag: 'wx', mode: 0o600});
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

async function readHolder(path: string): Promise<Holder | null> {
	try {
		return JSON.parse(await readFile(path, 'utf8')) as Holder;
	} catch {
		return null;
	}
}

async function isStale(path: string): Promise<boolean> {
	const holder = await readHolder(path);
	const age = await stat(path).then(
		({mtimeMs}) => Date.now() - mtimeMs,
		() => 0,
	);
	// Unreadable: being written just now, or left half-written by a full disk.
	if (!holder || holder.host !== hostname()) return age > silentMilliseconds;
	if (holder.pid === process.pid) return !ours.has(holder.token);
	return !isAlive(holder.pid) || age > 10 * silentMilliseconds;
}

/** Removes a stale lock; a second file makes sure that nobody removes the fresh lock of somebody who was faster. */
async function takeAway(path: string): Promise<void> {
	const guard = `${path}.takeover`;
	try {
		const handle = await open(guard, 'wx', 0o600);
		try {
			if (await isStale(path)) await rm(path, {force: true});
		} finally {
			await handle.close();
			await rm(guard, {force: true});
		}
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		const age = await stat(guard).then(
			({mtimeMs}) => Date.now() - mtimeMs,
			() => 0,
		);
		if (age > silentMilliseconds) await rm(guard, {force: true});
		else await sleep(pollMilliseconds);
	}
}
