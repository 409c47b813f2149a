/** A key that was on its way when a dialog opened does not answer it. */
export const deafMilliseconds = 150;

/** The layer of every dialog: what it leaves goes nowhere. */
export const dialogLayer = {priority: 'dialog', isModal: true, deafMilliseconds} as const;
