"""`bench completion`: click's own completion for zsh and fish, and for bash with a script of ours.

Bash takes a colon as the end of a word, and most of our names have one: it would be handed "openai", ":" and the rest apart.
"""

from __future__ import annotations

import os

import click
from click.shell_completion import BashComplete, CompletionItem, add_completion_class, get_completion_class, split_arg_string

from benchmark.cli.group import main

SHELLS = ("bash", "zsh", "fish")

VARIABLE = "_BENCH_COMPLETE"
"""Where click finds what a shell's script asks for; its name follows from that of the command."""


@add_completion_class
class Bash(BashComplete):
    """Takes the line as it was typed, and gives of each word what bash does not have yet."""

    source_template = """\
%(complete_func)s() {
    local kind value
    COMPREPLY=()
    while IFS=, read -r kind value; do
        case $kind in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain)
                COMPREPLY+=("$value")
                case $value in *[:/]) compopt -o nospace ;; esac ;;
        esac
    done < <(env COMP_WORDS="${COMP_LINE:0:COMP_POINT}" COMP_CWORD=0 COMP_WORDBREAKS="$COMP_WORDBREAKS" %(complete_var)s=bash_complete "$1")
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""

    def get_completion_args(self) -> tuple[list[str], str]:
        line = os.environ["COMP_WORDS"]
        words = split_arg_string(line)
        incomplete = words.pop() if words and not line[-1:].isspace() else ""
        return words[1:], incomplete

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        items = super().get_completions(args, incomplete)
        typed = incomplete.partition("=")[2] if incomplete.startswith("--") and "=" in incomplete else incomplete
        breaks = os.environ.get("COMP_WORDBREAKS", ":=")
        known = typed[: 1 + max((typed.rfind(sign) for sign in ":=" if sign in breaks), default=-1)]
        return [_shortened(item, known) for item in items]


def _shortened(item: CompletionItem, known: str) -> CompletionItem:
    return CompletionItem(item.value.removeprefix(known), item.type, item.help) if known else item


@main.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """The script that lets a shell complete what is typed after `bench`.

    \b
    bash: eval "$(bench completion bash)"        in ~/.bashrc
    zsh:  eval "$(bench completion zsh)"         in ~/.zshrc, after compinit
    fish: bench completion fish | source         in ~/.config/fish/config.fish
    """
    found = get_completion_class(shell)
    if found is None:
        raise click.ClickException(f"click knows no completion for {shell}; choose another shell")
    click.echo(found(main, {}, "bench", VARIABLE).source())
