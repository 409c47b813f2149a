import type {KustomizeParameters, RenderParameters} from '../../model/application.ts';
import {plainKustomize} from '../../model/plain-kustomize.ts';
import type {Findings} from '../findings.ts';
import {readHelm} from '../helm-fields.ts';
import {checkKustomizeFiles} from '../kustomize-fields.ts';
import {labelsPatch, replicasPatch} from '../kustomize-patches.ts';
import {isOff} from '../schema/support.ts';
import type {Path} from '../yaml/source-document.ts';
import type {ArgoSource} from './source-schema.ts';

interface Place {
	/** The application's folder in the repository. */
	readonly folder: string;
	readonly namespace: string;
	readonly path: Path;
	readonly findings: Findings;
}

const tools = ['directory', 'kustomize', 'helm'] as const;

/** Maps the tool settings of a source. Argo CD takes an empty block for an absent one, and refuses two. */
export function readRender(source: ArgoSource, place: Place): RenderParameters {
	const [tool, second] = tools.filter(name => isSet(source, name));
	const {path, findings} = place;
	if (second) {
		const message = `source has settings for ${tool} and for ${second}; Argo CD accepts only one of them`;
		findings.problem([...path, second], {code: 'InvalidValue', message, part: 'key'});
	}
	if (tool === 'directory') {
		const {recurse = false, include = '', exclude = ''} = source.directory ?? {};
		return {type: 'directory', recurse, include, exclude};
	}
	if (tool === 'kustomize') {
		return readKustomize(source.kustomize ?? {}, {...place, path: [...path, 'kustomize']});
	}
	if (tool === 'helm') {
		const {namespace, ...helm} = source.helm ?? {};
		checkHelmNamespace(namespace, {...place, path: [...path, 'helm', 'namespace']});
		return readHelm(helm, place.folder, [...path, 'helm'], findings);
	}
	return {type: 'auto'};
}

function isSet(source: ArgoSource, tool: (typeof tools)[number]): boolean {
	return Object.values(source[tool] ?? {}).some(value => !isOff(value));
}

function checkHelmNamespace(namespace: string | undefined, {namespace: destination, path, findings}: Place): void {
	if (!namespace || namespace === destination) return;
	const message = 'helm.namespace differs from destination.namespace: a chart is rendered for the destination only';
	findings.problem(path, {code: 'UnsupportedField', message});
}

function readKustomize(fields: NonNullable<ArgoSource['kustomize']>, place: Place): KustomizeParameters {
	const {path, findings, folder} = place;
	checkKustomizeFiles(fields, folder, path, findings);
	const annotations = fields.commonAnnotations ?? {};
	if (fields.commonAnnotationsEnvsubst && Object.values(annotations).some(value => value.includes('$'))) {
		const message = 'commonAnnotationsEnvsubst is not supported: variables in annotations are not replaced';
		findings.problem([...path, 'commonAnnotationsEnvsubst'], {code: 'UnsupportedField', message, part: 'key'});
	}
	const labels = fields.commonLabels ?? {};
	const replicas = (fields.replicas ?? []).map(({name, count}) => replicasPatch(name, Number(count)));
	const metadataOnly = fields.labelWithoutSelector ? labelsPatch(labels) : [];
	return {
		...plainKustomize,
		...(fields.namePrefix && {namePrefix: fields.namePrefix}),
		...(fields.nameSuffix && {nameSuffix: fields.nameSuffix}),
		...(fields.namespace && {namespace: fields.namespace}),
		images: fields.images ?? [],
		commonLabels: fields.labelWithoutSelector ? {} : labels,
		commonAnnotations: annotations,
		patches: [...(fields.patches ?? []), ...replicas, ...metadataOnly],
		components: fields.components ?? [],
	};
}
