import {execa} from 'execa';
import {connectCluster} from '../cluster/connect.ts';
import {inlineApplication, loadConfiguration} from '../config/load.ts';
import {openRepository} from '../git/repository.ts';
import type {Application} from '../model/application.ts';
import {formatProblem, toProblem} from '../model/errors.ts';
import type {Cluster} from '../model/ports/cluster/cluster.ts';
import {safeText} from '../model/text.ts';
import type {WorkerOptions} from '../protocol/worker-options.ts';

export interface DoctorCheck {
	readonly name: string;
	readonly status: 'ok' | 'warning' | 'failed';
	readonly message: string;
	readonly hint?: string;
}

const clockToleranceMilliseconds = 5_000;

/** What holdfast writes with: without these a sync fails halfway. */
const neededRights: readonly {verb: string; group: string; resource: string}[] = [
	{verb: 'get', group: '', resource: 'configmaps'},
	{verb: 'create', group: '', resource: 'configmaps'},
	{verb: 'update', group: '', resource: 'configmaps'},
	{verb: 'patch', group: 'apps', resource: 'deployments'},
	{verb: 'create', group: 'apps', resource: 'deployments'},
	{verb: 'watch', group: 'apps', resource: 'deployments'},
	{verb: 'delete', group: 'apps', resource: 'deployments'},
	{verb: 'watch', group: '', resource: 'secrets'},
];

/** Looks at everything holdfast needs, one check after the other; a failed check never hides the next. */
export async function runDoctor(
	options: Pick<WorkerOptions, 'configuration' | 'kubeconfig' | 'context' | 'cacheDirectory'>,
): Promise<DoctorCheck[]> {
	const checks: DoctorCheck[] = [];
	checks.push(checkNode());
	checks.push(await checkProgram('git', ['--version'], true));
	checks.push(await checkProgram('kustomize', ['version'], false));
	checks.push(await checkProgram('helm', ['version', '--short'], false));
	const applications = await checkConfiguration(options, checks);
	checks.push(...(await checkRepositories(applications, options.cacheDirectory)));
	checks.push(...(await checkCluster(options, applications)));
	return checks;
}

function checkNode(): DoctorCheck {
	return {name: 'node', status: 'ok', message: `Node.js ${process.version}`};
}

async function checkProgram(name: string, commandArguments: string[], isNeeded: boolean): Promise<DoctorCheck> {
	try {
		const {stdout} = await execa(name, commandArguments, {timeout: 10_000});
		return {name, status: 'ok', message: safeText(stdout.split('\n')[0] ?? '')};
	} catch {
		return {
			name,
			status: isNeeded ? 'failed' : 'warning',
			message: `${name} was not found`,
			hint: isNeeded ? `install ${name}` : `needed only for applications that ${name} renders`,
		};
	}
}

async function checkConfiguration(
	options: Pick<WorkerOptions, 'configuration'>,
	checks: DoctorCheck[],
): Promise<Application[]> {
	const {configuration} = options;
	if (configuration.type === 'inline') return [inlineApplication(configuration)];
	try {
		const {applications, problems} = await loadConfiguration(configuration.paths);
		checks.push({
			name: 'configuration',
			status: problems.length > 0 ? 'failed' : 'ok',
			message: `${applications.length} ${applications.length === 1 ? 'application' : 'applications'} in ${configuration.paths.join(', ')}`,
		});
		for (const problem of problems)
			checks.push({name: 'configuration', status: 'failed', message: formatProblem(problem)});
		for (const notice of applications.flatMap(application => application.notices)) {
			checks.push({name: 'configuration', status: 'warning', message: formatProblem(notice)});
		}
		return applications;
	} catch (error) {
		checks.push(failed('configuration', error));
		return [];
	}
}

async function checkRepositories(applications: readonly Application[], cacheDirectory: string): Promise<DoctorCheck[]> {
	const sources = new Map(applications.map(({source}) => [`${source.repoURL} ${source.target.value}`, source]));
	return Promise.all(
		[...sources.values()].map(async source => {
			try {
				const repository = await openRepository({url: source.repoURL, cacheDirectory});
				try {
					const {commit} = await repository.pull(source.target);
					return {
						name: 'repository',
						status: 'ok',
						message: `${repository.url} ${source.target.value} is at ${commit.slice(0, 7)}`,
					} as const;
				} finally {
					await repository.close();
				}
			} catch (error) {
				return failed('repository', error);
			}
		}),
	);
}

async function checkCluster(
	options: Pick<WorkerOptions, 'kubeconfig' | 'context'>,
	applications: readonly Application[],
): Promise<DoctorCheck[]> {
	let cluster: Cluster;
	try {
		cluster = await connectCluster({
			...(options.kubeconfig ? {kubeconfig: options.kubeconfig} : {}),
			...(options.context ? {context: options.context} : {}),
			userAgent: 'holdfast-doctor',
		});
	} catch (error) {
		return [failed('kubeconfig', error)];
	}
	const checks: DoctorCheck[] = [
		{
			name: 'kubeconfig',
			status: 'ok',
			message: `context ${safeText(cluster.context)}, server ${safeText(cluster.server)}`,
		},
	];
	try {
		const startedAt = performance.now();
		const {version} = await cluster.identity();
		const latency = Math.round(performance.now() - startedAt);
		checks.push({name: 'cluster', status: 'ok', message: `Kubernetes ${version} answers in ${latency} ms`});
		checks.push(await checkClock(cluster));
		checks.push(...(await checkRights(cluster, applications)));
		const stale = cluster.staleGroups();
		if (stale.length > 0) {
			checks.push({
				name: 'discovery',
				status: 'warning',
				message: `these API groups do not answer: ${stale.join(', ')}`,
				hint: 'kubectl get apiservices',
			});
		}
	} catch (error) {
		checks.push(failed('cluster', error));
	} finally {
		await cluster.close();
	}
	return checks;
}

/** Drift windows compare the cluster's times with ours. */
async function checkClock(cluster: Cluster): Promise<DoctorCheck> {
	const skew = await cluster.clockSkew();
	const seconds = (Math.abs(skew) / 1000).toFixed(1);
	return Math.abs(skew) <= clockToleranceMilliseconds
		? {name: 'clock', status: 'ok', message: `within ${seconds} s of the API server's`}
		: {
				name: 'clock',
				status: 'warning',
				message: `this machine's clock is ${seconds} s ${skew > 0 ? 'ahead of' : 'behind'} the API server's`,
				hint: 'times of drift will be off by as much; set the clock by NTP',
			};
}

async function checkRights(cluster: Cluster, applications: readonly Application[]): Promise<DoctorCheck[]> {
	const namespaces = [...new Set(applications.map(application => application.destination.namespace))].slice(0, 20);
	return Promise.all(
		(namespaces.length > 0 ? namespaces : ['default']).map(async namespace => {
			const answers = await Promise.all(
				neededRights.map(async right => ({right, isAllowed: await cluster.mayI(right.verb, right, namespace)})),
			);
			const missing = answers.filter(answer => !answer.isAllowed).map(({right}) => `${right.verb} ${right.resource}`);
			return missing.length === 0
				? ({name: 'rights', status: 'ok', message: `may read and write in namespace ${namespace}`} as const)
				: ({
						name: 'rights',
						status: 'warning',
						message: `in namespace ${namespace} you may not ${missing.join(', ')}`,
						hint: 'objects of these kinds cannot be held',
					} as const);
		}),
	);
}

function failed(name: string, error: unknown): DoctorCheck {
	const problem = toProblem(error);
	return {
		name,
		status: 'failed',
		message: formatProblem({...problem, hint: undefined} as typeof problem),
		...(problem.hint ? {hint: problem.hint} : {}),
	};
}
