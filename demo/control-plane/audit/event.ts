import {randomUUID} from 'node:crypto';
import type {User} from '../access/users.ts';

/**
 * One request that was answered, as the real server's audit log tells it: `audit.k8s.io/v1`, level Metadata, stage
 * ResponseComplete. Watches are told of when they end.
 */
export interface AuditEvent {
	readonly kind: 'Event';
	readonly apiVersion: 'audit.k8s.io/v1';
	readonly level: 'Metadata';
	readonly stage: 'ResponseComplete';
	readonly auditID: string;
	/** With query. */
	readonly requestURI: string;
	readonly verb: string;
	readonly user: {readonly username: string; readonly groups: readonly string[]};
	readonly userAgent: string;
	/** Absent for paths that name no resource. */
	readonly objectRef?: AuditedObject;
	readonly responseStatus: {readonly code: number};
	/** RFC 3339 with microseconds: they compare as texts. */
	readonly requestReceivedTimestamp: string;
	readonly stageTimestamp: string;
}

export interface AuditedObject {
	readonly resource: string;
	readonly apiGroup?: string;
	readonly apiVersion: string;
	readonly namespace?: string;
	readonly name?: string;
	readonly subresource?: string;
}

/** Where an object is in the API; names that are empty are left out. */
export interface AuditedPlace {
	/** Plural. */
	readonly resource: string;
	readonly group: string;
	readonly version: string;
	readonly namespace?: string | undefined;
	readonly name?: string | undefined;
	readonly subresource?: string | undefined;
}

export function auditedObject({resource, group, version, namespace, name, subresource}: AuditedPlace): AuditedObject {
	return {
		resource,
		...(group ? {apiGroup: group} : {}),
		apiVersion: version,
		...(namespace ? {namespace} : {}),
		...(name ? {name} : {}),
		...(subresource ? {subresource} : {}),
	};
}

export type Audit = (event: AuditEvent) => void;

/** What is known of a request when it has been answered. */
export interface Answered {
	readonly uri: string;
	readonly verb: string;
	readonly user: User;
	readonly userAgent: string;
	readonly object?: AuditedObject;
	readonly code: number;
	readonly received: string;
}

export function auditEvent({uri, verb, user, userAgent, object, code, received}: Answered): AuditEvent {
	return {
		kind: 'Event',
		apiVersion: 'audit.k8s.io/v1',
		level: 'Metadata',
		stage: 'ResponseComplete',
		auditID: randomUUID(),
		requestURI: uri,
		verb,
		user: {username: user.name, groups: user.groups},
		userAgent,
		...(object ? {objectRef: object} : {}),
		responseStatus: {code},
		requestReceivedTimestamp: received,
		stageTimestamp: microTime(),
	};
}

/** Now, RFC 3339 with microseconds; never the same twice in one process, so that what came later says so. */
export function microTime(): string {
	const now = Math.floor((performance.timeOrigin + performance.now()) * 1_000);
	lastMicroseconds = Math.max(now, lastMicroseconds + 1);
	const seconds = new Date(Math.floor(lastMicroseconds / 1_000)).toISOString().slice(0, -5);
	return `${seconds}.${String(lastMicroseconds % 1_000_000).padStart(6, '0')}Z`;
}

let lastMicroseconds = 0;
