import {startControlPlane} from '../cluster/control-plane.ts';
import {benchmarkSyncSpeed} from './sync-speed.ts';

const plane = await startControlPlane({hasControllers: true});
try {
	await benchmarkSyncSpeed(plane);
} finally {
	await plane.stop();
}
