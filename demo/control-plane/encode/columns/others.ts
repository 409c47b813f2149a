import type {KubernetesObject} from '../../../../source/model/object.ts';
import {printSelector} from '../../api/scale.ts';
import {ageColumn, at, type Column, listAt, nameColumn, orNone, text} from './column.ts';
import {createdAtColumn} from './core.ts';

function hosts(ingress: KubernetesObject): string {
	const names = listAt(ingress, 'spec', 'rules').map(({host}) => String(host ?? '*'));
	return names.length === 0 ? '*' : names.join(',');
}

export const ingressColumns: readonly Column[] = [
	nameColumn,
	text('Class', 'spec', 'ingressClassName'),
	{name: 'Hosts', cell: hosts},
	{
		name: 'Address',
		cell: object =>
			listAt(object, 'status', 'loadBalancer', 'ingress')
				.map(({ip, hostname}) => ip ?? hostname)
				.join(','),
	},
	{name: 'Ports', cell: object => (listAt(object, 'spec', 'tls').length > 0 ? '80, 443' : '80')},
	ageColumn,
];

export const networkPolicyColumns: readonly Column[] = [
	nameColumn,
	{
		name: 'Pod-Selector',
		cell: object => orNone(printSelector(at(object, 'spec', 'podSelector') as Parameters<typeof printSelector>[0])),
	},
	ageColumn,
];

export const roleColumns: readonly Column[] = [nameColumn, createdAtColumn];

const subjects = (object: KubernetesObject, kind: string): string =>
	listAt(object, 'subjects')
		.filter(subject => subject.kind === kind)
		.map(({namespace, name}) => (kind === 'ServiceAccount' ? `${namespace}/${name}` : String(name)))
		.join(', ');

export const bindingColumns: readonly Column[] = [
	nameColumn,
	{name: 'Role', cell: object => `${at(object, 'roleRef', 'kind')}/${at(object, 'roleRef', 'name')}`},
	ageColumn,
	{name: 'Users', isWide: true, cell: object => subjects(object, 'User')},
	{name: 'Groups', isWide: true, cell: object => subjects(object, 'Group')},
	{name: 'ServiceAccounts', isWide: true, cell: object => subjects(object, 'ServiceAccount')},
];

export const leaseColumns: readonly Column[] = [
	nameColumn,
	{name: 'Holder', cell: object => String(at(object, 'spec', 'holderIdentity') ?? '')},
	ageColumn,
];

function sliceEndpoints(slice: KubernetesObject): string {
	const addresses = listAt(slice, 'endpoints').flatMap(({addresses: own}) => (own as string[] | undefined) ?? []);
	if (addresses.length === 0) return '<unset>';
	return addresses.length > 3
		? `${addresses.slice(0, 3).join(',')} + ${addresses.length - 3} more...`
		: addresses.join(',');
}

export const endpointSliceColumns: readonly Column[] = [
	nameColumn,
	{name: 'AddressType', cell: object => at(object, 'addressType')},
	{
		name: 'Ports',
		cell: object =>
			listAt(object, 'ports')
				.map(({port}) => port)
				.join(',') || '<unset>',
	},
	{name: 'Endpoints', cell: sliceEndpoints},
	ageColumn,
];

export const storageClassColumns: readonly Column[] = [
	nameColumn,
	{name: 'Provisioner', cell: object => at(object, 'provisioner')},
	{name: 'ReclaimPolicy', cell: object => at(object, 'reclaimPolicy') ?? 'Delete'},
	{name: 'VolumeBindingMode', cell: object => at(object, 'volumeBindingMode') ?? 'Immediate'},
	{name: 'AllowVolumeExpansion', cell: object => at(object, 'allowVolumeExpansion') ?? false},
	ageColumn,
];

export const priorityClassColumns: readonly Column[] = [
	nameColumn,
	{name: 'Value', type: 'integer', cell: object => at(object, 'value')},
	{name: 'Global-Default', type: 'boolean', cell: object => at(object, 'globalDefault') ?? false},
	ageColumn,
	{name: 'PreemptionPolicy', cell: object => at(object, 'preemptionPolicy') ?? 'PreemptLowerPriority'},
];

export const definitionColumns: readonly Column[] = [nameColumn, createdAtColumn];
