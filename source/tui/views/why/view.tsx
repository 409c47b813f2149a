import {useMemo} from 'react';
import {openJump} from '../../commands/open.ts';
import {runCommand} from '../../commands/run-command.ts';
import {describeChord} from '../../input/chord.ts';
import {useKeys} from '../../input/use-keys.ts';
import {useMonitor} from '../../monitor-context.ts';
import type {ViewProps} from '../../panes/pane.ts';
import {selectedIn} from '../../store/ui-state.ts';
import {useLook} from '../../theme/look-context.ts';
import {rowGutter} from '../../widgets/list/index.ts';
import {ListPage} from '../list-page.tsx';
import {viewRoom} from '../view-frame.tsx';
import {whyRows} from './rows.ts';
import {useWhy} from './use-why.ts';

/** Why an application is as it is: each line is a jump, each action a command. */
export function WhyView(props: ViewProps) {
	const monitor = useMonitor();
	const {registry, ui} = monitor;
	const {glyphs} = useLook();
	const {width} = viewRoom(props);
	const {application = '', list} = props.view;
	const answer = useWhy(application);
	const rows = useMemo(() => {
		if (!answer) return [];
		const keyOf = (id: string) => {
			const command = registry.byId(id);
			const [chord] = command ? registry.keysOf(command) : [];
			return chord === undefined ? null : describeChord(chord);
		};
		return whyRows(answer, keyOf, {width: width - rowGutter, now: 0, glyphs});
	}, [answer, registry, width, glyphs]);
	useKeys(
		{
			enter() {
				const selected = selectedIn(ui.getState(), list);
				const target = rows.find(({key}) => key === selected)?.target;
				if (target?.type === 'jump') openJump(monitor, target.jump);
				if (target?.type !== 'command') return;
				const command = registry.byId(target.command);
				if (command) runCommand(monitor, command, []);
				else ui.toast(`Run in another terminal: ${target.command}`);
			},
		},
		{priority: 'pane'},
	);
	return <ListPage {...props} rows={rows} empty={['This application is gone.']} note="enter goes there" />;
}
