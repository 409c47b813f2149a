import {describeChord} from '../input/chord.ts';
import type {Place} from '../layout/places.ts';
import type {Span} from '../theme/styles.ts';
import {lineWidth} from '../widgets/fit/line.ts';
import type {CommandContext} from './command.ts';
import {type Command, enabledIn} from './command.ts';

const gap: Span = {text: '  '};

/**
 * The keys that work at a place: what is its own first, then what works everywhere. What cannot be done now is dim; what
 * does not fit is left away, help last.
 */
export function footerLine(context: CommandContext, place: Place, width: number): Span[] {
	const {registry} = context;
	const shown = registry
		.at(place)
		.filter(command => command.short !== undefined && registry.keysOf(command).length > 0);
	const help = shown.filter(command => command.id === 'help').flatMap(command => entry(context, command));
	let left = width - lineWidth(help) - 1;
	const line: Span[] = [{text: ' '}];
	for (const command of shown) {
		if (command.id === 'help') continue;
		const spans = entry(context, command);
		const needed = lineWidth(spans) + gap.text.length;
		if (needed > left) break;
		line.push(...spans, gap);
		left -= needed;
	}
	return [...line, ...help];
}

function entry(context: CommandContext, command: Command): Span[] {
	const isEnabled = enabledIn(command, context) === true;
	const chord = describeChord(context.registry.keysOf(command)[0]!);
	return [
		{text: chord, style: isEnabled ? 'key' : 'keyOff'},
		{text: ` ${command.short}`, style: isEnabled ? 'plain' : 'keyOff'},
	];
}
