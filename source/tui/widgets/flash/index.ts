export {useFlash} from './use-flash.ts';
