import {type ServiceManifest, serviceText} from './service.ts';

export type Environment = 'production' | 'staging' | 'dev';

const registry = 'registry.example.com/shop';

const services = {
	storefront: {replicas: 3, tag: '4.1.2', settings: {LOG_LEVEL: 'info', THEME: 'autumn'}},
	checkout: {replicas: 3, tag: '2.2.8', settings: {LOG_LEVEL: 'info', CURRENCY: 'EUR', RETRIES: '3'}},
	cart: {replicas: 2, tag: '1.9.0', settings: {LOG_LEVEL: 'info', CACHE: 'memory'}},
	payments: {replicas: 2, tag: '3.0.4', settings: {LOG_LEVEL: 'warn', PROVIDER: 'bank'}},
} as const;

export type ServiceName = keyof typeof services;

/** The file of a service in an environment, as of some change to it. */
export function serviceFile(
	environment: Environment,
	name: ServiceName,
	change: {
		readonly tag?: string;
		readonly replicas?: number;
		readonly logLevel?: string;
		readonly remark?: string;
	} = {},
): Record<string, string> {
	const {replicas, tag, settings} = services[name];
	const manifest: ServiceManifest = {
		name,
		image: `${registry}/${name}:${change.tag ?? tag}`,
		replicas: change.replicas ?? (environment === 'production' ? replicas : 1),
		settings: {...settings, LOG_LEVEL: change.logLevel ?? settings.LOG_LEVEL},
		...(change.remark ? {remark: change.remark} : {}),
	};
	const folder = environment === 'production' ? `production/${name}` : environment;
	return {[`${folder}/${name}.yaml`]: serviceText(manifest)};
}

/** What every team's namespace gets. */
export const platformFiles: Readonly<Record<string, string>> = {
	'platform/limits.yaml': `apiVersion: v1
kind: LimitRange
metadata:
  name: defaults
spec:
  limits:
    - type: Container
      defaultRequest: {cpu: 25m, memory: 32Mi}
      default: {memory: 128Mi}
`,
	'platform/network.yaml': `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: same-namespace-only
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector: {}
`,
	'platform/operator.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: shop-operator
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: shop-operator
rules:
  - apiGroups: [""]
    resources: [configmaps, services]
    verbs: [get, list, watch]
`,
};

export const searchFiles: Readonly<Record<string, string>> = {
	'production/search/search.yaml': `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: search
  annotations: {argocd.argoproj.io/sync-wave: "1"}
spec:
  serviceName: search
  replicas: 2
  selector:
    matchLabels: {app.kubernetes.io/name: search}
  template:
    metadata:
      labels: {app.kubernetes.io/name: search}
    spec:
      containers:
        - name: search
          image: ${registry}/search:7.4.1
---
apiVersion: v1
kind: Service
metadata:
  name: search
spec:
  clusterIP: None
  selector: {app.kubernetes.io/name: search}
  ports:
    - {name: http, port: 9200}
`,
	'production/search/schema.yaml': `# Runs before every sync of search; the index has to exist.
apiVersion: batch/v1
kind: Job
metadata:
  name: search-schema
  annotations:
    argocd.argoproj.io/hook: PreSync
    argocd.argoproj.io/hook-delete-policy: BeforeHookCreation
spec:
  backoffLimit: 1
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: schema
          image: ${registry}/search-schema:7.4.1
`,
};

/** Needs the program kustomize. */
export const catalogFiles: Readonly<Record<string, string>> = {
	'catalog/base/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [catalog.yaml]
`,
	'catalog/base/catalog.yaml': serviceText({
		name: 'catalog',
		image: `${registry}/catalog:5.2.0`,
		replicas: 1,
		settings: {LOG_LEVEL: 'info'},
	}),
	...Object.fromEntries(
		(['production', 'staging', 'dev'] as const).map(environment => [
			`catalog/${environment}/kustomization.yaml`,
			`apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [../base]
replicas:
  - {name: catalog, count: ${environment === 'production' ? 3 : 1}}
`,
		]),
	),
};

/** Needs the program helm. */
export const mailFiles: Readonly<Record<string, string>> = {
	'charts/mail/Chart.yaml': 'apiVersion: v2\nname: mail\nversion: 1.3.0\nappVersion: "1.3"\n',
	'charts/mail/values.yaml': `replicas: 1\nimage: ${registry}/mail\nfrom: shop@example.com\n`,
	'charts/mail/templates/mail.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels: {app.kubernetes.io/name: {{ .Release.Name }}}
  template:
    metadata:
      labels: {app.kubernetes.io/name: {{ .Release.Name }}}
    spec:
      containers:
        - name: mail
          image: "{{ .Values.image }}:{{ .Chart.AppVersion }}"
          env:
            - {name: MAIL_FROM, value: {{ .Values.from | quote }}}
`,
};
