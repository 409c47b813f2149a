/** Control sequences that we send (xterm's ctlseqs). Everything that is switched on here is switched off on the way out. */
export const sequences = {
	/** DEC 1049: a screen of our own; what the shell printed stays untouched. */
	enterAlternateScreen: '\u001b[?1049h',
	leaveAlternateScreen: '\u001b[?1049l',
	hideCursor: '\u001b[?25l',
	showCursor: '\u001b[?25h',
	/** DEC 2004: a paste comes in brackets, so that it is never taken for keys. */
	enablePaste: '\u001b[?2004h',
	disablePaste: '\u001b[?2004l',
	/** DECCKM off: arrows come as CSI, whatever ran before us. */
	normalCursorKeys: '\u001b[?1l',
	home: '\u001b[H',
	/** Not `2J`: some terminals push what it clears into the scrollback. */
	eraseDown: '\u001b[J',
	resetStyle: '\u001b[0m',
	/** DEC 2026 off: a terminal that was left in the middle of a frame would show nothing more. */
	endSynchronized: '\u001b[?2026l',
} as const;

export const enterSequence = [
	sequences.enterAlternateScreen,
	sequences.hideCursor,
	sequences.enablePaste,
	sequences.normalCursorKeys,
	sequences.home,
	sequences.eraseDown,
].join('');

export const leaveSequence = [
	sequences.endSynchronized,
	sequences.resetStyle,
	sequences.disablePaste,
	sequences.leaveAlternateScreen,
	sequences.showCursor,
].join('');

export const wipeSequence = `${sequences.resetStyle}${sequences.home}${sequences.eraseDown}`;
