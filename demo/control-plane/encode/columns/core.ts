import type {KubernetesObject} from '../../../../source/model/object.ts';
import {printAge} from '../duration.ts';
import {
	ageColumn,
	at,
	type Column,
	count,
	keyCount,
	listAt,
	nameColumn,
	orNone,
	printLabels,
	text,
	wide,
} from './column.ts';

const statusPhase: Column = {name: 'Status', cell: object => orNone(at(object, 'status', 'phase'))};

function externalAddress(service: KubernetesObject): string {
	const external = (at(service, 'spec', 'externalIPs') as readonly string[] | undefined) ?? [];
	const balanced = listAt(service, 'status', 'loadBalancer', 'ingress').map(({ip, hostname}) => String(ip ?? hostname));
	switch (at(service, 'spec', 'type')) {
		case 'ExternalName':
			return orNone(at(service, 'spec', 'externalName'));
		case 'LoadBalancer':
			return [...balanced, ...external].join(',') || '<pending>';
		default:
			return orNone(external.join(','));
	}
}

function ports(service: KubernetesObject): string {
	const texts = listAt(service, 'spec', 'ports').map(
		({port, nodePort, protocol}) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol ?? 'TCP'}`,
	);
	return orNone(texts.join(','));
}

export const serviceColumns: readonly Column[] = [
	nameColumn,
	text('Type', 'spec', 'type'),
	text('Cluster-IP', 'spec', 'clusterIP'),
	{name: 'External-IP', cell: externalAddress},
	{name: 'Port(s)', cell: ports},
	ageColumn,
	{name: 'Selector', isWide: true, cell: object => printLabels(at(object, 'spec', 'selector'))},
];

export const configMapColumns: readonly Column[] = [nameColumn, keyCount('Data', 'data', 'binaryData'), ageColumn];

export const secretColumns: readonly Column[] = [nameColumn, text('Type', 'type'), keyCount('Data', 'data'), ageColumn];

export const namespaceColumns: readonly Column[] = [nameColumn, statusPhase, ageColumn];

function nodeStatus(node: KubernetesObject): string {
	const isReady = listAt(node, 'status', 'conditions').find(({type}) => type === 'Ready');
	const words = [isReady ? (isReady.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown'];
	if (at(node, 'spec', 'unschedulable')) words.push('SchedulingDisabled');
	return words.join(',');
}

function nodeRoles({metadata}: KubernetesObject): string {
	const prefix = 'node-role.kubernetes.io/';
	const roles = Object.keys(metadata.labels ?? {}).flatMap(key =>
		key.startsWith(prefix) ? [key.slice(prefix.length)] : [],
	);
	return orNone(roles.sort().join(','));
}

const nodeAddress = (node: KubernetesObject, wanted: string): string =>
	orNone(listAt(node, 'status', 'addresses').find(({type}) => type === wanted)?.address);

export const nodeColumns: readonly Column[] = [
	nameColumn,
	{name: 'Status', cell: nodeStatus},
	{name: 'Roles', cell: nodeRoles},
	ageColumn,
	{name: 'Version', cell: node => String(at(node, 'status', 'nodeInfo', 'kubeletVersion') ?? '')},
	{name: 'Internal-IP', isWide: true, cell: node => nodeAddress(node, 'InternalIP')},
	{name: 'External-IP', isWide: true, cell: node => nodeAddress(node, 'ExternalIP')},
	wide(text('OS-Image', 'status', 'nodeInfo', 'osImage')),
	wide(text('Kernel-Version', 'status', 'nodeInfo', 'kernelVersion')),
	wide(text('Container-Runtime', 'status', 'nodeInfo', 'containerRuntimeVersion')),
];

const eventObject = (event: KubernetesObject): unknown => at(event, 'involvedObject') ?? at(event, 'regarding');

function eventAge(event: KubernetesObject, now: number): string {
	const times = [
		at(event, 'series', 'lastObservedTime'),
		at(event, 'lastTimestamp') ?? at(event, 'deprecatedLastTimestamp'),
		at(event, 'eventTime'),
	];
	return printAge(
		times.find(time => typeof time === 'string'),
		now,
	);
}

export const eventColumns: readonly Column[] = [
	{name: 'Last Seen', cell: eventAge},
	{name: 'Type', cell: event => String(at(event, 'type') ?? '')},
	{name: 'Reason', cell: event => String(at(event, 'reason') ?? '')},
	{
		name: 'Object',
		cell: event =>
			`${String(at(eventObject(event), 'kind') ?? '').toLowerCase()}/${at(eventObject(event), 'name') ?? ''}`,
	},
	{name: 'Subobject', isWide: true, cell: event => String(at(eventObject(event), 'fieldPath') ?? '')},
	{
		name: 'Source',
		isWide: true,
		cell: event => String(at(event, 'source', 'component') ?? at(event, 'reportingComponent') ?? ''),
	},
	{name: 'Message', cell: event => String(at(event, 'message') ?? at(event, 'note') ?? '').trim()},
	{
		name: 'First Seen',
		isWide: true,
		cell: (event, now) => printAge(at(event, 'firstTimestamp') ?? at(event, 'deprecatedFirstTimestamp'), now),
	},
	{name: 'Count', isWide: true, cell: event => String(at(event, 'count') ?? at(event, 'deprecatedCount') ?? 1)},
	{...nameColumn, isWide: true},
];

export const serviceAccountColumns: readonly Column[] = [
	nameColumn,
	{name: 'Secrets', type: 'integer', cell: object => listAt(object, 'secrets').length},
	ageColumn,
];

export const claimColumns: readonly Column[] = [
	nameColumn,
	statusPhase,
	{name: 'Volume', cell: object => String(at(object, 'spec', 'volumeName') ?? '')},
	{name: 'Capacity', cell: object => String(at(object, 'status', 'capacity', 'storage') ?? '')},
	{
		name: 'Access Modes',
		cell: object => ((at(object, 'status', 'accessModes') as string[] | undefined) ?? []).map(shortMode).join(','),
	},
	{name: 'StorageClass', cell: object => String(at(object, 'spec', 'storageClassName') ?? '')},
	{name: 'VolumeAttributesClass', cell: object => String(at(object, 'spec', 'volumeAttributesClassName') ?? '<unset>')},
	ageColumn,
	{name: 'VolumeMode', isWide: true, cell: object => String(at(object, 'spec', 'volumeMode') ?? '<unset>')},
];

const shortMode = (mode: string): string =>
	({ReadWriteOnce: 'RWO', ReadOnlyMany: 'ROX', ReadWriteMany: 'RWX', ReadWriteOncePod: 'RWOP'})[mode] ?? mode;

function endpointTexts(endpoints: KubernetesObject): string {
	const texts = listAt(endpoints, 'subsets').flatMap(subset =>
		listAt(subset, 'addresses').flatMap(({ip}) => {
			const numbers = listAt(subset, 'ports').map(({port}) => `${ip}:${port}`);
			return numbers.length > 0 ? numbers : [String(ip)];
		}),
	);
	if (texts.length === 0) return '<none>';
	return texts.length > 3 ? `${texts.slice(0, 3).join(',')} + ${texts.length - 3} more...` : texts.join(',');
}

export const endpointsColumns: readonly Column[] = [nameColumn, {name: 'Endpoints', cell: endpointTexts}, ageColumn];

export const replicationControllerColumns: readonly Column[] = [
	nameColumn,
	count('Desired', 'spec', 'replicas'),
	count('Current', 'status', 'replicas'),
	count('Ready', 'status', 'readyReplicas'),
	ageColumn,
];

export const createdAtColumn: Column = {name: 'Created At', cell: ({metadata}) => metadata.creationTimestamp ?? ''};
