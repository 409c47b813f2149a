type Tree = Readonly<Record<string, unknown>>;

/**
 * Completes one application from the document's defaults: maps are merged key by key, everything else is the application's
 * when it says anything. An application that names its cluster in one way is not given a default in the other way.
 */
export function withDefaults(application: unknown, defaults: Tree): unknown {
	if (!isTree(application)) return application;
	const {interval, ...rest} = defaults;
	const base: Record<string, unknown> = {...rest};
	if (interval !== undefined && isTree(application.source)) base.source = {interval};
	if (isTree(base.destination) && isTree(application.destination)) {
		const {context, server} = application.destination;
		if (context !== undefined || server !== undefined) base.destination = withoutCluster(base.destination);
	}
	return merge(base, application);
}

function withoutCluster(destination: Tree): Tree {
	const {context: _context, server: _server, ...rest} = destination;
	return rest;
}

function merge(base: Tree, over: Tree): Tree {
	const merged: Record<string, unknown> = {...base};
	for (const [key, value] of Object.entries(over)) {
		const below = merged[key];
		merged[key] = isTree(below) && isTree(value) ? merge(below, value) : value;
	}
	return merged;
}

function isTree(value: unknown): value is Tree {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
