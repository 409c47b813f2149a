import type {Application} from '../model/application.ts';
import {stringifyJson} from '../model/json.ts';

/** Whether two declarations say the same, wherever they stand: a comment added above changes nothing. */
export function isSameMeaning(left: Application, right: Application): boolean {
	return meaningOf(left) === meaningOf(right);
}

function meaningOf({declaredAt: _declaredAt, notices: _notices, ...meaning}: Application): string {
	return stringifyJson(meaning);
}
