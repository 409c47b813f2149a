import type {Rectangle} from '../layout/rectangle.ts';
import {useMonitor} from '../monitor-context.ts';
import {useStore} from '../store/use-store.ts';
import {FilterPrompt} from './filter-prompt.tsx';
import {HelpPrompt} from './help-prompt.tsx';
import {PalettePrompt} from './palette-prompt.tsx';

/** Whatever a person is typing into, over everything but dialogs. */
export function Prompts({line, body}: {readonly line: Rectangle; readonly body: Rectangle}) {
	const {ui} = useMonitor();
	const prompt = useStore(ui, state => state.prompt);
	switch (prompt.type) {
		case 'none':
			return null;
		case 'filter':
			return <FilterPrompt list={prompt.list} before={prompt.before} rectangle={line} />;
		case 'palette':
			return <PalettePrompt text={prompt.text} line={line} body={body} />;
		case 'help':
			return <HelpPrompt body={body} />;
	}
}
