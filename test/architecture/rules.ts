import {transformSync} from 'esbuild';
import {type Edge, edgesOf, findCycles, folderOf, type SourceTree} from './tree.ts';

/** What must hold for all of source/, as a sentence and as a search for what breaks it. */
export interface Rule {
	readonly sentence: string;
	/** Each with file, line and what is wrong there; none: the rule holds. */
	violations(tree: SourceTree): string[];
}

interface Reach {
	readonly folders: readonly string[];
	/** Folders that may be imported only by `import()`, so that they cost nothing until they are needed. */
	readonly later?: readonly string[];
}

/** DESIGN.md, section 4: who may import whom. Its own folder and what is said here, nothing else. */
const reaches: Readonly<Record<string, Reach>> = {
	model: {folders: []},
	engine: {folders: ['model']},
	system: {folders: ['model']},
	git: {folders: ['model', 'system']},
	render: {folders: ['model', 'system']},
	cluster: {folders: ['model']},
	journal: {folders: ['model']},
	notify: {folders: ['model']},
	config: {folders: ['model']},
	protocol: {folders: ['model']},
	worker: {
		folders: ['model', 'engine', 'git', 'render', 'cluster', 'journal', 'notify', 'config', 'protocol'],
	},
	tui: {folders: ['protocol', 'model']},
	commands: {folders: ['protocol', 'model', 'config', 'system'], later: ['tui', 'worker']},
	'cli.ts': {folders: ['commands', 'model']},
	'build.ts': {folders: []},
};

/** Packages that are a port's business: everybody else goes through the port. */
const homes: Readonly<Record<string, string>> = {
	'simple-git': 'git',
	'@kubernetes/client-node': 'cluster',
	undici: 'cluster',
	'node:sqlite': 'journal',
	'vscode-jsonrpc': 'protocol',
	ink: 'tui',
	'ink-table': 'tui',
	fuzzysort: 'tui',
	react: 'tui',
	esbuild: 'build.ts',
};

/** In tui/: what may be done in these files only. */
const doors: readonly {readonly sentence: string; readonly files: RegExp; readonly pattern: RegExp}[] = [
	{
		sentence: 'Ink is reached through tui/widgets/ink.ts, so that what we use of it stands in one place',
		files: /^tui\/widgets\/(?:ink|table\/ink-table)\.ts$/,
		pattern: /from 'ink'/,
	},
	{
		sentence: 'the terminal is written to and read from in tui/terminal/ and tui/start.tsx',
		files: /^tui\/(?:terminal\/|start\.tsx$)/,
		pattern: /\bprocess\.(?:stdin|stdout|stderr)\b|\bconsole\./,
	},
	{
		// Keys that arrive together, slow arrows and pastes: see source/tui/input/use-keys.ts.
		sentence: "nobody uses Ink's own input hooks",
		files: /^$/,
		pattern: /\buse(?:Input|Paste|Stdin|Focus|FocusManager)\b/,
	},
];

/** What makes the same values give another answer. */
const impurities: Readonly<Record<string, RegExp>> = {
	'reads the clock': /\bDate\.now\b|\bnew Date(?:\(\s*\)|\b(?!\s*\())|\bDate\(\s*\)|\bperformance\./,
	'is random': /\bMath\.random\b|\bcrypto\./,
	'waits or schedules': /\b(?:setTimeout|setInterval|setImmediate|queueMicrotask)\b/,
	'reaches outside': /\bprocess\.|\bfetch\(|\bconsole\.|\bglobalThis\b/,
};

const at = ({file, line, specifier}: Edge) => `${file}:${line} imports ${specifier ?? 'a computed name'}`;

function reachRule(folder: string, {folders, later = []}: Reach): Rule {
	const list = folders.length === 0 ? 'nothing else of ours' : `only ${folders.join(', ')}`;
	const tail = later.length === 0 ? '' : `, and ${later.join(' and ')} only by import()`;
	return {
		sentence: `${folder} imports ${list}${tail}`,
		violations: tree =>
			edgesOf(tree)
				.filter(edge => edge.folder === folder && edge.targetFolder !== undefined && edge.targetFolder !== folder)
				.filter(
					({targetFolder = '', isDynamic}) =>
						!folders.includes(targetFolder) && !(isDynamic && later.includes(targetFolder)),
				)
				.map(at),
	};
}

function homeRule(name: string, home: string): Rule {
	return {
		sentence: `${name} is imported only in ${home}`,
		violations: tree =>
			edgesOf(tree)
				.filter(edge => edge.package === name && edge.folder !== home)
				.map(at),
	};
}

export function createRules(manifest: {readonly dependencies: Readonly<Record<string, string>>}): Rule[] {
	return [
		{
			sentence: 'every file stands in a folder that the design knows',
			violations: tree => [...tree.keys()].filter(file => !Object.hasOwn(reaches, folderOf(file))),
		},
		...Object.entries(reaches).map(([folder, reach]) => reachRule(folder, reach)),
		...Object.entries(homes).map(([name, home]) => homeRule(name, home)),
		...doors.map(({sentence, files, pattern}) => ({
			sentence,
			violations: (tree: SourceTree) =>
				[...tree]
					.filter(([file, text]) => folderOf(file) === 'tui' && !files.test(file) && pattern.test(text))
					.map(([file]) => file),
		})),
		{
			sentence: 'model imports no package and nothing of node',
			violations: tree =>
				edgesOf(tree)
					.filter(edge => edge.folder === 'model' && edge.package !== undefined)
					.map(at),
		},
		{
			sentence: 'engine imports nothing of node',
			violations: tree =>
				edgesOf(tree)
					.filter(edge => edge.folder === 'engine' && edge.package?.startsWith('node:'))
					.map(at),
		},
		{
			sentence: 'engine is pure: values in, values out',
			violations: tree => [...tree].filter(([file]) => folderOf(file) === 'engine').flatMap(findImpurities),
		},
		{
			sentence: 'no file comes back to itself through its imports',
			violations: tree => findCycles(tree).map(cycle => cycle.join(' → ')),
		},
		{
			sentence: 'files are imported by the name they have on disk',
			violations: tree =>
				edgesOf(tree)
					.filter(({target}) => target !== undefined && !tree.has(target))
					.map(at),
		},
		{
			sentence: 'only commands load a program by a computed name',
			violations: tree =>
				edgesOf(tree)
					.filter(({specifier, folder}) => specifier === null && folder !== 'commands')
					.map(at),
		},
		{
			sentence: 'what is shipped imports only what package.json ships with it',
			violations: tree =>
				edgesOf(tree)
					.filter(({folder, package: name}) => folder !== 'build.ts' && name !== undefined && !name.startsWith('node:'))
					.filter(({package: name = ''}) => !Object.hasOwn(manifest.dependencies, name))
					.map(at),
		},
	];
}

function findImpurities([file, text]: [string, string]): string[] {
	// Without types and comments: what a comment says about the clock is no use of it.
	const {code} = transformSync(text, {loader: 'ts', legalComments: 'none'});
	return Object.entries(impurities).flatMap(([what, pattern]) => {
		const match = pattern.exec(code);
		return match ? [`${file} ${what}: ${match[0]}`] : [];
	});
}
