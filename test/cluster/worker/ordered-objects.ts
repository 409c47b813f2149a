/** Objects whose order tests are about: Jobs that end as they are told to, Deployments that get ready or never do. */

export interface JobShape {
	readonly hook?: string;
	/** Deletion policies of the hook. */
	readonly policy?: string;
	readonly exitCode?: number;
	readonly image?: string;
	readonly isForced?: boolean;
	/** Milliseconds that its pod runs. */
	readonly runs?: number;
	readonly activeDeadlineSeconds?: number;
}

export function job(name: string, shape: JobShape = {}): string {
	const {hook, policy, exitCode = 0, image = 'alpine:3', isForced, runs = 50, activeDeadlineSeconds} = shape;
	const annotations = {
		...(hook ? {'argocd.argoproj.io/hook': hook} : {}),
		...(policy ? {'argocd.argoproj.io/hook-delete-policy': policy} : {}),
		...(isForced ? {'holdfast.dev/force': 'enabled'} : {}),
	};
	const template = {'fakelet/exit-code': `${exitCode}`, 'fakelet/run-ms': `${runs}`};
	return `
apiVersion: batch/v1
kind: Job
metadata: {name: ${name}, annotations: ${JSON.stringify(annotations)}}
spec:
  backoffLimit: 0
  ${activeDeadlineSeconds ? `activeDeadlineSeconds: ${activeDeadlineSeconds}` : 'completions: 1'}
  template:
    metadata: {annotations: ${JSON.stringify(template)}}
    spec:
      restartPolicy: Never
      containers: [{name: work, image: "${image}"}]
`;
}

export function server(name: string, {isReady, readyAfter = 50}: {isReady: boolean; readyAfter?: number}): string {
	const template = {'fakelet/not-ready': `${!isReady}`, 'fakelet/ready-delay-ms': `${readyAfter}`};
	return `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}, annotations: ${JSON.stringify(template)}}
    spec: {containers: [{name: web, image: nginx}]}
`;
}

export function inWave(wave: number, text: string): string {
	return text.replace(
		/metadata: \{name: ([^},]+)\}/,
		`metadata: {name: $1, annotations: {holdfast.dev/wave: "${wave}"}}`,
	);
}
