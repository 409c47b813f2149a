import {useLook} from '../theme/look-context.ts';
import type {Span} from '../theme/styles.ts';
import {Line} from '../widgets/line/index.ts';
import {textFieldLine, textOf, useTextField, useTextFieldStore} from '../widgets/text-field/index.ts';
import {BodyLines, type DialogBody, useBody} from './body.tsx';
import {DialogFrame, useDialogRoom} from './dialog-frame.tsx';
import {dialogLayer} from './dialog-keys.ts';
import type {Dialogs} from './dialogs.ts';

export interface TypedConfirmOptions {
	readonly title: string;
	readonly body: DialogBody;
	/** What has to be typed, letter by letter: the context's name. */
	readonly expected: string;
	/** What happens then: `sync`. */
	readonly verb: string;
}

/** Asks for a name to be typed, where a plain yes is too easily given. */
export async function typedConfirm(dialogs: Dialogs, options: TypedConfirmOptions): Promise<boolean> {
	const answer = await dialogs.open<true>(answerWith => <TypedConfirmDialog options={options} answer={answerWith} />);
	return answer === true;
}

interface TypedConfirmDialogProps {
	readonly options: TypedConfirmOptions;
	readonly answer: (value: true | null) => void;
}

function TypedConfirmDialog({options, answer}: TypedConfirmDialogProps) {
	const {title, body, expected, verb} = options;
	const {glyphs} = useLook();
	const room = useDialogRoom();
	const scrolled = useBody(body, {width: room.width - 1, height: room.height - 2});
	const store = useTextFieldStore();
	const state = useTextField({
		...dialogLayer,
		store,
		onKey({chord}) {
			if (chord === 'escape') answer(null);
			else if (chord === 'enter') {
				if (textOf(store.getState()) === expected) answer(true);
			} else return scrolled.scroll(chord);
			return true;
		},
	});
	const isRight = textOf(state) === expected;
	const question: Span[] = [{text: ' Type '}, {text: expected, style: 'strong'}, {text: ` to ${verb}, esc to leave: `}];
	const used = question.reduce((sum, {text}) => sum + text.length, 0);
	const isWrong = !isRight && !expected.startsWith(textOf(state));
	return (
		<DialogFrame
			title={title}
			note={isRight ? `enter does it: ${verb}` : isWrong ? 'that is not it' : 'esc leaves'}
			height={scrolled.lines.length + 2}
			isDangerous
			position={scrolled.position}
		>
			<BodyLines lines={scrolled.lines} width={room.width} />
			<Line line="" width={room.width} />
			<Line line={[...question, ...textFieldLine(state, Math.max(1, room.width - used), glyphs)]} width={room.width} />
		</DialogFrame>
	);
}
