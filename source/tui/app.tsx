import {useMemo} from 'react';
import {Footer} from './chrome/footer.tsx';
import {Header} from './chrome/header.tsx';
import type {CommandContext} from './commands/command.ts';
import {CommandKeys} from './commands/command-keys.tsx';
import {DialogHost} from './dialogs/dialog-host.tsx';
import {InputContext} from './input/input-context.ts';
import type {InputLayers} from './input/layers.ts';
import {paneTitles} from './layout/places.ts';
import {layOutScreen, type Screen, smallestColumns, smallestRows} from './layout/screen.ts';
import {MonitorContext, useMonitor} from './monitor-context.ts';
import type {PaneComponents, ViewComponents} from './panes/pane.ts';
import {Prompts} from './prompts/prompts.tsx';
import {hasSameFields, useStore} from './store/use-store.ts';
import {type GlyphSetName, glyphSets} from './theme/glyphs.ts';
import {LookContext} from './theme/look-context.ts';
import {themes} from './theme/themes.ts';
import {Box} from './widgets/ink.ts';
import {Line} from './widgets/line/index.ts';

export interface AppProps {
	readonly monitor: CommandContext;
	readonly layers: InputLayers;
	readonly glyphs: GlyphSetName;
	readonly panes: PaneComponents;
	readonly views: ViewComponents;
}

/** The root: exactly as large as the terminal, whatever is in it. */
export function App({monitor, layers, glyphs, panes, views}: AppProps) {
	const theme = useStore(monitor.ui, state => state.theme);
	const look = useMemo(() => ({theme: themes[theme], glyphs: glyphSets[glyphs]}), [theme, glyphs]);
	return (
		<MonitorContext value={monitor}>
			<InputContext value={layers}>
				<LookContext value={look}>
					<Root panes={panes} views={views} monitor={monitor} />
				</LookContext>
			</InputContext>
		</MonitorContext>
	);
}

function Root({monitor, panes, views}: Pick<AppProps, 'monitor' | 'panes' | 'views'>) {
	const input = useStore(
		monitor.ui,
		({columns, rows, focus, companion, isZoomed, views}) => ({
			columns,
			rows,
			focus,
			companion,
			isZoomed,
			hasView: views.length > 0,
		}),
		hasSameFields,
	);
	const screen = layOutScreen(input);
	return (
		<Box width={input.columns} height={input.rows} overflow="hidden">
			<CommandKeys />
			{screen.type === 'too-small' ? <TooSmall {...screen} /> : <Full screen={screen} panes={panes} views={views} />}
		</Box>
	);
}

function TooSmall({columns, rows}: {readonly columns: number; readonly rows: number}) {
	return (
		<Line line={`Too small: ${columns}x${rows}, needs ${smallestColumns}x${smallestRows} (q quits)`} width={columns} />
	);
}

interface FullProps extends Pick<AppProps, 'panes' | 'views'> {
	readonly screen: Extract<Screen, {type: 'screen'}>;
}

function Full({screen, panes, views}: FullProps) {
	return (
		<>
			<Header rectangle={screen.header} />
			<Panes screen={screen} panes={panes} />
			<TopView screen={screen} views={views} />
			<Footer rectangle={screen.footer} />
			<Prompts line={screen.footer} body={screen.body} />
			<DialogHost />
		</>
	);
}

function Panes({screen, panes}: Pick<FullProps, 'screen' | 'panes'>) {
	const {ui} = useMonitor();
	const focus = useStore(ui, state => state.focus);
	return screen.panes.map(placed => {
		const Pane = panes[placed.name];
		return <Pane key={placed.name} {...placed} isFocused={placed.name === focus} />;
	});
}

function TopView({screen, views}: Pick<FullProps, 'screen' | 'views'>) {
	const {ui} = useMonitor();
	const open = useStore(ui, state => state.views);
	const focus = useStore(ui, state => state.focus);
	const view = open.at(-1);
	const View = view && views[view.kind];
	if (!view || !View) return null;
	const breadcrumb = [paneTitles[focus], ...open.map(({title}) => title)];
	return (
		<View key={view.list} view={view} breadcrumb={breadcrumb} rectangle={screen.body} isFramed={screen.isFramed} />
	);
}
