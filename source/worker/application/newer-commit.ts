import {toProblem} from '../../model/errors.ts';
import type {ApplicationContext} from './context.ts';
import {renderRequest} from './render-request.ts';
import type {SyncStop} from './sync-stop.ts';

/**
 * Looks out for a newer commit while an automatic sync waits for a wave: such a wait ends with Superseded, because what it
 * waits for may be mended by then. Looks at the pace of the source, and at once when somebody knows of a push. Returns
 * what ends it.
 */
export function lookForNewerCommit(context: ApplicationContext, stop: SyncStop): () => void {
	const {state, application, log} = context;
	let isLooking = false;
	const look = async (): Promise<void> => {
		if (isLooking) return;
		isLooking = true;
		try {
			const commit = await findNewerCommit(context);
			if (commit) stop.request({code: 'Superseded', message: `a newer commit, ${commit.slice(0, 7)}, came meanwhile`});
		} catch (error) {
			log.debug({problem: toProblem(error)}, 'no look at the source while waiting');
		} finally {
			isLooking = false;
		}
	};
	const {running} = state;
	if (running) running.lookNow = () => void look();
	const timer = setInterval(() => void look(), application.source.intervalMilliseconds);
	timer.unref();
	return () => {
		clearInterval(timer);
		if (running) running.lookNow = null;
	};
}

/** The commit that the target points to when it renders to something else than what is being synced; else null. */
async function findNewerCommit(context: ApplicationContext): Promise<string | null> {
	const {state, repository, application, services} = context;
	const {commit} = await repository.pull(application.source.target);
	if (commit === state.renderedRevision) return null;
	const request = await renderRequest(context, await repository.tree(commit));
	const result = await services.renderer.render(request);
	return result.ok && result.key !== state.renderKey ? commit : null;
}
