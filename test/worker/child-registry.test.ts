import {beforeEach, expect, it} from 'vitest';
import type {ChildRecord, ParentRecord} from '../../source/engine/inventory/types.ts';
import type {Application} from '../../source/model/application.ts';
import type {Problem} from '../../source/model/errors.ts';
import type {ApplicationController} from '../../source/worker/application/application-controller.ts';
import type {Origin} from '../../source/worker/application/child-types.ts';
import {Children} from '../../source/worker/child-registry.ts';

const application = (name: string): Application => ({name, syncPolicy: {automated: {}}}) as Application;
const recordOf = (name: string): ChildRecord =>
	({desiredHash: '', cascades: true, application: application(name)}) as ChildRecord;

const parent = (name: string): ParentRecord => ({cluster: 'c', namespace: name, name, declaration: ''});
const by = (name: string): Origin => ({parent: parent(name), proof: 'render', isWithdrawn: false});

let running: Map<string, Application>;
let deleted: string[];
/** Why nothing can be set up; null: it can. */
let failure: Problem | null;
let children: Children;

beforeEach(() => {
	running = new Map();
	deleted = [];
	failure = null;
	const controller = (name: string): ApplicationController | undefined => {
		const held = running.get(name);
		if (!held) return undefined;
		const leave = async (): Promise<null> => {
			deleted.push(name);
			return null;
		};
		return {application: held, isLeaving: false, leave, redeclare() {}} as unknown as ApplicationController;
	};
	children = new Children({
		controller,
		isTaken: name => running.has(name),
		async add(added) {
			if (!failure) running.set(added.name, added);
		},
		async remove(name) {
			running.delete(name);
		},
		failure: () => failure,
		statusOf: () => undefined,
		names: () => [...running.keys()],
	});
});

it('leaves a child to the configuration that declares it by now, whatever becomes of the former parent', async () => {
	await children.declare(by('root'), application('shop'));
	children.release('shop');
	expect(children.parentOf('shop')).toBeNull();
	await expect(children.declare(by('root'), application('shop'))).rejects.toThrow(
		'there is an application shop already',
	);
	expect(await children.withdraw(parent('root'), recordOf('shop'))).toBeNull();
	await children.dropChildrenOf('root');
	expect(deleted).toEqual([]);
	expect([...running.keys()]).toEqual(['shop']);
});

it('lets a child go with what it made, and those that it declared itself', async () => {
	await children.declare(by('root'), application('shop'));
	await children.declare(by('shop'), application('cart'));
	expect(await children.withdraw(parent('root'), recordOf('shop'))).toBeNull();
	expect(deleted).toEqual(['shop']);
	expect([...running.keys()]).toEqual([]);
});

it('sets up what could not be set up once more to leave, as one that does nothing else, and keeps it while that fails', async () => {
	failure = {code: 'Unreachable', message: 'no such context'};
	await children.declare(by('root'), application('shop'));
	expect(await children.withdraw(parent('root'), recordOf('shop'))).toEqual(failure);
	expect(children.originOf('shop')).toMatchObject({proof: 'render', isWithdrawn: true});
	failure = null;
	expect(await children.withdraw(parent('root'), recordOf('shop'))).toBeNull();
	expect(deleted).toEqual(['shop']);
	expect(children.originOf('shop')).toBeNull();
});

it('says who declares what, and who may not', async () => {
	await children.declare(by('root'), application('shop'));
	expect(children.isDeclaredBy('root', 'shop')).toBe(true);
	expect(children.isDeclaredBy('other', 'shop')).toBe(false);
	expect(() => children.refuseTaken('root', 'shop')).not.toThrow();
	expect(() => children.refuseTaken('other', 'shop')).toThrow('declared by root');
	expect(() => children.refuseTaken('shop', 'root')).toThrow('cannot declare what declares it');
});
