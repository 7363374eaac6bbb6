"""An entry on its way to a board: a draft pull request, its files, a comparison, and only then an open pull request.

A draft cannot be merged, so that "open" means "complete". Each step first looks whether it is done: to give the command again after a cut
connection or a lost answer completes what was begun, and there is never a second pull request for an entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from leaderboard import entry as form
from leaderboard.building import Built
from leaderboard.contents import Change, Listed, Upload
from leaderboard.hub import Hub, PullRequest
from leaderboard.trouble import HubError


@dataclass(frozen=True, slots=True)
class Submitted:
    """Where an entry is now: waiting in an open pull request, or accepted by the board."""

    status: Literal["open", "accepted"]
    url: str
    number: int | None


def submit(built: Built, board: str, hub: Hub) -> Submitted:
    """Brings ``built`` to ``board``, or finds it there. HubError says what the Hub refused, and what to do."""
    user = hub.whoami()
    if user != built.entry.submitter.hf_user:
        raise HubError(
            f"the entry names {built.entry.submitter.hf_user} as its submitter, and the token is that of {user}. "
            f"Use that account's token, or build the entry as {user}."
        )
    files, commit = hub.files(board), hub.head(board)
    if is_accepted(built, files):
        return Submitted("accepted", f"{hub.endpoint}/datasets/{board}/tree/{commit}/{built.place}", None)
    request = _request(built, board, hub, user)
    _upload(built, board, hub, request)
    hub.set_status(board, request.num, "open")
    return Submitted("open", url_of(hub, board, request.num), request.num)


def is_accepted(built: Built, files: Mapping[str, Listed]) -> bool:
    """Whether a board whose files are ``files`` has this entry. Its id is made of its content, so that the name is enough."""
    return f"{built.place}/{form.MANIFEST}" in files


def title_of(built: Built) -> str:
    """By this the pull request is found again."""
    return f"Entry {built.identity}: {built.entry.model.id}"


def url_of(hub: Hub, board: str, number: int) -> str:
    return f"{hub.endpoint}/datasets/{board}/discussions/{number}"


def uploads(built: Built) -> tuple[Upload, ...]:
    """Every file of the entry, as it should lie on the board."""
    names = [*(file.path for file in built.files), form.MANIFEST, form.SIGNATURE]
    return tuple(Upload.of(f"{built.place}/{name}", path) for name in names if (path := built.folder / name).exists())


def _request(built: Built, board: str, hub: Hub, user: str) -> PullRequest:
    """The pull request of this entry: the one that is there, or a new draft."""
    mine = [one for one in hub.pull_requests(board, user) if one.title == title_of(built)]
    if mine and mine[-1].status not in ("draft", "open"):
        raise HubError(
            f"this entry was submitted before, and {url_of(hub, board, mine[-1].num)} is {mine[-1].status}. "
            f"Read there why; what was changed since makes another entry."
        )
    return hub.open_draft(board, title_of(built), description_of(built))


def _upload(built: Built, board: str, hub: Hub, request: PullRequest) -> None:
    """Puts the files, and no others, where the entry belongs, and looks that they arrived as they are here."""
    parent = hub.head(board, request.ref)
    meant = uploads(built)
    there = hub.files(board, parent)
    stray = sorted(path for path in there if path.startswith(f"{built.place}/") and path not in {one.path for one in meant})
    change = Change(title_of(built), meant, deletions=stray)
    if change.missing(there):
        parent = hub.commit(board, change, parent, request.ref)
    if wrong := change.missing(hub.files(board, parent)):
        raise HubError(f"{wrong[0]} did not arrive at {board} as it is here. Give the same command again.")


def description_of(built: Built) -> str:
    """What a maintainer reads first."""
    entry = built.entry
    head = entry.scores.overall.get("grounding_success")
    shown = f"{head.value:.3f} [{head.ci95[0]:.3f}, {head.ci95[1]:.3f}], n {head.n}" if head else "none: not all headline tasks were played"
    lines = [
        f"Entry `{built.place}`.",
        f"- model: `{entry.model.spec}`, {entry.model.pinned_by} `{entry.model.revision.replace('`', '')}`, weights {entry.model.weights}",
        f"- track: {entry.track}" + "".join(f"; {reason}" for reason in entry.reasons),
        f"- grounding success (claimed): {shown}",
        f"- episodes: {entry.counts.planned}, attempts declared: {entry.attempts_declared}",
        "",
        f"Check it with `bench verify` on the folder, Parley {entry.bench.version}. {form.CANARY}",
    ]
    return "\n".join(lines) + "\n"
