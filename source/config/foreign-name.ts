import {type Findings, quoted} from './findings.ts';
import {checkApplicationName, withoutDots} from './names.ts';
import type {Path} from './yaml/source-document.ts';

/** The application's name for an Argo CD or Flux object; dots, which those allow, become dashes and are reported. */
export function takeName(name: string, path: Path, findings: Findings): string {
	const ours = withoutDots(name);
	if (ours !== name) {
		findings.notice(path, {
			code: 'Renamed',
			message: `${quoted(name)} is called ${quoted(ours)} here: names have no dots`,
		});
	}
	return findings.take(path, checkApplicationName(ours), 'InvalidName') ?? '';
}

/** The name and namespace of a document whose shape is not known yet. */
export function identityOf(value: unknown): {readonly name: string; readonly namespace: string} {
	const {metadata} = value as {metadata?: {name?: unknown; namespace?: unknown}};
	const text = (part: unknown) => (typeof part === 'string' ? part : '');
	return {name: text(metadata?.name), namespace: text(metadata?.namespace)};
}
