"""The command itself, and what its subcommands share."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

import click

from benchmark import __version__, check_neighbours
from benchmark.cli import offered
from benchmark.vocabulary import ParleyError, UsageError

as_json = click.option("--json", "json_wanted", is_flag=True, help="Exactly one JSON document on stdout.")
folder = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path), shell_complete=offered.runs)
foreign = click.option("--task", "foreign", multiple=True, metavar="module:NAME", help="Allow this task from outside (repeatable).")
prices = click.option(
    "--prices", envvar="PARLEY_PRICES", show_envvar=True, type=click.Path(path_type=Path), metavar="FILE", help="What models cost, as TOML."
)


_UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)
"""How output fails that leads to a full disk, a terminal that is gone, or nowhere; what is wrong with a run folder is a FolderError."""

_UNUSABLE = (errno.ENAMETOOLONG, errno.ELOOP, errno.EACCES, errno.EPERM, errno.EROFS)
"""What is wrong with a path that was given, and not with the program that asked for it."""


class Commands(click.Group):
    """Turns our own errors into one clear line: exit 2 for wrong usage, 1 for everything else."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        _lead_nowhere()
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a character ends no command
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            if error.errno not in (_UNWRITABLE if error.filename is None else _UNUSABLE):
                raise
            what = "the output cannot be written" if error.filename is None else f"{error.filename} cannot be used"
            then = "Send it elsewhere; no record is lost." if error.filename is None else "Give another place, or mend that."
            with suppress(OSError):
                print(printable(f"Error: {what}: {error.strerror}. {then}"), file=sys.stderr)
            _mute(sys.stdout)
            _mute(sys.stderr)
            sys.exit(1)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Colour is for terminals, as click has it, and for nobody who sets NO_COLOR (https://no-color.org)."""
        if os.environ.get("NO_COLOR"):
            kwargs.setdefault("color", False)
        return super().make_context(*args, **kwargs)

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


def tell(text: str, err: bool = False) -> None:
    """Prints ``text``, unless whoever was to read it has gone (``| head``): what was done stands all the same."""
    try:
        click.echo(text, err=err)
    except BrokenPipeError:
        _mute(sys.stderr if err else sys.stdout)


def aloud(line: str) -> None:
    """What an engine says of its server, for whoever waits; its words are a stranger's."""
    tell(printable(line), err=True)


def _lead_nowhere() -> None:
    """Opens what the caller closed (``>&-``): nothing has to ask whether there is a stream, and no file of ours takes its number."""
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, mode, closefd=False))  # noqa: SIM115 - it is open as long as the process is


def _mute(stream: TextIO) -> None:
    """Lets ``stream`` lead nowhere, so that nothing fails once more while Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def printable(text: str) -> str:
    """Nothing from a file or a server may steer the terminal."""
    return "".join(char if char.isprintable() or char == "\n" else f"\\x{ord(char):02x}" for char in text)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="parley-bench")
def main() -> None:
    """Parley plays the same scenario with and without private information, and scores whether answers were earned."""
