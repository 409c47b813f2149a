import type {GitTree} from '../../model/ports/git/tree.ts';
import type {RenderRequest} from '../../model/ports/render.ts';
import type {ApplicationContext} from './context.ts';

/** What the renderer is asked for this application at one commit. */
export async function renderRequest({application, session}: ApplicationContext, tree: GitTree): Promise<RenderRequest> {
	const {version} = await session.identity();
	const kinds = await session.cluster.kinds();
	return {
		application: application.name,
		tree,
		path: application.source.path,
		parameters: application.source.render,
		namespace: application.destination.namespace,
		kubernetesVersion: version,
		apiVersions: kinds.flatMap(kind =>
			kind.versions.map(served => `${kind.group ? `${kind.group}/` : ''}${served}/${kind.kind}`),
		),
	};
}
