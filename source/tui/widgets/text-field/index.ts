export {editOf} from './editing-keys.ts';
export {textFieldLine} from './text-field-line.ts';
export {reduceTextField, type TextFieldAction, type TextFieldState, textFieldOf, textOf} from './text-field-state.ts';
export {type TextFieldOptions, type TextFieldStore, useTextField, useTextFieldStore} from './use-text-field.ts';
