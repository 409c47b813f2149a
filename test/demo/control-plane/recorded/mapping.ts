import {Buffer} from 'node:buffer';

const identities: ReadonlySet<string> = new Set(['uid', 'resourceVersion', 'continue']);

/** Which of our values stand for the recorded ones: uids, resourceVersions, continue tokens. Learned from answers. */
export class Mapping {
	readonly #values = new Map<string, string>();

	set(recorded: string, ours: string): void {
		this.#values.set(recorded, ours);
	}

	/** Walks two bodies side by side. */
	learn(recorded: unknown, ours: unknown): void {
		if (typeof recorded !== 'object' || recorded === null || typeof ours !== 'object' || ours === null) return;
		for (const [key, value] of Object.entries(recorded)) {
			const counterpart = (ours as Record<string, unknown>)[key];
			if (identities.has(key) && typeof value === 'string' && typeof counterpart === 'string') {
				this.#values.set(value, counterpart);
			} else this.learn(value, counterpart);
		}
	}

	/** A recorded value as ours. A continue token that was never answered gets its revision changed. */
	translate(value: string): string {
		return this.#values.get(value) ?? this.#translateToken(value) ?? value;
	}

	/** A recorded body as it is to be sent. */
	translateBody(body: unknown): unknown {
		if (Array.isArray(body)) return body.map(item => this.translateBody(item));
		if (typeof body !== 'object' || body === null) return body;
		const isOfVersion = (body as {path?: unknown}).path === '/metadata/resourceVersion';
		return Object.fromEntries(
			Object.entries(body).map(([key, value]) => [
				key,
				(identities.has(key) || (isOfVersion && key === 'value')) && typeof value === 'string'
					? this.translate(value)
					: this.translateBody(value),
			]),
		);
	}

	#translateToken(token: string): string | undefined {
		const parsed = parseToken(token);
		const revision = parsed && this.#values.get(String(parsed.rv));
		if (!parsed || revision === undefined) return undefined;
		return Buffer.from(JSON.stringify({...parsed, rv: Number(revision)})).toString('base64url');
	}
}

/** What a continue token says; null for text that is none. */
export function parseToken(token: string): {v: string; rv: number; start: string} | null {
	try {
		const parsed = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
		return typeof parsed?.rv === 'number' ? parsed : null;
	} catch {
		return null;
	}
}
