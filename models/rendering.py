"""A chat as the token ids that a local model reads: its own template, its own tokenizer, and nobody's speech among the marks.

Every engine that runs a model on this machine renders here, so that equal chats are equal prompts whatever runs them.
What makes a prompt a prompt are marks: special tokens, and tokens that look like tags. Speech may hold none. One that it
would hold is broken with a space, and the marks of each prompt are then compared with those of the same chat with its
contents blanked: only what the template itself puts there may stand.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmark.vocabulary import ConnectError, Message, UsageError
from models.thoughts import is_tag, opens_thought, split

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from models.spec import Spec

OPTIONS: dict[str, str] = {
    "revision": "branch, tag or commit of the model on its hub (main)",
    "chat_template": "a file with a template in the place of the model's own",
    "enable_thinking": "true or false, handed to the template of a model that can think first",
}
"""What the spec of every local model takes after "?"."""

_TAG_LIKE = re.compile(r"\s*[<\[]\S.*[>\]]\s*", re.DOTALL)
_HALF = re.compile("[\ud800-\udfff]")
_PROBE = (("user", "x"), ("assistant", "x"), ("user", "x"))


class Unrenderable(Exception):
    """A chat that cannot become a prompt; its text says why."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model reads. ``opened``: it ends inside a thought, so that the reply begins with one."""

    ids: tuple[int, ...]
    text: str
    opened: bool


@dataclass(frozen=True, slots=True)
class Rendering:
    """One model's template and tokenizer."""

    tokenizer: Any
    arguments: dict[str, bool] = field(default_factory=dict)
    marks: frozenset[int] = frozenset()
    tags: frozenset[int] = frozenset()
    mark: re.Pattern[str] | None = None

    @classmethod
    def of(cls, tokenizer: Any, arguments: dict[str, bool] | None = None) -> Rendering:
        """For ``tokenizer``; ``arguments`` go to its template."""
        added = {number: token for number, token in tokenizer.added_tokens_decoder.items() if token.content.strip()}
        marks = {number for number, token in added.items() if token.special or _TAG_LIKE.fullmatch(token.content)}
        marks |= set(tokenizer.all_special_ids)
        written = sorted({added[number].content for number in marks if number in added}, key=lambda one: (-len(one), one))
        pattern = re.compile("|".join(map(re.escape, written))) if written else None
        tags = frozenset(number for number, token in added.items() if token.special and is_tag(token.content))
        return cls(tokenizer, arguments or {}, frozenset(marks), tags, pattern)

    def prompt(self, chat: Sequence[Message]) -> Prompt:
        """The prompt of ``chat``. Unrenderable if speech in it would still pass for a mark, or no tokenizer can take it."""
        text = self._text([(role, self._unmarked(content)) for role, content in chat])
        if _HALF.search(text):
            raise Unrenderable("half a character (a lone surrogate) stands in the prompt, and tokenizers take whole ones only")
        ids = self._ids(text)
        blank = self._ids(self._text([(role, "x") for role, _ in chat]))
        found, expected = ([number for number in each if number in self.marks] for each in (ids, blank))
        if found != expected:
            strange = sorted(set(self.tokenizer.convert_ids_to_tokens(sorted(set(found) ^ set(expected))))) or ["another number of marks"]
            raise Unrenderable(f"speech in the prompt passes for a mark of the model's chat template: {', '.join(strange)}")
        return Prompt(tuple(ids), text, opens_thought(text))

    def reply(self, ids: Sequence[int], ends: Collection[int], opened: bool) -> tuple[str, str]:
        """(thought, text) of the tokens ``ids`` that a model wrote; marks are left out, but not those of a thought."""
        written = list(ids[:-1]) if ids and ids[-1] in ends else list(ids)
        if not self.tags.intersection(written):
            return split(self._decoded(written), opened)
        parts, run = [], list[int]()
        for number in written:
            if number in self.tags:
                parts += [self._decoded(run), self.tokenizer.decode([number])]
                run = []
            else:
                run.append(number)
        return split("".join([*parts, self._decoded(run)]), opened)

    def _decoded(self, ids: list[int]) -> str:
        text: str = self.tokenizer.decode(ids, skip_special_tokens=True)
        return text

    def _unmarked(self, content: str) -> str:
        return self.mark.sub(lambda found: f"{found[0][0]} {found[0][1:]}", content) if self.mark else content

    def _text(self, chat: Iterable[Message]) -> str:
        messages = [{"role": role, "content": content} for role, content in chat]
        text: str = self.tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True, **self.arguments)
        return text

    def _ids(self, text: str) -> list[int]:
        # The template writes the opening token itself where the model wants one.
        ids: list[int] = self.tokenizer(text, add_special_tokens=False)["input_ids"]
        return ids


def load(spec: Spec) -> Rendering:
    """The rendering of a local model's spec. ConnectError or UsageError where there is none."""
    import transformers

    template = _template(spec)
    arguments = {"enable_thinking": spec.flag("enable_thinking")} if "enable_thinking" in spec.options else {}
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(spec.name, revision=spec.options.get("revision", "main"))
    except Exception as error:  # noqa: BLE001 - libraries below raise what they like for a model that is not there
        raise ConnectError(
            f"the tokenizer of {spec.scheme}:{spec.name} cannot be loaded: {first_line(error)} "
            "Give a folder with a model in the Hugging Face format, or the name of one on the hub that is in the cache or can be reached."
        ) from None
    if template is not None:
        tokenizer.chat_template = template
    if not tokenizer.chat_template:
        raise ConnectError(
            f"{spec.scheme}:{spec.name} has no chat template, so it is no model for talk. "
            "Take its instruct version, or give a template with chat_template=FILE."
        )
    rendering = Rendering.of(tokenizer, arguments)
    try:
        rendering.prompt(_PROBE)
    except Exception as error:  # noqa: BLE001 - a template can raise anything
        raise ConnectError(
            f"the chat template of {spec.scheme}:{spec.name} fails on user, assistant, user: {first_line(error)} "
            "Give a template that takes these with chat_template=FILE."
        ) from None
    return rendering


def _template(spec: Spec) -> str | None:
    given = spec.options.get("chat_template")
    if given is None:
        return None
    try:
        return Path(given).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"chat_template={given} cannot be read: {error}. Give the path of a Jinja file in UTF-8.") from None


def revision(spec: Spec) -> str:
    """What the weights are: the commit of a model from the hub, or a digest of a folder's settings and file sizes."""
    folder = Path(spec.name)
    if folder.is_dir():
        digest = hashlib.sha256()
        for path in sorted(path for path in folder.iterdir() if path.is_file()):
            small = path.suffix in (".json", ".jinja")
            digest.update(f"{path.name} {path.stat().st_size} {hashlib.sha256(path.read_bytes()).hexdigest() if small else ''}\n".encode())
        return f"sha256:{digest.hexdigest()}"
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(spec.name, "config.json", revision=spec.options.get("revision", "main"))
    return Path(found).parent.name if isinstance(found, str) else ""


def first_line(error: BaseException) -> str:
    """What an error of someone else's says, on one line that ends with a full stop."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    return lines[0][:300].rstrip(".:") + "."
