import {formatAge} from '../../model/ages.ts';
import {parseDuration} from '../../model/durations.ts';
import {safeText} from '../../model/text.ts';
import {sentenceLines} from '../dialogs/content/rows.ts';
import {defaultArmingMilliseconds, longestArmingMilliseconds, productionAmong} from './access.ts';
import type {ActPorts} from './ports.ts';

/** `:write 15m`: lets this screen write for a while; `:write 0` takes it back. Nothing is sent. */
export async function write(ports: ActPorts, text: string | undefined): Promise<void> {
	const {arming, world, now, toast} = ports;
	const duration = text === undefined ? defaultArmingMilliseconds : parseDuration(text);
	if (duration === null || duration > longestArmingMilliseconds) {
		toast(safeText(`:write takes up to 8h, for example 15m; ${text} is no such time`), 'toastBad');
		return;
	}
	if (duration === 0) {
		arming.disarm();
		toast('read-only again');
		return;
	}
	const {worker} = world.getState();
	const contexts = worker?.connections.map(({context}) => context) ?? [];
	const production = productionAmong(contexts, worker);
	if (production.length === 0 && !arming.getState().isReadOnly) {
		toast('nothing here is read-only: no context is marked as production');
		return;
	}
	const names = production.length > 0 ? production.join(' ') : contexts.join(' ');
	const answer = await ports.questions.ask({
		title: safeText(
			`Let this screen write to ${production.length > 0 ? `${names} (PRODUCTION)` : names} for ${formatAge(duration)}`,
		),
		tone: 'danger',
		body: frame =>
			sentenceLines(
				'Every write still asks for its own word. It is read-only again by itself when the time is over, and with :write 0.',
				'plain',
				frame,
			),
		approval: names === '' ? {type: 'button', label: 'Arm'} : {type: 'word', word: names, purpose: 'to arm'},
		more: [],
	});
	if (answer?.type !== 'approved') return;
	const end = ports.ledger.begin({verb: 'write', target: formatAge(duration), where: names});
	arming.arm(now() + duration);
	end({isDone: true, result: `armed for ${formatAge(duration)}`, undo: {type: 'disarm'}});
	toast(`armed for ${formatAge(duration)}`, 'armed');
}
