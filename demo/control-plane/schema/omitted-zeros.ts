/**
 * Which scalars the server leaves out when they are zero. OpenAPI does not tell a field that may be absent from one that
 * is merely not written when it is zero, so these are named here.
 */

/** Booleans that are held by value: `false` is the same as absent. */
const plainBooleans = new Set([
	'hostNetwork',
	'hostPID',
	'hostIPC',
	'stdin',
	'stdinOnce',
	'tty',
	'paused',
	'readOnly',
	'publishNotReadyAddresses',
	'deprecated',
	'preserveUnknownFields',
	'nullable',
	'uniqueItems',
	'exclusiveMaximum',
	'exclusiveMinimum',
	'x-kubernetes-embedded-resource',
	'x-kubernetes-int-or-string',
	'unschedulable',
]);

/** Numbers that are held by value: `0` is the same as absent. */
const plainNumbers = new Set([
	'minReadySeconds',
	'nodePort',
	'hostPort',
	'initialDelaySeconds',
	'timeoutSeconds',
	'periodSeconds',
	'successThreshold',
	'failureThreshold',
	'observedGeneration',
	'healthCheckNodePort',
	'generation',
	'count',
]);

/** Texts that are held by reference: an empty one stays. */
const referencedTexts = new Set(['storageClassName', 'ingressClassName', 'volumeMode', 'appProtocol', 'hostname']);

/** Whether a scalar is left out of a structure of this definition. */
export function isOmittedZero(definition: string, name: string, value: unknown): boolean {
	switch (value) {
		case '':
			return !referencedTexts.has(name);
		case false:
			return plainBooleans.has(name);
		case 0:
			return plainNumbers.has(name) || definition.endsWith('Status');
		default:
			return false;
	}
}

/** Fields that are written as null when they are absent although they are not required, and as empty when they are empty. */
const writtenAsNull: ReadonlySet<string> = new Set([
	'io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerStatus.currentMetrics',
	'io.k8s.api.core.v1.Event.eventTime',
	'io.k8s.api.events.v1.Event.deprecatedFirstTimestamp',
	'io.k8s.api.events.v1.Event.deprecatedLastTimestamp',
	'io.k8s.api.rbac.v1.ClusterRole.rules',
	'io.k8s.api.rbac.v1.Role.rules',
]);

export function isWrittenAsNull(definition: string, name: string): boolean {
	return writtenAsNull.has(`${definition}.${name}`);
}
