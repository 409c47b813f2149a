/** A key that was on its way when a dialog opened does not answer it. */
export const deafMilliseconds = 150;

/** The layer of a dialog that a key answers: what it leaves goes nowhere. */
export const dialogLayer = {priority: 'dialog', isModal: true, deafMilliseconds} as const;

/** The layer of a dialog that only tells something. Nothing is decided in it: it hears also what was on its way. */
export const readingLayer = {priority: 'dialog', isModal: true} as const;
