/**
 * The door to Ink: nothing else of the monitor imports it, so that what we use of it can be seen in one place and another
 * renderer could stand behind it. No input hooks: see input/use-keys.ts.
 */
export {Box, type DOMElement, type Instance, render, Text} from 'ink';
