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
