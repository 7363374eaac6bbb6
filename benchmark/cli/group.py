"""The command itself, and what its subcommands share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from benchmark import __version__, check_neighbours
from benchmark.vocabulary import ParleyError, UsageError

as_json = click.option("--json", "json_wanted", is_flag=True, help="Exactly one JSON document on stdout.")
folder = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
foreign = click.option("--task", "foreign", multiple=True, metavar="module:NAME", help="Allow this task from outside (repeatable).")


class Commands(click.Group):
    """Turns our own errors into one clear line: exit 2 for wrong usage, 1 for everything else."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            check_neighbours()
            return super().invoke(ctx)
        except UsageError as error:
            raise click.UsageError(printable(str(error)), self._asked(ctx)) from None
        except ParleyError as error:
            raise click.ClickException(printable(str(error))) from None

    def _asked(self, ctx: click.Context) -> click.Context:
        """The context of the command that was asked for, so that the hint names it."""
        name = ctx.invoked_subcommand
        command = self.get_command(ctx, name) if name else None
        return click.Context(command, ctx, name) if command else ctx


def printable(text: str) -> str:
    """Nothing from a file or a server may steer the terminal."""
    return "".join(char if char.isprintable() or char == "\n" else f"\\x{ord(char):02x}" for char in text)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="parley-bench")
def main() -> None:
    """Parley plays the same scenario with and without private information, and scores whether answers were earned."""
