// Crockford's base 32: no I, L, O or U, and in ASCII order, so that ids sort as the numbers they stand for.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const timeCharacters = 10;
const randomCharacters = 16;

/**
 * Makes a source of ids that sort by the time they were made (26 characters, as the ULID specification lays them out:
 * 48 bits of milliseconds, 80 bits of randomness). Ids of one source always grow: within one millisecond and when the
 * clock steps back the random part of the former id is counted up instead.
 *
 * @param now Epoch milliseconds.
 * @param random As Math.random; two processes that write one journal must not share a seed.
 */
export function createIdFactory(now: () => number, random: () => number): () => string {
	let lastTime = -1;
	let digits: number[] = [];
	return () => {
		const time = Math.max(0, Math.floor(now()));
		if (time > lastTime) {
			lastTime = time;
			digits = randomDigits(random);
		} else if (!countUp(digits)) {
			lastTime += 1;
			digits = randomDigits(random);
		}
		return encodeTime(lastTime) + digits.map(digit => alphabet[digit]).join('');
	};
}

function encodeTime(time: number): string {
	let text = '';
	let rest = time;
	for (let index = 0; index < timeCharacters; index++) {
		text = alphabet[rest % 32] + text;
		rest = Math.floor(rest / 32);
	}
	return text;
}

/** Digits of five bits each. */
function randomDigits(random: () => number): number[] {
	return Array.from({length: randomCharacters}, () => Math.floor(random() * 32));
}

/** Adds one in place; false when every digit was at its end. */
function countUp(digits: number[]): boolean {
	for (let index = digits.length - 1; index >= 0; index--) {
		const digit = digits[index] ?? 0;
		if (digit < 31) {
			digits[index] = digit + 1;
			return true;
		}
		digits[index] = 0;
	}
	return false;
}
