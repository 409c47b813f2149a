import {at, demand, fill, type Structure} from './fill.ts';

/** kubernetes pkg/apis/core/v1/defaults.go and pkg/apis/storage/v1/defaults.go */

export function defaultClaim(object: Structure): void {
	fill(demand(object, 'spec'), {volumeMode: 'Filesystem'});
	fill(demand(object, 'status'), {phase: 'Pending'});
}

export function defaultVolumeObject(object: Structure): void {
	fill(demand(object, 'spec'), {persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem'});
	const hostPath = at(object, 'spec', 'hostPath');
	if (hostPath) fill(hostPath, {type: ''});
	fill(demand(object, 'status'), {phase: 'Pending'});
}

export function defaultStorageClass(object: Structure): void {
	fill(object, {reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate'});
}
