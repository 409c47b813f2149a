import {at, each, fill, type Structure} from './fill.ts';

/** Defaults of a pod's spec, in a Pod or in a template (kubernetes pkg/apis/core/v1/defaults.go). */
export function defaultPodSpec(spec: Structure): void {
	fill(spec, {
		restartPolicy: 'Always',
		terminationGracePeriodSeconds: 30,
		dnsPolicy: 'ClusterFirst',
		securityContext: {},
		schedulerName: 'default-scheduler',
	});
	// The older name is kept in step.
	const account = spec.serviceAccountName ?? spec.serviceAccount;
	if (account !== undefined) {
		spec.serviceAccountName = account;
		spec.serviceAccount = account;
	}
	for (const list of ['initContainers', 'containers', 'ephemeralContainers']) {
		for (const container of each(spec[list])) defaultContainer(container, spec.hostNetwork === true);
	}
	for (const volume of each(spec.volumes)) defaultVolume(volume);
}

/** Defaults that only a Pod itself gets, not a template. */
export function defaultPod(pod: Structure): void {
	const spec = at(pod, 'spec');
	if (!spec) return;
	for (const list of ['initContainers', 'containers']) {
		for (const container of each(spec[list])) requestLimits(container);
	}
	fill(spec, {enableServiceLinks: true});
	defaultPodSpec(spec);
}

/** What has a limit and no request, requests its limit. */
function requestLimits(container: Structure): void {
	const limits = at(container, 'resources', 'limits');
	const resources = at(container, 'resources');
	if (!limits || !resources) return;
	const requests = at(resources, 'requests') ?? {};
	fill(requests, limits);
	resources.requests = requests;
}

function defaultContainer(container: Structure, isOnHostNetwork: boolean): void {
	fill(container, {
		terminationMessagePath: '/dev/termination-log',
		terminationMessagePolicy: 'File',
		imagePullPolicy: isLatest(String(container.image ?? '')) ? 'Always' : 'IfNotPresent',
	});
	for (const port of each(container.ports)) {
		fill(port, {protocol: 'TCP', ...(isOnHostNetwork ? {hostPort: port.containerPort} : {})});
	}
	for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
		const probe = at(container, name);
		if (!probe) continue;
		fill(probe, {timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3});
		defaultHandler(probe);
	}
	for (const name of ['postStart', 'preStop']) defaultHandler(at(container, 'lifecycle', name));
	for (const variable of each(container.env)) defaultFieldReference(at(variable, 'valueFrom', 'fieldRef'));
}

/** Whether an image without a digest has no tag, or the tag `latest`. */
function isLatest(image: string): boolean {
	if (image.includes('@')) return false;
	const [, tag] = /:([^/]+)$/.exec(image) ?? [];
	return tag === undefined || tag === 'latest';
}

function defaultHandler(handler: Structure | undefined): void {
	const httpGet = at(handler, 'httpGet');
	if (httpGet) fill(httpGet, {path: '/', scheme: 'HTTP'});
	const grpc = at(handler, 'grpc');
	if (grpc) fill(grpc, {service: ''});
}

function defaultFieldReference(reference: Structure | undefined): void {
	if (reference) fill(reference, {apiVersion: 'v1'});
}

/** 0644, written in decimal. */
const defaultMode = 420;

function defaultVolume(volume: Structure): void {
	if (Object.keys(volume).every(name => name === 'name')) volume.emptyDir = {};
	for (const name of ['secret', 'configMap', 'downwardAPI', 'projected']) {
		const source = at(volume, name);
		if (source) fill(source, {defaultMode});
	}
	for (const item of each(at(volume, 'downwardAPI')?.items)) defaultFieldReference(at(item, 'fieldRef'));
	for (const source of each(at(volume, 'projected')?.sources)) {
		const token = at(source, 'serviceAccountToken');
		if (token) fill(token, {expirationSeconds: 3600});
		for (const item of each(at(source, 'downwardAPI')?.items)) defaultFieldReference(at(item, 'fieldRef'));
	}
	const hostPath = at(volume, 'hostPath');
	if (hostPath) fill(hostPath, {type: ''});
	const claim = at(volume, 'ephemeral', 'volumeClaimTemplate', 'spec');
	if (claim) fill(claim, {volumeMode: 'Filesystem'});
}
