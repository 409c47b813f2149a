/** Where something stands on the screen, in columns and rows from the top left corner. */
export interface Rectangle {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
}
