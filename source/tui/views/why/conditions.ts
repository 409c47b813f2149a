import {formatProblem} from '../../../model/errors.ts';
import type {Condition} from '../../../model/status.ts';
import {safeText} from '../../../model/text.ts';
import {formatAge} from '../../store/ages.ts';
import type {Evidence, Finding, FindingCode} from './types.ts';

/** What each lasting fact is called here; null: it is told better by something else, or is no trouble. */
const codes: Readonly<Record<Condition['type'], FindingCode | null>> = {
	ConfigurationNotice: null,
	SourceError: 'SourceError',
	RenderError: 'RenderError',
	ComparisonError: 'ComparisonError',
	// The operation says it with its objects.
	SyncError: null,
	OwnedByOther: 'OwnedByOther',
	GuardViolation: 'GuardViolation',
	DeletionBlocked: 'DeletionBlocked',
	ContestedField: 'Contested',
	ClusterUnreachable: 'ClusterUnreachable',
	Suspended: 'Suspended',
	SyncWindow: 'SyncWindow',
	DependencyNotReady: 'DependencyNotReady',
	RevertInFlight: 'RevertInFlight',
	ChildNotDeclared: 'OtherCondition',
	HooksNotRun: 'OtherCondition',
	Leaving: 'OtherCondition',
	JournalUnavailable: 'OtherCondition',
};

const perKind = 3;

/** The conditions of the application in sentences, with file and line where a file is at fault, and since when. */
export function conditionFindings({application, applications, now}: Evidence): Finding[] {
	const counts = new Map<FindingCode, number>();
	return application.conditions.flatMap(({type, problem, since}) => {
		const code = codes[type];
		if (code === null) return [];
		const count = (counts.get(code) ?? 0) + 1;
		counts.set(code, count);
		if (count > perKind) return [];
		const text = `${safeText(formatProblem({...problem, hint: undefined}))} (since ${formatAge(now - since)})`;
		const dependency =
			code === 'DependencyNotReady' ? blockerOf(problem.message, application.dependsOn, applications) : null;
		return [
			{
				code,
				text,
				jump: dependency ? {type: 'application', name: dependency} : jumpOf(problem.object, application.name),
			},
		];
	});
}

/** `Kind/name` or `Kind/namespace/name`, as problems print their object. */
function jumpOf(object: string | undefined, application: string): Finding['jump'] {
	const parts = object?.split('/') ?? [];
	const [kind = '', second = '', third] = parts;
	if (kind === '' || second === '') return null;
	const found = third === undefined ? {kind, name: second} : {kind, namespace: second, name: third};
	return {type: 'object', application, object: found};
}

/** The one that is named; else the first that is not Synced and Healthy. */
function blockerOf(
	message: string,
	dependsOn: readonly string[],
	applications: Evidence['applications'],
): string | null {
	const named = dependsOn.find(name => new RegExp(`(?<![a-z0-9-])${name}(?![a-z0-9-])`).test(message));
	if (named) return named;
	const isReady = (name: string) => {
		const application = applications.get(name);
		return application?.syncStatus === 'Synced' && application.health.status === 'Healthy';
	};
	return dependsOn.find(name => !isReady(name)) ?? null;
}
