/** What the worker said last. Everything on the screen that is not the reader's own doing comes from here. */
export {initialData as noData, type ScreenData as MonitorData} from '../data/state.ts';
