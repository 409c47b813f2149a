import type {ApplicationStatus} from '../../model/status.ts';
import type {ApplicationDetails} from '../data/state.ts';
import {useMonitor} from '../monitor-context.ts';
import {useStore} from '../store/use-store.ts';

/** The selected application with what was asked about it; details of another one are never given. */
export function useSelectedApplication(): {
	readonly application: ApplicationStatus | undefined;
	readonly details: ApplicationDetails | null;
} {
	const {shown} = useMonitor();
	const details = useStore(shown, data => data.details);
	const application = useStore(shown, data =>
		data.details ? data.applications.get(data.details.application) : undefined,
	);
	return {application, details};
}
