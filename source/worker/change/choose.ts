import type {PreparedCommit} from '../../model/ports/git/change.ts';

/**
 * The first commit that has the wanted effect; null: none has. `make` answers null where there is nothing to commit. All the
 * others are discarded, also when looking at one fails.
 */
export async function chooseCommit<Proposal>(
	proposals: readonly Proposal[],
	make: (proposal: Proposal) => Promise<PreparedCommit | null>,
	hasEffect: (prepared: PreparedCommit) => Promise<boolean>,
): Promise<PreparedCommit | null> {
	for (const proposal of proposals) {
		const prepared = await make(proposal);
		if (!prepared) continue;
		let isChosen = false;
		try {
			isChosen = await hasEffect(prepared);
		} finally {
			if (!isChosen) await prepared.discard();
		}
		if (isChosen) return prepared;
	}
	return null;
}
