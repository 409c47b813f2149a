/** One service of the shop as its team writes it: a Deployment, a Service and the settings that it reads. */
export interface ServiceManifest {
	readonly name: string;
	readonly image: string;
	readonly replicas: number;
	readonly settings: Readonly<Record<string, string>>;
	/** Why the number of replicas is what it is; a comment in the file. */
	readonly remark?: string;
}

/** Plain YAML, with the comments that people leave in such files. */
export function serviceText({name, image, replicas, settings, remark}: ServiceManifest): string {
	return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels: {app.kubernetes.io/name: ${name}, app.kubernetes.io/part-of: shop}
spec:
  replicas: ${replicas}${remark ? ` # ${remark}` : ''}
  progressDeadlineSeconds: 10
  selector:
    matchLabels: {app.kubernetes.io/name: ${name}}
  template:
    metadata:
      labels: {app.kubernetes.io/name: ${name}, app.kubernetes.io/part-of: shop}
    spec:
      containers:
        - name: ${name}
          image: ${image}
          envFrom:
            - configMapRef: {name: ${name}-env}
          ports:
            - containerPort: 8080
          resources:
            requests: {cpu: 50m, memory: 64Mi}
            limits: {memory: 256Mi}
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  labels: {app.kubernetes.io/name: ${name}}
spec:
  selector: {app.kubernetes.io/name: ${name}}
  ports:
    - {name: http, port: 80, targetPort: 8080}
---
${settingsText(name, settings)}`;
}

function settingsText(name: string, settings: Readonly<Record<string, string>>): string {
	const lines = Object.entries(settings).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`);
	return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}-env
data:
${lines.join('\n')}
`;
}
