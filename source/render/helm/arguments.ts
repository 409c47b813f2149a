import type {HelmParameters} from '../../model/application.ts';

export interface TemplateCall {
	readonly releaseName: string;
	/** Absolute path of the chart's folder. */
	readonly chart: string;
	readonly namespace: string;
	readonly kubernetesVersion: string;
	/** `group/version/Kind`. */
	readonly apiVersions: readonly string[];
	/** Absolute paths, the later ones win. */
	readonly valueFiles: readonly string[];
	readonly parameters: HelmParameters;
	/** helm 4, and helm 3 from 3.16 on, can leave values unchecked. */
	readonly isSchemaChecked: boolean;
}

/** Helm's own rule for release names. */
const releaseNamePattern = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const longestReleaseName = 53;

const versionPattern = /^v?[0-9]+\.[0-9]+(?:\.[0-9]+)?(?:[-+][0-9A-Za-z.+-]*)?$/;
const apiVersionPattern = /^[A-Za-z0-9./-]+$/;

export function isReleaseName(name: string): boolean {
	return name.length <= longestReleaseName && releaseNamePattern.test(name);
}

/** The command line of `helm template`. Nothing in it can be taken for an option that it is not. */
export function templateArguments(call: TemplateCall): string[] {
	const {parameters} = call;
	const versions = capabilities(call.apiVersions);
	return [
		'template',
		call.releaseName,
		call.chart,
		...(call.namespace === '' ? [] : ['--namespace', call.namespace]),
		parameters.skipCRDs ? '--skip-crds' : '--include-crds',
		...(parameters.skipTests ? ['--skip-tests'] : []),
		...(call.isSchemaChecked ? [] : ['--skip-schema-validation']),
		...(versionPattern.test(call.kubernetesVersion) ? ['--kube-version', call.kubernetesVersion] : []),
		...(versions.length > 0 ? ['--api-versions', versions.join(',')] : []),
		...call.valueFiles.flatMap(file => ['--values', file]),
		...parameters.parameters.flatMap(({name, value, forceString}) => [
			forceString ? '--set-string' : '--set',
			`${name}=${escapeValue(value)}`,
		]),
	];
}

/** Charts ask for `group/version` as well as for `group/version/Kind`. */
export function capabilities(apiVersions: readonly string[]): string[] {
	const all = new Set<string>();
	for (const written of apiVersions) {
		const entry = written.replace(/^\//, '');
		if (!apiVersionPattern.test(entry)) continue;
		all.add(entry);
		const kindless = entry.slice(0, entry.lastIndexOf('/'));
		if (kindless !== '') all.add(kindless);
	}
	return [...all].sort();
}

/** A comma would begin the next parameter, unless the value is one of helm's lists, `{a,b}`. Argo CD does the same. */
function escapeValue(value: string): string {
	if (value.startsWith('{') && value.endsWith('}')) return value;
	return value.replace(/(?<!\\),/g, '\\,');
}
