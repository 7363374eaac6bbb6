"""Our careful way to the Hugging Face Hub: few calls, each of which ends well, or with one clear error.

An answer can be lost after the work was done, and the client library does not send a commit twice by itself. So whatever changes
something is done by ``_once``: it first looks whether the thing is done already, and looks again before each further attempt.
Running a command a second time therefore completes what the first one began, and never does it twice.

Where to and as whom comes from the environment alone: HF_ENDPOINT, HF_TOKEN, or the token that `hf auth login` has kept.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from benchmark.vocabulary import ParleyError, UsageError
from leaderboard.contents import Change, Listed, Upload, is_same
from leaderboard.trouble import HubError, Moved, NotThere, Trouble, advice, trouble_of

PAUSES = (0.5, 1.0, 2.0, 4.0)
"""Seconds between attempts: five of them, since a Hub that is down for longer is better asked tomorrow."""

LONGEST_PAUSE = 60.0
"""Seconds that a Retry-After is believed."""

MAIN = "main"
DATASET = "dataset"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PullRequest:
    """``status`` is "draft", "open", "closed" or "merged"; a draft cannot be merged."""

    num: int
    title: str
    author: str
    status: str

    @property
    def ref(self) -> str:
        return f"refs/pr/{self.num}"


class Hub:
    """One account at one Hub. HubError for all that goes wrong there."""

    def __init__(self, pauses: Sequence[float] = PAUSES) -> None:
        try:
            from huggingface_hub import HfApi
        except ImportError:
            raise HubError("this needs the package huggingface_hub. Install it: pip install 'parley-bench[hub]'") from None
        self._api: Any = HfApi(library_name="parley-bench")
        self._pauses = pauses

    @property
    def endpoint(self) -> str:
        return str(self._api.endpoint)

    def whoami(self) -> str:
        """The name of the account."""
        return str(self._read("ask whose token this is", lambda: self._api.whoami()["name"]))

    def info(self, repo: str, revision: str = MAIN) -> tuple[str, bool] | None:
        """(newest commit, whether it is private) of a dataset; None if there is none that this account may see."""
        try:
            info = self._read(f"look at the dataset {repo}", lambda: self._api.dataset_info(repo, revision=revision))
        except NotThere:
            return None
        return str(info.sha), bool(info.private)

    def head(self, repo: str, revision: str = MAIN) -> str:
        """The newest commit of ``revision``, as 40 hexadecimal digits."""
        found = self.info(repo, revision)
        if found is None:
            raise NotThere(
                f"there is no dataset {repo} at {self.endpoint} that this account may see ({revision}). Check its name and the token."
            )
        return found[0]

    def files(self, repo: str, revision: str = MAIN) -> dict[str, Listed]:
        """Every file of a dataset at ``revision``, by path."""

        def read() -> dict[str, Listed]:
            entries = self._api.list_repo_tree(repo, revision=revision, repo_type=DATASET, recursive=True)
            return {one.path: _listed(one) for one in entries if getattr(one, "size", None) is not None and hasattr(one, "blob_id")}

        return self._read(f"list the files of {repo}", read)

    def fetch(self, repo: str, listed: Listed, revision: str) -> bytes:
        """The content of a file, compared with its listing: the client itself checks its length alone."""

        def read() -> bytes:
            with TemporaryDirectory(prefix="parley-") as folder:
                path = self._api.hf_hub_download(repo, listed.path, repo_type=DATASET, revision=revision, local_dir=folder)
                content = Path(path).read_bytes()
            if not is_same(listed, Upload.of(listed.path, content)):
                raise ValueError(f"{listed.path} came in damaged")
            return content

        return self._read(f"fetch {listed.path} of {repo}", read)

    def create(self, repo: str, private: bool) -> None:
        """Makes the dataset unless it is there."""

        def act() -> None:
            self._api.create_repo(repo, repo_type=DATASET, private=private, exist_ok=True)

        self._once(f"make the dataset {repo}", lambda: self.info(repo), act)

    def commit(self, repo: str, change: Change, parent: str, revision: str = MAIN) -> str:
        """One commit on top of ``parent``; its id, or that of the commit that holds all of it already. Moved if another came first."""

        def done() -> str | None:
            head = self.head(repo, revision)
            wrong = change.missing(self.files(repo, head))
            if wrong and head != parent:
                raise Moved(f"{repo} ({revision}) was changed by somebody else meanwhile, and nothing was written. Give the command again.")
            return None if wrong else head

        def act() -> None:
            wanted = set(change.missing(self.files(repo, parent)))
            operations = list(_operations(change, wanted))
            more = {"commit_description": change.description, "parent_commit": parent, "revision": revision, "repo_type": DATASET}
            self._api.create_commit(repo, operations, commit_message=change.message, **more)

        return self._once(f"commit to {repo}", done, act)

    def pull_requests(self, repo: str, author: str | None = None) -> list[PullRequest]:
        """Those of a dataset in every state, the oldest first."""

        def read() -> list[PullRequest]:
            found = self._api.get_repo_discussions(repo, repo_type=DATASET, discussion_type="pull_request", author=author)
            every = [PullRequest(one.num, one.title, one.author, one.status) for one in found if one.is_pull_request]
            return sorted(every, key=lambda one: one.num)

        return self._read(f"list the pull requests of {repo}", read)

    def open_draft(self, repo: str, title: str, description: str) -> PullRequest:
        """A draft with this title by this account, or the one that is there, draft or open: never a second."""
        author = self.whoami()

        def done() -> PullRequest | None:
            mine = [one for one in self.pull_requests(repo, author) if one.title == title and one.status in ("draft", "open")]
            return mine[0] if mine else None

        def act() -> None:
            self._api.create_pull_request(repo, title=title, description=description, repo_type=DATASET)

        return self._once(f"open a pull request at {repo}", done, act)

    def set_status(self, repo: str, num: int, status: str) -> None:
        """Makes a pull request "open" or "closed"."""

        def act() -> None:
            self._api.change_discussion_status(repo, num, status, repo_type=DATASET)

        self._once(f"set pull request {num} of {repo} {status}", lambda: self._details(repo, num).status == status or None, act)

    def comment(self, repo: str, num: int, text: str) -> None:
        """Says ``text`` at a pull request, once."""
        author = self.whoami()

        def said() -> bool | None:
            events = self._details(repo, num).events
            return any(one.author == author and getattr(one, "content", None) == text for one in events) or None

        self._once(
            f"comment on pull request {num} of {repo}", said, lambda: self._api.comment_discussion(repo, num, text, repo_type=DATASET)
        )

    def merge(self, repo: str, num: int) -> str:
        """Merges an open pull request; the commit that this made."""

        def act() -> None:
            self._api.merge_pull_request(repo, num, repo_type=DATASET)

        return str(self._once(f"merge pull request {num} of {repo}", lambda: self._details(repo, num).merge_commit_oid or None, act))

    def _details(self, repo: str, num: int) -> Any:
        what = f"look at pull request {num} of {repo}"
        return self._read(what, lambda: self._api.get_discussion_details(repo, num, repo_type=DATASET))

    def _read(self, what: str, act: Callable[[], T]) -> T:
        """What ``act`` gives, which changes nothing and may be asked again."""
        for pause in (*self._pauses, None):
            try:
                return act()
            except ParleyError:
                raise
            except Exception as error:  # noqa: BLE001 (the library raises many kinds; trouble_of raises what is none of them again)
                self._bear(what, error, pause)
        raise AssertionError  # the last attempt either gives or raises

    def _once(self, what: str, done: Callable[[], T | None], act: Callable[[], object]) -> T:
        """Does ``act`` until ``done`` finds it done; what that gives."""
        for pause in (*self._pauses, None):
            if (found := done()) is not None:
                return found
            try:
                act()
            except ParleyError:
                raise
            except Exception as error:  # noqa: BLE001 (the library raises many kinds; trouble_of raises what is none of them again)
                if trouble_of(error).status in (409, 412) and (found := done()) is not None:
                    return found
                self._bear(what, error, pause)
        if (found := done()) is None:
            raise HubError(f"could not {what}: {self.endpoint} says that it was done, and shows something else. Give the command again.")
        return found

    def _bear(self, what: str, error: Exception, pause: float | None) -> None:
        """Waits if asking again may help; HubError if not, or if there is no ``pause`` left."""
        trouble = trouble_of(error)
        if not trouble.passes or pause is None:
            raise self._complaint(what, trouble) from error
        time.sleep(min(max(pause, trouble.wait), LONGEST_PAUSE) if pause else 0)

    def _complaint(self, what: str, trouble: Trouble) -> HubError:
        from huggingface_hub import get_token

        token = get_token()
        said = trouble.said.replace(token, "hf_…") if token else trouble.said
        kind = {404: NotThere, 412: Moved}.get(trouble.status, HubError)
        answered = (
            f"{self.endpoint} answered {trouble.status} ({said:.300})"
            if trouble.status
            else f"{self.endpoint} gave no answer ({said:.300})"
        )
        return kind(f"could not {what}: {answered}. {advice(trouble.status, bool(token))}")


def check_repo(repo: str) -> str:
    """``repo`` if it can be the name of a repository; UsageError if not."""
    parts = repo.split("/")
    if (
        len(parts) != 2
        or not all(_NAME.fullmatch(part) and ".." not in part and "--" not in part for part in parts)
        or repo.endswith(".git")
    ):
        raise UsageError(f'"{repo:.100}" is no name of a repository; write USER/NAME with letters, digits, "-", "_" and "."')
    return repo


def _listed(entry: Any) -> Listed:
    return Listed(str(entry.path), int(entry.size), str(entry.blob_id), str(entry.lfs.sha256) if entry.lfs else None)


def _operations(change: Change, wanted: set[str]) -> Iterator[Any]:
    """What of ``change`` is still to be done, in the client's words. Made anew for each attempt: they remember theirs."""
    from huggingface_hub import CommitOperationAdd, CommitOperationCopy, CommitOperationDelete

    for upload in change.uploads:
        if upload.path in wanted:
            yield CommitOperationAdd(upload.path, upload.source if isinstance(upload.source, bytes) else str(upload.source))
    for copy in change.copies:
        if copy.path in wanted:
            yield CommitOperationCopy(copy.listed.path, copy.path, src_revision=copy.revision)
    yield from (CommitOperationDelete(path) for path in change.deletions if path in wanted)
