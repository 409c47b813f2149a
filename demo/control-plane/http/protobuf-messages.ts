/**
 * The messages that kubectl sends as protobuf: its commands that make objects from flags (`create namespace`, `expose`,
 * `auth can-i`…) speak nothing else. Field numbers are those of Kubernetes' generated.proto files, which never change.
 */
export type FieldKind =
	| 'string'
	| 'bytes'
	| 'integer'
	| 'boolean'
	| 'strings'
	| 'stringMap'
	| 'bytesMap'
	| 'intOrString';

export interface Field {
	readonly name: string;
	readonly kind: FieldKind | {readonly message: Message} | {readonly list: Message};
}

/** By field number. */
export type Message = Readonly<Record<number, Field>>;

const string = (name: string): Field => ({name, kind: 'string'});
const integer = (name: string): Field => ({name, kind: 'integer'});
const boolean = (name: string): Field => ({name, kind: 'boolean'});
const strings = (name: string): Field => ({name, kind: 'strings'});
const stringMap = (name: string): Field => ({name, kind: 'stringMap'});
const one = (name: string, message: Message): Field => ({name, kind: {message}});
const many = (name: string, message: Message): Field => ({name, kind: {list: message}});

const metadata = one('metadata', {
	1: string('name'),
	2: string('generateName'),
	3: string('namespace'),
	5: string('uid'),
	6: string('resourceVersion'),
	11: stringMap('labels'),
	12: stringMap('annotations'),
	14: strings('finalizers'),
});

const selector: Message = {
	1: stringMap('matchLabels'),
	2: many('matchExpressions', {1: string('key'), 2: string('operator'), 3: strings('values')}),
};

const container: Message = {
	1: string('name'),
	2: string('image'),
	3: strings('command'),
	4: strings('args'),
	5: string('workingDir'),
	6: many('ports', {1: string('name'), 2: integer('hostPort'), 3: integer('containerPort'), 4: string('protocol')}),
	7: many('env', {1: string('name'), 2: string('value')}),
};

const podTemplate = one('template', {
	1: metadata,
	2: one('spec', {2: many('containers', container), 3: string('restartPolicy')}),
});

const jobSpec: Message = {
	1: integer('parallelism'),
	2: integer('completions'),
	6: podTemplate,
	7: integer('backoffLimit'),
};

const subjects = many('subjects', {
	1: string('kind'),
	2: string('apiGroup'),
	3: string('name'),
	4: string('namespace'),
});
const binding: Message = {
	1: metadata,
	2: subjects,
	3: one('roleRef', {1: string('apiGroup'), 2: string('kind'), 3: string('name')}),
};
const role: Message = {
	1: metadata,
	2: many('rules', {
		1: strings('verbs'),
		2: strings('apiGroups'),
		3: strings('resources'),
		4: strings('resourceNames'),
		5: strings('nonResourceURLs'),
	}),
};

const service: Message = {
	1: metadata,
	2: one('spec', {
		1: many('ports', {
			1: string('name'),
			2: string('protocol'),
			3: integer('port'),
			4: {name: 'targetPort', kind: 'intOrString'},
			5: integer('nodePort'),
		}),
		2: stringMap('selector'),
		3: string('clusterIP'),
		4: string('type'),
		10: string('externalName'),
	}),
};

const access: Message = {
	1: string('namespace'),
	2: string('verb'),
	3: string('group'),
	4: string('version'),
	5: string('resource'),
	6: string('subresource'),
	7: string('name'),
};

/** By `apiVersion/kind`; another kind is not read. */
export const messages: Readonly<Record<string, Message>> = {
	'v1/Namespace': {1: metadata},
	'v1/ServiceAccount': {1: metadata},
	'v1/ConfigMap': {
		1: metadata,
		2: stringMap('data'),
		3: {name: 'binaryData', kind: 'bytesMap'},
		4: boolean('immutable'),
	},
	'v1/Secret': {
		1: metadata,
		2: {name: 'data', kind: 'bytesMap'},
		3: string('type'),
		4: stringMap('stringData'),
		5: boolean('immutable'),
	},
	'v1/Service': service,
	'v1/Pod': {1: metadata, 2: one('spec', {2: many('containers', container), 3: string('restartPolicy')})},
	'apps/v1/Deployment': {
		1: metadata,
		2: one('spec', {1: integer('replicas'), 2: one('selector', selector), 3: podTemplate}),
	},
	'batch/v1/Job': {1: metadata, 2: one('spec', jobSpec)},
	'batch/v1/CronJob': {
		1: metadata,
		2: one('spec', {1: string('schedule'), 5: one('jobTemplate', {2: one('spec', jobSpec)})}),
	},
	'rbac.authorization.k8s.io/v1/Role': role,
	'rbac.authorization.k8s.io/v1/ClusterRole': role,
	'rbac.authorization.k8s.io/v1/RoleBinding': binding,
	'rbac.authorization.k8s.io/v1/ClusterRoleBinding': binding,
	'authorization.k8s.io/v1/SelfSubjectAccessReview': {
		1: metadata,
		2: one('spec', {
			1: one('resourceAttributes', access),
			2: one('nonResourceAttributes', {1: string('path'), 2: string('verb')}),
		}),
	},
	'authorization.k8s.io/v1/SelfSubjectRulesReview': {1: metadata, 2: one('spec', {1: string('namespace')})},
	'authentication.k8s.io/v1/SelfSubjectReview': {1: metadata},
	'meta.k8s.io/v1/DeleteOptions': {
		1: integer('gracePeriodSeconds'),
		2: one('preconditions', {1: string('uid'), 2: string('resourceVersion')}),
		3: boolean('orphanDependents'),
		4: string('propagationPolicy'),
		5: strings('dryRun'),
	},
};
