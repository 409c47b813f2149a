export {type Tab, tabsLine} from './tabs.ts';
