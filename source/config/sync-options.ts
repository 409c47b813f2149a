import type {SyncPolicy} from '../model/application.ts';
import {type Findings, quoted} from './findings.ts';
import type {Strictness} from './schema/check-shape.ts';
import {suggestion} from './schema/nearest.ts';
import type {Path} from './yaml/source-document.ts';

/** What the sync options of an application change in its policy. */
export interface SyncOptionEffects {
	createNamespace?: boolean;
	prunePropagation?: SyncPolicy['prunePropagation'];
	pruneLast?: boolean;
	/** `Prune=false` and `Prune=confirm`: nothing is deleted without a person's word. */
	prunesOnlyByHand?: boolean;
}

/** `nothing`: holdfast works that way anyway. A text: not supported, and what that means. */
type Meaning = 'nothing' | SyncOptionEffects | {readonly unsupported: string};

const always = 'nothing';
const annotation = 'set it on the objects themselves, as an annotation';

/**
 * Argo CD's sync options on an application (engines.md b.1), each with its values. Values that are not listed are
 * reported; an option's default value means nothing.
 */
const table: Readonly<Record<string, Readonly<Record<string, Meaning>>>> = {
	CreateNamespace: {true: {createNamespace: true}, false: {createNamespace: false}},
	PruneLast: {true: {pruneLast: true}, false: {pruneLast: false}},
	PrunePropagationPolicy: {
		foreground: {prunePropagation: 'foreground'},
		background: {prunePropagation: 'background'},
		orphan: {prunePropagation: 'orphan'},
	},
	ServerSideApply: {true: always, false: {unsupported: 'objects are always applied server-side'}},
	ApplyOutOfSyncOnly: {true: always, false: {unsupported: 'objects that do not differ are never written'}},
	RespectIgnoreDifferences: {
		true: always,
		false: {unsupported: 'ignored fields that another manager owns are never written'},
	},
	Prune: {true: always, false: {prunesOnlyByHand: true}, confirm: {prunesOnlyByHand: true}},
	Delete: {
		true: always,
		false: {unsupported: 'removing an application from the configuration never deletes its objects'},
		confirm: {unsupported: 'removing an application from the configuration never deletes its objects'},
	},
	Validate: {true: always, false: {unsupported: 'the API server always validates'}},
	SkipDryRunOnMissingResource: {
		true: {unsupported: 'an object whose kind is missing never stops the others'},
		false: always,
	},
	Replace: {true: {unsupported: `objects are never replaced; ${annotation}`}, false: always},
	Force: {true: {unsupported: `objects are never deleted and made again; ${annotation}`}, false: always},
	FailOnSharedResource: {true: {unsupported: 'an object of another application is always refused'}, false: always},
	ClientSideApplyMigration: {
		true: always,
		false: {unsupported: "fields that kubectl's client-side apply owned are always taken over"},
	},
};

/** Reads `Key=Value` options; what is unknown or not supported is reported with its line. */
export function readSyncOptions(
	options: readonly string[],
	path: Path,
	findings: Findings,
	strictness: Strictness,
): SyncOptionEffects {
	const effects: SyncOptionEffects = {};
	for (const [index, text] of options.entries()) {
		const place = [...path, index];
		const [name = '', value = ''] = text.split('=', 2).map(part => part.trim());
		const values = Object.hasOwn(table, name) ? table[name] : undefined;
		if (!values) {
			report(findings, place, strictness, `unknown sync option ${quoted(text)}`, suggestion(name, Object.keys(table)));
			continue;
		}
		const meaning = Object.hasOwn(values, value) ? values[value] : undefined;
		if (!meaning) {
			const hint = `${name} takes ${Object.keys(values).join(', ')}`;
			report(findings, place, strictness, `sync option ${quoted(text)} has no such value`, hint);
		} else if (typeof meaning === 'string') {
			// Always so.
		} else if ('unsupported' in meaning) {
			const message = `sync option ${quoted(text)} is not supported: ${meaning.unsupported}`;
			findings.notice(place, {code: 'Unsupported', message});
		} else {
			Object.assign(effects, meaning);
		}
	}
	return effects;
}

function report(findings: Findings, path: Path, strictness: Strictness, message: string, hint?: string): void {
	if (strictness === 'own') findings.problem(path, {code: 'InvalidValue', message, hint});
	else findings.notice(path, {code: 'UnknownField', message: `${message}; it is ignored`, hint});
}
