import type {CommitInfo} from '../../model/commit.ts';
import {HoldfastError} from '../../model/errors.ts';
import type {ChangeRequest, PreparedCommit, RevertRequest} from '../../model/ports/git/change.ts';
import type {GitTree} from '../../model/ports/git/tree.ts';
import {boundedText} from '../../model/text.ts';
import type {RepositoryAddress} from '../address.ts';
import {readDifference} from '../changes.ts';
import type {GitContext} from '../command.ts';
import {readWholeCommit} from '../commit-info.ts';
import type {GitLimits} from '../limits.ts';
import {isValidShortName} from '../reference-name.ts';
import {commitFiles} from './change.ts';
import {signsCommits} from './commit.ts';
import {readIdentity} from './identity.ts';
import {pushCommit} from './push.ts';
import {revertCommits} from './revert.ts';
import {selectCommits} from './selection.ts';
import {openWorkRepository, type WorkRepository} from './work-repository.ts';

/** What making commits needs of the repository that they are made for. */
export interface CommitMaker {
	readonly address: RepositoryAddress;
	readonly mirror: GitContext;
	readonly limits: GitLimits;
	readonly temporaryDirectory: string;
	/** Asks the remote where the branch is now and fetches it. */
	pullTip(branch: string, signal?: AbortSignal): Promise<string>;
	/** The tree of a commit that only the work repository has; `close` ends what reads it. */
	readTree(context: GitContext, commit: string): Promise<{tree: GitTree; close: () => void}>;
	/** Every error that leaves is one for people, and holds no credentials. */
	guarded<Result>(action: () => Promise<Result>): Promise<Result>;
}

/** Makes the commits on what the branch is now; called again when it moved. Answers with what was taken back. */
type Make = (work: WorkRepository) => Promise<readonly CommitInfo[]>;

export function prepareRevert(maker: CommitMaker, request: RevertRequest): Promise<PreparedCommit> {
	const {address} = maker;
	return prepare(maker, request, async work => {
		const {commits} = await selectCommits(work, request, address);
		const identity = await readIdentity(work, request.author.fallback);
		return revertCommits(work, commits, request, identity);
	});
}

export function prepareChange(maker: CommitMaker, request: ChangeRequest): Promise<PreparedCommit> {
	return prepare(maker, request, async work => {
		await commitFiles(work, request, await readIdentity(work, request.author.fallback));
		return [];
	});
}

async function prepare(
	maker: CommitMaker,
	request: {branch: string; signal?: AbortSignal},
	make: Make,
): Promise<PreparedCommit> {
	const {branch, signal} = request;
	checkBranch(branch);
	const tip = await maker.pullTip(branch, signal);
	const {mirror, temporaryDirectory} = maker;
	const work = await openWorkRepository({mirror, temporaryDirectory, branch, tip});
	try {
		const prepared = new Prepared(maker, work, branch, make);
		await prepared.makeOn(tip);
		return prepared;
	} catch (error) {
		await work.remove();
		throw error;
	}
}

class Prepared implements PreparedCommit {
	readonly #maker: CommitMaker;
	readonly #work: WorkRepository;
	readonly #branch: string;
	readonly #make: Make;
	#reading: {tree: GitTree; close: () => void} | undefined;
	commit = '';
	parent = '';
	reverted: readonly CommitInfo[] = [];
	changes: PreparedCommit['changes'] = {
		info: {id: '', author: '', email: '', time: 0, subject: '', parents: [], body: ''},
		files: [],
		diffs: [],
		isTruncated: false,
	};
	isSigned = false;

	constructor(maker: CommitMaker, work: WorkRepository, branch: string, make: Make) {
		this.#maker = maker;
		this.#work = work;
		this.#branch = branch;
		this.#make = make;
	}

	async makeOn(tip: string): Promise<void> {
		const work = this.#work;
		this.#closeTree();
		await work.reset(tip);
		this.reverted = await this.#make(work);
		this.commit = (await work.git('rev-parse', '--verify', 'HEAD')).trim();
		this.parent = tip;
		const info = await readWholeCommit(work.context, this.commit);
		this.changes = {info, ...(await readDifference(work.context, tip, this.commit))};
		this.isSigned = await signsCommits(work);
	}

	tree(): Promise<GitTree> {
		return this.#maker.guarded(async () => {
			this.#reading ??= await this.#maker.readTree(this.#work.context, this.commit);
			return this.#reading.tree;
		});
	}

	push(branch: string, options: {approve?: () => Promise<void>} = {}): ReturnType<PreparedCommit['push']> {
		return this.#maker.guarded(async () => {
			checkBranch(branch);
			const {address, limits} = this.#maker;
			const isNew = branch !== this.#branch;
			for (const isLast of [false, true]) {
				const outcome = await pushCommit(this.#work, {commit: this.commit, branch, isNew, address, limits});
				if (outcome.type === 'pushed') return {commit: this.commit, branch, remoteMessage: outcome.remoteMessage};
				if (outcome.type === 'forbidden') throw outcome.problem;
				if (isLast || isNew) break;
				await this.makeOn(await this.#maker.pullTip(this.#branch));
				await options.approve?.();
			}
			throw rejected(branch, !isNew, address.display);
		});
	}

	async discard(): Promise<void> {
		this.#closeTree();
		await this.#work.remove();
	}

	#closeTree(): void {
		this.#reading?.close();
		this.#reading = undefined;
	}
}

function checkBranch(branch: string): void {
	if (isValidShortName(branch)) return;
	throw new HoldfastError({
		code: 'InvalidBranchName',
		message: `"${boundedText(branch, 100)}" is no name that a branch can have`,
		hint: 'As `git check-ref-format --branch` accepts it',
	});
}

function rejected(branch: string, isTracked: boolean, display: string): HoldfastError {
	const name = boundedText(branch, 100);
	return isTracked
		? new HoldfastError({
				code: 'PushRejected',
				message: `${name} of repository ${display} moved twice while the commit was on its way`,
				hint: 'Nothing was pushed; look at what came in, and try again',
			})
		: new HoldfastError({
				code: 'PushRejected',
				message: `repository ${display} has a branch ${name} already, with other commits`,
				hint: 'Nothing was pushed; name a branch that is not there yet',
			});
}
