import type {Capabilities} from './capabilities.ts';

/** Terminals ignore longer ones (xterm's limit); a clipboard that holds half a diff is worse than none. */
export const maximumCopyBytes = 74_000;

/** GNU screen cuts control strings at 768 bytes; its pass-through is sent in pieces. */
const screenPieceLength = 700;

/**
 * The OSC 52 sequence that puts a text on the clipboard of the terminal a person sits at, through SSH and through tmux or
 * screen; null when the text is too long. tmux needs `set-clipboard on`, or `allow-passthrough on` for the wrapped form.
 */
export function copySequence(text: string, multiplexer: Capabilities['multiplexer']): string | null {
	const data = Buffer.from(text, 'utf8').toString('base64');
	if (data.length > maximumCopyBytes) return null;
	const sequence = `\u001b]52;c;${data}\u0007`;
	switch (multiplexer) {
		case 'none':
			return sequence;
		case 'tmux':
			// tmux takes the plain form when set-clipboard is on, the wrapped one when passthrough is: send both.
			return `${sequence}\u001bPtmux;${sequence.replaceAll('\u001b', '\u001b\u001b')}\u001b\\`;
		case 'screen':
			return pieces(sequence, screenPieceLength)
				.map(piece => `\u001bP${piece}\u001b\\`)
				.join('');
	}
}

function pieces(text: string, length: number): string[] {
	return Array.from({length: Math.ceil(text.length / length)}, (_, index) =>
		text.slice(index * length, (index + 1) * length),
	);
}
