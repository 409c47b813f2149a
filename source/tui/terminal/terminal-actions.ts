/** What a command may do with the terminal itself. */
export interface TerminalActions {
	/** Puts a text on the clipboard by OSC 52; false when it is too long for one. */
	copy(text: string): boolean;
	/** Draws everything anew: something else wrote on the screen. */
	repaint(): void;
	/** Stops the job, as ctrl-z does. */
	suspend(): void;
	/** Lends the terminal to something else, an editor or a pager, until it is done. */
	lend(use: () => Promise<void>): Promise<void>;
}
