export {TextView, type TextViewProps} from './text-view.tsx';
export {type UseTextViewOptions, useTextView} from './use-text-view.ts';
