import {protocolVersion} from '../protocol/messages/state.ts';
import type {CommandRunner} from './definition.ts';
import {exitCodes} from './exit-codes.ts';
import {jsonText} from './print/data.ts';
import {version} from './version-number.ts';

/** `holdfast version`: also what this client speaks and what it runs on, for bug reports. */
export const run: CommandRunner = async (line, terminal) => {
	const facts = {
		version,
		protocolVersion,
		node: process.versions.node,
		platform: `${process.platform}-${process.arch}`,
	};
	terminal.print(
		line.flags.output === 'json'
			? jsonText(facts)
			: `holdfast ${version} (protocol ${protocolVersion}, Node ${facts.node}, ${facts.platform})`,
	);
	return exitCodes.ok;
};
