/** A small application with one object of each kind that drift tests touch. */
export const deployment = (options: {name?: string; image?: string; replicas?: number} = {}): string => `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${options.name ?? 'web'}
  labels: {app: web, tier: front}
spec:
  replicas: ${options.replicas ?? 2}
  selector: {matchLabels: {app: ${options.name ?? 'web'}}}
  template:
    metadata: {labels: {app: ${options.name ?? 'web'}}}
    spec:
      containers:
        - name: web
          image: ${options.image ?? 'nginx:1.27'}
          env:
            - {name: MODE, value: calm}
          resources: {requests: {cpu: 1000m}}
`;

export const configMap = (name: string, data: Record<string, string>): string =>
	`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: ${JSON.stringify(data)}\n`;

export const secret = (name: string, data: Record<string, string>): string =>
	`apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}}\nstringData: ${JSON.stringify(data)}\n`;

export const service = (name = 'web'): string =>
	`apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec:\n  selector: {app: web}\n  ports: [{port: 80, targetPort: 8080}]\n`;
