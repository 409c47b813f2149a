import type {CommandDefinition} from '../definition.ts';
import {flagNamed, globalFlags} from '../flag-table.ts';
import type {FlagDefinition} from '../flags.ts';
import {ownFlags} from './help-text.ts';

type Table = readonly CommandDefinition[];

/** Flags whose value is a file or a folder on this machine. */
const fileFlags: readonly string[] = ['config', 'kubeconfig', 'repo'];

function flagsOf(command: CommandDefinition): FlagDefinition[] {
	return [...ownFlags(command), ...globalFlags.map(flagNamed)];
}

function spellings(flag: FlagDefinition): string[] {
	return [`--${flag.long}`, ...(flag.short ? [`-${flag.short}`] : [])];
}

/** Flags that take the next word as their value. */
function takesWord(flag: FlagDefinition): boolean {
	return flag.kind !== 'switch' && !flag.isValueOptional;
}

/** For `source <(holdfast completion bash)`; needs no bash-completion package. */
export function bashScript(table: Table): string {
	const flags = table.map(
		command => `\t\t${command.name}) flags='${flagsOf(command).flatMap(spellings).join(' ')}' ;;`,
	);
	const words = table.flatMap(command => {
		const choices = wordsOf(command, table);
		return choices.length > 0 ? [`\t\t${command.name}) words='${choices.join(' ')}' ;;`] : [];
	});
	const values = table.flatMap(command =>
		flagsOf(command)
			.filter(flag => flag.choices && takesWord(flag))
			.map(
				flag =>
					`\t\t${spellings(flag)
						.map(name => `${command.name}:${name}`)
						.join('|')}) words='${flag.choices!.join(' ')}'; flags='' ;;`,
			),
	);
	const files = fileFlags.map(name => `--${name}`).join('|');
	const valued = unique(table.flatMap(flagsOf).filter(takesWord).flatMap(spellings)).join('|');
	return `# bash completion for holdfast
_holdfast() {
	local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} verb='' flags='' words='' index
	for ((index = 1; index < COMP_CWORD; index++)); do
		case \${COMP_WORDS[index]} in
		${valued}) index=$((index + 1)) ;;
		-*) ;;
		*) verb=\${COMP_WORDS[index]}; break ;;
		esac
	done
	case $previous in
	${files}) COMPREPLY=($(compgen -f -- "$current")); return ;;
	esac
	if [ -z "$verb" ]; then
		COMPREPLY=($(compgen -W '${table.map(command => command.name).join(' ')} ${globalFlags
			.map(flagNamed)
			.flatMap(spellings)
			.join(' ')}' -- "$current"))
		return
	fi
	case $verb in
${flags.join('\n')}
	esac
	case $verb in
${words.join('\n')}
	esac
	case $verb:$previous in
${values.join('\n')}
	esac
	COMPREPLY=($(compgen -W "$words $flags" -- "$current"))
}
complete -F _holdfast holdfast`;
}

/** For a folder of \`fpath\`, or \`source <(holdfast completion zsh)\`. */
export function zshScript(table: Table): string {
	const verbs = table.map(command => `\t\t'${command.name}:${zshQuote(command.summary)}'`);
	const cases = table.map(command => {
		const specs = flagsOf(command).flatMap(flag => spellings(flag).map(name => `\t\t\t'${zshFlag(flag, name)}'`));
		const choices = wordsOf(command, table);
		const word = choices.length > 0 ? [`\t\t\t'*:word:(${choices.join(' ')})'`] : [];
		return `\t${command.name})\n\t\t_arguments -s \\\n${[...specs, ...word].join(' \\\n')}\n\t\t;;`;
	});
	return `#compdef holdfast
_holdfast() {
	local -a verbs
	local verb=\${words[(r)(${table.map(command => command.name).join('|')})]}
	verbs=(
${verbs.join('\n')}
	)
	case $verb in
${cases.join('\n')}
	*) _describe 'command' verbs ;;
	esac
}
if [ "$funcstack[1]" = _holdfast ]; then _holdfast "$@"; else compdef _holdfast holdfast; fi`;
}

function zshQuote(text: string): string {
	return text.replaceAll("'", "'\\''").replaceAll(/[[\]:]/g, character => `\\${character}`);
}

function zshFlag(flag: FlagDefinition, spelled: string): string {
	const summary = `[${zshQuote(flag.summary)}]`;
	if (flag.kind === 'switch') return `*${spelled}${summary}`;
	const action = flag.choices ? `(${flag.choices.join(' ')})` : fileFlags.includes(flag.long) ? '_files' : '';
	const value = `:${flag.placeholder ? zshQuote(flag.placeholder) : 'value'}:${action}`;
	if (flag.isValueOptional) return `*${spelled}=-${summary}:${value}`;
	return `*${spelled}${spelled.startsWith('--') ? '=' : ''}${summary}${value}`;
}

/** For \`~/.config/fish/completions/holdfast.fish\`. */
export function fishScript(table: Table): string {
	const names = table.map(command => command.name).join(' ');
	const lines = table.flatMap(command => {
		const isVerb = `-n '__fish_seen_subcommand_from ${command.name}'`;
		const choices = wordsOf(command, table);
		return [
			`complete -c holdfast -n 'not __fish_seen_subcommand_from ${names}' -a ${command.name} -d ${fishQuote(command.summary)}`,
			...(choices.length > 0 ? [`complete -c holdfast ${isVerb} -a '${choices.join(' ')}'`] : []),
			...ownFlags(command).map(flag => `complete -c holdfast ${isVerb} ${fishFlag(flag)}`),
		];
	});
	const globals = globalFlags.map(name => `complete -c holdfast ${fishFlag(flagNamed(name))}`);
	return ['# fish completion for holdfast', 'complete -c holdfast -f', ...lines, ...globals].join('\n');
}

function fishFlag(flag: FlagDefinition): string {
	const names = `-l ${flag.long}${flag.short ? ` -s ${flag.short}` : ''}`;
	const needs = takesWord(flag) ? ' -r' : '';
	const value = flag.choices ? ` -a '${flag.choices.join(' ')}'` : fileFlags.includes(flag.long) ? ' -F' : '';
	return `${names}${needs}${value} -d ${fishQuote(flag.summary)}`;
}

function fishQuote(text: string): string {
	return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function wordsOf(command: CommandDefinition, table: Table): readonly string[] {
	if (command.name === 'help') return table.map(other => other.name);
	return command.words.choices ?? [];
}

function unique(texts: readonly string[]): string[] {
	return [...new Set(texts)];
}
