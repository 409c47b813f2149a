import {formatTime, shortRevision} from '../../../model/ages.ts';
import {formatManager, formatValue} from '../../../model/change-text.ts';
import type {Confidence, DriftEvent, Evidence, FieldChange} from '../../../model/drift.ts';
import {safeText} from '../../../model/text.ts';
import {actionText} from '../../panes/drift/row.ts';
import type {Frame} from '../../present/frame.ts';
import {formatAge} from '../../store/ages.ts';
import type {LineText} from '../../theme/styles.ts';

const evidenceWords: Readonly<Record<Evidence, string>> = {
	managedFields: 'the object itself records it',
	conflict: 'a conflict named it',
	watch: 'it was watched happening',
	audit: 'the audit log says so',
	event: 'a Kubernetes Event says so',
	none: 'the cluster does not record it',
};

const confidenceWords: Readonly<Record<Confidence, string>> = {
	exact: 'certain',
	likely: 'likely',
	unknown: 'not known',
};

/** One drift whole: what it was held to, then field by field was, now, who, when, and how sure that is. */
export function driftLines(event: DriftEvent, frame: Frame): LineText[] {
	const place = event.namespace ? ` in ${safeText(event.namespace)}` : '';
	return [
		[{text: `${safeText(event.object)}${place}`, style: 'strong'}, ` of ${safeText(event.application)}`],
		`${event.type}, seen ${formatTime(event.time)}, ${formatAge(frame.now - event.time)} ago`,
		event.revision ? `held to ${shortRevision(event.revision)}` : 'the commit it was held to is not known',
		actionLine(event, frame),
		...event.fields.flatMap(field => ['', ...fieldLines(field)]),
		...(event.fields.length === 0 ? ['', 'which fields is not known'] : []),
	];
}

/** What was done, and why, where the words for it do not say that already. */
function actionLine(event: DriftEvent, {glyphs}: Frame): LineText {
	const action = actionText({...event, standing: 'unknown'});
	const reason = event.reason ? safeText(event.reason) : '';
	const isNews = reason !== '' && !action.includes(reason);
	return [{text: action, style: 'strong'}, isNews ? ` ${glyphs.glyph.separator} ${reason}` : ''];
}

function fieldLines(field: FieldChange): LineText[] {
	const by = field.operation ? ` by ${field.operation}` : '';
	const from = formatTime(field.notBefore);
	const to = formatTime(field.notAfter);
	return [
		[{text: field.path === '' ? 'the object itself' : safeText(field.path), style: 'changed'}, ` ${field.class}`],
		['  was  ', {text: formatValue(field.was), style: 'removed'}],
		['  now  ', {text: formatValue(field.now), style: 'added'}],
		[
			'  who  ',
			{text: formatManager(field), style: 'strong'},
			`${by}: ${confidenceWords[field.confidence]}, ${evidenceWords[field.evidence]}`,
		],
		`  when ${from === to ? from : `between ${from} and ${to}`}`,
	];
}
