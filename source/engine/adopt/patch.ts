import {apiVersionOf, type ObjectRef} from '../../model/object.ts';
import {setAt} from '../fields/edit.ts';
import {fieldPath, fieldStep} from '../fields/step.ts';
import {editYaml, type YamlAnswer, type YamlEdit} from './edit-yaml.ts';
import {documentText} from './value-text.ts';

/** Name of the patch file for an object, in the application's own folder. */
export function patchFileName({kind, name}: Pick<ObjectRef, 'kind' | 'name'>): string {
	return `holdfast-${kind.toLowerCase()}-${name.replace(/[^a-z0-9.-]/gi, '-')}.yaml`;
}

/** The strategic merge patch that makes these edits, added to what the file holds already (null: there is none). */
export function writePatch(text: string | null, ref: ObjectRef, name: string, edits: readonly YamlEdit[]): YamlAnswer {
	const wanted = edits.map(asPatch);
	if (wanted.some(edit => edit === null)) {
		return {ok: false, reason: 'an element of a list of plain values cannot be taken out by a patch'};
	}
	const patched = wanted as YamlEdit[];
	if (text !== null) return editYaml(text, {type: 'only'}, patched);
	const {kind} = ref;
	const empty: unknown = {apiVersion: apiVersionOf(ref), kind, metadata: {name}};
	const patch = patched.reduce((value, edit) => setAt(value, edit.path, edit.value), empty);
	return {ok: true, text: documentText(patch as Record<string, unknown>)};
}

/** In a patch a field goes by null, and an item of a list by a directive. null: there is no way to say it. */
function asPatch({path, value}: YamlEdit): YamlEdit | null {
	if (value !== undefined) return {path, value};
	const last = path.at(-1);
	if (last?.type === 'field') return {path, value: null};
	if (last?.type !== 'key') return null;
	const match = Object.fromEntries(last.match.map(field => [field.name, field.value]));
	return {path, value: {...match, $patch: 'delete'}};
}

/** The kustomization with the patch in its list; unchanged when it is there already. */
export function namePatch(kustomization: string, file: string, ref: ObjectRef, name: string): YamlAnswer {
	const target = {...(ref.group ? {group: ref.group} : {}), kind: ref.kind, name};
	const known = editYaml(kustomization, {type: 'only'}, [
		{
			path: [fieldStep('patches'), {type: 'key', match: [{name: 'path', value: file}]}, ...fieldPath('path')],
			value: file,
		},
	]);
	if (known.ok && known.text === kustomization) return known;
	const entry = {path: file, target};
	return editYaml(kustomization, {type: 'only'}, [
		{path: [fieldStep('patches'), {type: 'value', value: entry}], value: entry},
	]);
}
