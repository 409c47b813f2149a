import {useMemo} from 'react';
import {useKeys} from '../input/use-keys.ts';
import {createStore} from '../store/store.ts';
import {useStore} from '../store/use-store.ts';
import type {Span} from '../theme/styles.ts';
import {Line} from '../widgets/line/index.ts';
import {BodyLines, type DialogBody, useBody} from './body.tsx';
import {DialogFrame, useDialogRoom} from './dialog-frame.tsx';
import {dialogLayer} from './dialog-keys.ts';
import type {Dialogs} from './dialogs.ts';

export interface ConfirmOptions {
	/** What would be done to what, where: `Sync checkout to 9f3c1a2 on eu-test, namespace shop`. */
	readonly title: string;
	readonly body: DialogBody;
	/** The verb: `Sync`. */
	readonly confirmLabel: string;
	/** Default: `Leave`. */
	readonly leaveLabel?: string;
	readonly isDangerous?: boolean;
}

/** Asks yes or no. Never yes by itself: leaving is what Enter does until somebody moves to the other button. */
export async function confirm(dialogs: Dialogs, options: ConfirmOptions): Promise<boolean> {
	const answer = await dialogs.open<true>(answerWith => <ConfirmDialog options={options} answer={answerWith} />);
	return answer === true;
}

const turns: ReadonlySet<string> = new Set(['left', 'right', 'tab', 'shift+tab', 'h', 'l']);

interface ConfirmDialogProps {
	readonly options: ConfirmOptions;
	readonly answer: (value: true | null) => void;
}

function ConfirmDialog({options, answer}: ConfirmDialogProps) {
	const {title, body, confirmLabel, leaveLabel = 'Leave', isDangerous = false} = options;
	const room = useDialogRoom();
	const scrolled = useBody(body, {width: room.width - 1, height: room.height - 2});
	// Whether the confirming button has the focus.
	const store = useMemo(() => createStore(false), []);
	const isOnConfirm = useStore(store, value => value);
	useKeys(({chord}) => {
		if (chord === 'escape') answer(null);
		else if (chord === 'enter') answer(store.getState() ? true : null);
		else if (turns.has(chord)) store.setState(value => !value);
		else return scrolled.scroll(chord);
		return true;
	}, dialogLayer);
	return (
		<DialogFrame
			title={title}
			note="tab chooses, enter does it, esc leaves"
			height={scrolled.lines.length + 2}
			isDangerous={isDangerous}
			position={scrolled.position}
		>
			<BodyLines lines={scrolled.lines} width={room.width} />
			<Line line="" width={room.width} />
			<Line line={buttons([leaveLabel, confirmLabel], isOnConfirm ? 1 : 0, isDangerous)} width={room.width} />
		</DialogFrame>
	);
}

/** The focused one in brackets and in reverse: the look is not the only sign. */
function buttons(labels: readonly string[], focused: number, isDangerous: boolean): Span[] {
	return labels.flatMap((label, index): Span[] => {
		const isLast = index === labels.length - 1;
		const style = index === focused ? 'buttonFocused' : isLast && isDangerous ? 'buttonDanger' : 'button';
		return [{text: '  '}, {text: index === focused ? `[ ${label} ]` : `  ${label}  `, style}];
	});
}
