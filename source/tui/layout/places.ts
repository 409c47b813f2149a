/** The four panes in the order of their numbers. */
export const paneNames = ['applications', 'sync', 'drift', 'commits'] as const;

export type PaneName = (typeof paneNames)[number];

export const paneTitles: Readonly<Record<PaneName, string>> = {
	applications: 'Applications',
	sync: 'Sync',
	drift: 'Drift',
	commits: 'Git log',
};

/** What can be opened over the panes. */
export const viewKinds = ['diff', 'yaml', 'commit', 'events', 'log', 'timeline', 'why', 'drift-detail'] as const;

export type ViewKind = (typeof viewKinds)[number];

/** Where keys go: a pane, or the view that lies over all of them. */
export type Place = PaneName | ViewKind;

/** `1` for the applications: the key that jumps there. */
export function numberOfPane(name: PaneName): number {
	return paneNames.indexOf(name) + 1;
}

/** Views have their own numbering of list states; this is what lists and scroll positions are kept under. */
export type ListName = string;
