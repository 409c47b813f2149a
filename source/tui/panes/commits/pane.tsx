import {memo, useMemo} from 'react';
import type {LoggedCommit} from '../../../model/commit.ts';
import {standingOf} from '../../../model/standing.ts';
import {safeText} from '../../../model/text.ts';
import type {ApplicationDetails} from '../../data/state.ts';
import {useMonitor} from '../../monitor-context.ts';
import {standingAppearance} from '../../present/appearance.ts';
import {useLine} from '../../present/use-line.ts';
import {createFilter} from '../../store/filter.ts';
import {useStore} from '../../store/use-store.ts';
import type {LineText} from '../../theme/styles.ts';
import {ListRow, type RowProps, rowGutter, useList, useListOrder} from '../../widgets/list/index.ts';
import {ListPane} from '../list-pane.tsx';
import type {PaneProps} from '../pane.ts';
import {paneRoom} from '../pane-frame.tsx';
import {useSelectedApplication} from '../use-details.ts';
import {useSameKeys} from '../use-same-keys.ts';
import {useStaleNote} from '../use-stale-note.ts';
import {commitColumns, commitRow} from './row.ts';

const noKeys: readonly string[] = [];
const noCommits: readonly LoggedCommit[] = [];

/** Pane 4: the commits that touch the selected application; the live, failed and reverted ones marked. */
export function CommitsPane(props: PaneProps) {
	const {height} = paneRoom(props);
	const {application, details} = useSelectedApplication();
	const {filter} = useListOrder('commits');
	const commits = details?.log.value?.commits;
	const keys = useMemo(() => {
		if (!commits) return noKeys;
		const fits = createFilter(filter);
		return commits
			.filter(({id, author, subject, state}) =>
				fits({text: `${id} ${author} ${subject} ${state}`, facets: {author, state}}),
			)
			.map(({id}) => id);
	}, [commits, filter]);
	const state = useList({name: 'commits', keys: useSameKeys(keys), height});
	const branch = details?.log.value ? ` on ${safeText(details.log.value.branch)}` : '';
	return (
		<ListPane
			pane={props}
			state={state}
			row={CommitRow}
			subtitle={`${application ? safeText(application.name) : ''}${branch}`}
			filter={filter}
			note={useStaleNote(application ? {repoURL: application.repoURL} : {})}
			empty={emptyLines(details, filter)}
		/>
	);
}

const CommitRow = memo(function CommitRow({id, width, ...row}: RowProps) {
	const {shown} = useMonitor();
	const commit = useStore(shown, data => data.details?.log.value?.commits.find(candidate => candidate.id === id));
	const commits = useStore(shown, data => data.details?.log.value?.commits) ?? noCommits;
	const {application} = useSelectedApplication();
	const {status = 'Unknown'} = application?.health ?? {};
	const trouble = status === 'Healthy' || status === 'Suspended' ? '' : status;
	const placed = useMemo(() => commitColumns(width - rowGutter, commits, {trouble}), [width, commits, trouble]);
	const line = useLine(width, frame => {
		if (!commit || !application) return '';
		return commitRow(commit, {appearance: standingAppearance[standingOf(application)], trouble}, placed, frame);
	});
	return <ListRow line={line} width={width} {...row} />;
});

function emptyLines(details: ApplicationDetails | null, filter: string): readonly LineText[] {
	if (!details) return ['The commits that touch the selected application stand here.', 'Select one in 1.'];
	if (filter !== '') return ['No commit fits the filter; esc takes it away.'];
	const {log} = details;
	if (log.problem) return [`The Git log could not be read: ${safeText(log.problem.message)}`];
	return log.value === null ? ['Reading the Git log …'] : ['No commit touches this application.'];
}
