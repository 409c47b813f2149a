import {expect, test} from 'vitest';
import {createChangeBatch} from '../../source/protocol/change-batch.ts';
import type {Changes} from '../../source/protocol/messages/state.ts';
import {applicationStatus, workerStatus} from './stand-ins.ts';

const shop = applicationStatus('shop');
const shopSynced = applicationStatus('shop', {syncStatus: 'Synced'});
const blog = applicationStatus('blog');
const changes = (fields: Partial<Changes>): Changes => ({applications: [], removed: [], ...fields});

test.each<[string, Changes[], Changes | undefined]>([
	['nothing', [], undefined],
	['nothing in a change', [changes({})], undefined],
	[
		'the last status of an application wins',
		[changes({applications: [shop, blog]}), changes({applications: [shopSynced]})],
		changes({applications: [shopSynced, blog]}),
	],
	[
		'a removed application has no status',
		[changes({applications: [shop]}), changes({removed: ['shop']})],
		changes({removed: ['shop']}),
	],
	[
		'one that came back is not removed',
		[changes({removed: ['shop']}), changes({applications: [shop]})],
		changes({applications: [shop]}),
	],
	[
		'a removal is said once',
		[changes({removed: ['shop']}), changes({removed: ['shop', 'blog']})],
		changes({removed: ['shop', 'blog']}),
	],
	[
		'the last worker wins',
		[changes({worker: workerStatus}), changes({worker: {...workerStatus, pid: 2}}), changes({})],
		changes({worker: {...workerStatus, pid: 2}}),
	],
])('%s', (_name, given, expected) => {
	const batch = createChangeBatch();
	for (const each of given) batch.add(each);
	expect(batch.take()).toEqual(expected);
	expect(batch.take()).toBeUndefined();
});
