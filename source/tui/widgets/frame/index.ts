export {Blank} from './blank.tsx';
export {Frame, type FrameProps} from './frame.tsx';
export {PlainArea, type PlainAreaProps} from './plain-area.tsx';
