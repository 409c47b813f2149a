import type {JournalEntry} from '../../source/model/journal.ts';
import type {ApplicationStatus} from '../../source/model/status.ts';
import {badCommit, reverter} from '../shop/history.ts';
import {scale, setImage, type World} from './world.ts';

/** What is known of the applications and of what happened since a step began. */
export interface Outcome {
	readonly applications: readonly ApplicationStatus[];
	/** Journal entries since the step began, newest version of each. */
	readonly entries: readonly JournalEntry[];
}

/** One thing that somebody does, and what holdfast has to make of it. */
export interface Step {
	readonly title: string;
	/** May be called again and again: each time it does the same. */
	act(world: World, remember: Map<string, string>): void;
	/** Whether it came to its end. */
	isOver(outcome: Outcome, remember: Map<string, string>): boolean;
}

const drifts = ({entries}: Outcome) => entries.flatMap(entry => (entry.type === 'drift' ? [entry.event] : []));
const isCalm = ({applications}: Outcome, name: string): boolean => {
	const status = applications.find(application => application.name === name);
	return status?.syncStatus === 'Synced' && status.health.status === 'Healthy' && status.drift.length === 0;
};
const isHealed = (outcome: Outcome, object: string, manager?: string): boolean =>
	drifts(outcome).some(
		event =>
			event.object === object &&
			event.action === 'healed' &&
			(manager === undefined || event.fields.some(field => field.manager === manager)),
	);

/** An autoscaler that nobody told that Git says otherwise: it wants more again after each time it was put back. */
const fight = [5, 6, 7] as const;

export const steps: readonly Step[] = [
	{
		title: 'Somebody scales checkout by hand',
		act: world => scale(world, 'checkout', 10, 'kubectl'),
		isOver: outcome => isHealed(outcome, 'Deployment/checkout', 'kubectl') && isCalm(outcome, 'checkout'),
	},
	{
		title: 'A pipeline called "ci" sets an image',
		act: world => setImage(world, 'storefront', 'registry.example.com/shop/storefront:4.2.0-rc1', 'ci'),
		isOver: outcome => isHealed(outcome, 'Deployment/storefront', 'ci') && isCalm(outcome, 'storefront'),
	},
	{
		title: 'The settings of payments are deleted',
		act: ({client}) => client.remove('ConfigMap', 'shop', 'payments-env'),
		isOver: outcome => isHealed(outcome, 'ConfigMap/payments-env') && isCalm(outcome, 'payments'),
	},
	...fight.map((replicas, index) => ({
		title: `An autoscaler wants ${replicas} of cart${index === 0 ? '' : ', again'}`,
		act: (world: World) => scale(world, 'cart', replicas, 'kube-controller-manager'),
		isOver: (outcome: Outcome) =>
			isHealed(outcome, 'Deployment/cart', 'kube-controller-manager') && isCalm(outcome, 'cart'),
	})),
	{
		title: 'A commit with a wrong image tag is pushed',
		act: ({repository}, remember) => remember.set('bad', repository.push(badCommit)),
		isOver: ({applications}, remember) => {
			const status = applications.find(({name}) => name === 'checkout');
			return status?.revision === remember.get('bad') && status?.health.status === 'Degraded';
		},
	},
	{
		title: 'The commit is reverted',
		act: ({repository}, remember) => {
			const bad = remember.get('bad');
			if (bad) remember.set('revert', repository.revert(bad, reverter));
		},
		isOver: (outcome, remember) => {
			const status = outcome.applications.find(({name}) => name === 'checkout');
			return status?.syncedRevision === remember.get('revert') && isCalm(outcome, 'checkout');
		},
	},
];
