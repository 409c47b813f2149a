import {HoldfastError} from '../model/errors.ts';
import {type ParametersOf, type RequestName, requestTypes} from './requests.ts';

type FieldType = 'text' | 'number' | 'boolean' | 'texts' | 'number-or-null' | 'scope' | 'object';
type Field = FieldType | `${FieldType}?`;
type Shapes = {readonly [Name in RequestName]: {readonly [Key in keyof Required<ParametersOf<Name>>]: Field}};

/** What each request takes; a question mark: may be absent. */
const shapes: Shapes = {
	attach: {protocolVersion: 'number', client: 'text', subscribe: 'boolean'},
	snapshot: {applications: 'texts'},
	sync: {
		application: 'text',
		initiatedBy: 'text',
		dryRun: 'boolean',
		expectedRevision: 'text?',
		prune: 'boolean?',
		confirmDeletions: 'text?',
		only: 'texts?',
		overrideHold: 'boolean?',
		ignoreWindows: 'boolean?',
		waitForHealth: 'boolean?',
	},
	endSync: {application: 'text', initiatedBy: 'text'},
	hold: {
		applications: 'texts',
		scope: 'scope',
		owner: 'text',
		reason: 'text',
		durationMilliseconds: 'number-or-null',
		breakGlass: 'boolean',
		includesSync: 'boolean',
	},
	resume: {applications: 'texts', holds: 'texts', scope: 'scope?', by: 'text'},
	log: {application: 'text', limit: 'number'},
	commit: {application: 'text', commit: 'text'},
	revert: {
		application: 'text',
		commits: 'text',
		mainline: 'number?',
		reason: 'text',
		branch: 'text?',
		initiatedBy: 'text',
		dryRun: 'boolean',
		token: 'text?',
	},
	adopt: {
		application: 'text',
		object: 'object',
		paths: 'texts',
		branch: 'text?',
		initiatedBy: 'text',
		dryRun: 'boolean',
		token: 'text?',
	},
	diff: {application: 'text'},
	refresh: {applications: 'texts', hard: 'boolean'},
	resources: {application: 'text'},
	tree: {application: 'text'},
	object: {application: 'text', object: 'object'},
	events: {application: 'text'},
	workerLog: {application: 'text', limit: 'number'},
	history: {application: 'text?', types: 'texts?', since: 'number?', until: 'number?', limit: 'number?'},
	settled: {applications: 'texts'},
	shutdown: {},
};

const checks: Readonly<Record<FieldType, (value: unknown) => boolean>> = {
	text: value => typeof value === 'string',
	number: value => Number.isFinite(value),
	boolean: value => typeof value === 'boolean',
	texts: value => Array.isArray(value) && value.every(item => typeof item === 'string'),
	'number-or-null': value => value === null || Number.isFinite(value),
	scope: isScope,
	object: isHeldObject,
};

function isHeldObject(value: unknown): boolean {
	const {group, kind, namespace, name} = (value ?? {}) as Partial<Record<string, unknown>>;
	const isTextOrAbsent = (part: unknown): boolean => part === undefined || typeof part === 'string';
	return typeof kind === 'string' && typeof name === 'string' && isTextOrAbsent(group) && isTextOrAbsent(namespace);
}

function isScope(value: unknown): boolean {
	const {type, path} = (value ?? {}) as Partial<Record<string, unknown>>;
	if (type === 'application') return true;
	return isHeldObject(value) && (type === 'object' || (type === 'field' && typeof path === 'string'));
}

/**
 * What came over the socket, as the parameters of this request; fields that it does not know are left out.
 *
 * @throws HoldfastError InvalidRequest naming the field that is missing or of another type.
 */
export function checkParameters<Name extends RequestName>(name: Name, value: unknown): ParametersOf<Name> {
	const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
	const checked: Record<string, unknown> = {};
	for (const [key, field] of Object.entries<Field>(shapes[name])) {
		const isOptional = field.endsWith('?');
		const type = field.replace('?', '') as FieldType;
		if (isOptional && (given[key] === undefined || given[key] === null)) continue;
		if (!checks[type](given[key])) {
			throw new HoldfastError({
				code: 'InvalidRequest',
				message: `The request ${requestTypes[name].method} needs ${key} as ${type}`,
				hint: 'Client and worker may be of different versions; restart the worker with this version',
			});
		}
		checked[key] = given[key];
	}
	return checked as ParametersOf<Name>;
}
