export {Line, type LineProps} from './line.tsx';
