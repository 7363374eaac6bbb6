"""A tiny language model, trained from scratch on talks of our own reference players: real text for the engines' tests.

``python tests/engines/tiny.py [FOLDER]`` makes it; a folder that holds one already is left alone. It has a tokenizer and
a chat template of its own, knows when to stop and commits in the format; it can also think first (``enable_thinking``).
It is far too small to play well, and no test asks that of it.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmark import api
from benchmark.running.drive import drive
from benchmark.streams import stream
from benchmark.vocabulary import Completion, Message, Request
from models.reference import honest

WORLDS = 700
STEPS = 360
ROWS = 6
LONGEST = 1100
"""Tokens of a training text; what is longer is cut at its front, so that the replies stay."""
SECONDS = 400.0
"""No step is begun after so many seconds; two idle cores need some 110."""
ROOM = 2048

TEMPLATE = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n"
    "{% if enable_thinking is defined and enable_thinking %}<think>\n{% endif %}{% endif %}"
)
THOUGHT = "Let us see.\n</think>\n\n"
"""What the model is taught to think, at the end of a prompt that opens a thought."""


def made(folder: Path | None = None) -> Path:
    """The folder of the model: given, from PARLEY_TINY_MODEL, or in .cache under a name that changes with this file."""
    digest = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]
    cache = Path(__file__).resolve().parents[2] / ".cache"
    given = folder or os.environ.get("PARLEY_TINY_MODEL")
    place = Path(given) if given else cache / f"tiny-{digest}"
    if not (place / "config.json").exists():
        if not given:
            cache.mkdir(exist_ok=True)
            (cache / ".gitignore").write_text("*\n", "utf-8")
        unfinished = place.with_name(f"{place.name}.{os.getpid()}")
        train(unfinished)
        shutil.rmtree(place, ignore_errors=True)
        unfinished.rename(place)
    return place


def dialogues(worlds: int, seed: int = 1) -> list[tuple[Message, ...]]:
    """Chats of the honest player with its replies, one for each instance and each commit."""
    plan = api.make_plan(api.Wish(model="reference:honest", tasks=("mutual_friend",), conditions=("private",), n=worlds, seed=seed))
    chats: list[tuple[Message, ...]] = []

    async def complete(request: Request) -> Completion:
        text = honest(request)
        if request.schema:
            chats.append((*request.chat, ("assistant", text)))
        return Completion(text)

    async def play() -> None:
        for planned in plan.episodes():
            await drive(planned, planned.world(), complete)

    asyncio.run(play())
    return chats


def tokenizer_of(chats: list[tuple[Message, ...]]) -> Any:
    """A byte-level BPE tokenizer learned on ``chats``."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    bare = Tokenizer(models.BPE())
    bare.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bare.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=2040,
        show_progress=False,
        special_tokens=["<|pad|>", "<|im_start|>", "<|im_end|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    bare.train_from_iterator((content for chat in chats[:400] for _, content in chat), trainer)
    bare.add_tokens([AddedToken("<think>", special=False), AddedToken("</think>", special=False)])
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=bare, eos_token="<|im_end|>", pad_token="<|pad|>", model_max_length=ROOM)
    tokenizer.chat_template = TEMPLATE
    return tokenizer


def texts(chats: list[tuple[Message, ...]], tokenizer: Any) -> Iterator[tuple[list[int], list[int]]]:
    """(token ids, targets) of each chat, in random order; the target is -100 wherever no reply is to be learned."""
    start, end = tokenizer.convert_tokens_to_ids(["<|im_start|>", "<|im_end|>"])
    speaker, opening = tokenizer("assistant\n").input_ids, tokenizer("<think>\n").input_ids
    draws = stream(0, "tiny")
    for chat in draws.shuffled(chats):
        thinks = draws.chance(0.5)
        *before, (_, reply) = chat[: 2 * draws.between(1, len(chat) // 2)] if thinks else chat
        thought = "<think>\n" + THOUGHT if thinks else ""
        messages = [{"role": role, "content": content} for role, content in [*before, ("assistant", thought + reply)]]
        ids = tokenizer(tokenizer.apply_chat_template(messages, tokenize=False), add_special_tokens=False).input_ids
        targets, speaking = [-100] * len(ids), False
        for at, token in enumerate(ids):
            if speaking:
                targets[at] = token
            if token == end:
                speaking = False
            if ids[max(0, at - len(speaker)) : at + 1] == [start, *speaker]:
                speaking = True
        for at in range(len(ids)):
            if ids[at : at + len(opening)] == opening:  # the template opens it, not the model
                targets[at : at + len(opening)] = [-100] * len(opening)
        yield ids[-LONGEST:], targets[-LONGEST:]


def train(folder: Path) -> None:
    """Trains the model and saves it with its tokenizer in ``folder``."""
    # Threads that wait by spinning take the cores from each other: many times slower where others use the machine too.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    import torch
    from transformers import GenerationConfig, LlamaConfig, LlamaForCausalLM

    chats = dialogues(WORLDS)
    tokenizer = tokenizer_of(chats)
    end, pad = tokenizer.eos_token_id, tokenizer.pad_token_id
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=2048, hidden_size=128, intermediate_size=352, num_hidden_layers=3, num_attention_heads=4, num_key_value_heads=4,
        max_position_embeddings=ROOM, tie_word_embeddings=True, bos_token_id=None, eos_token_id=end, pad_token_id=pad,
    )  # fmt: skip
    model = LlamaForCausalLM(config)
    model.generation_config = GenerationConfig(eos_token_id=end, pad_token_id=pad)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.01, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=STEPS, pct_start=0.1)
    samples, began = texts(chats, tokenizer), time.monotonic()
    for step in range(STEPS):
        batch = [next(samples, None) for _ in range(ROWS)]
        rows = [row for row in batch if row]
        if time.monotonic() - began > SECONDS:
            break
        if not rows:
            samples = texts(chats, tokenizer)
            continue
        width = max(len(ids) for ids, _ in rows)
        ids = torch.tensor([row + [pad] * (width - len(row)) for row, _ in rows])
        targets = torch.tensor([row + [-100] * (width - len(row)) for _, row in rows])
        hidden = model.model(input_ids=ids).last_hidden_state[:, :-1]
        learned = targets[:, 1:] != -100
        loss = torch.nn.functional.cross_entropy(model.lm_head(hidden[learned]), targets[:, 1:][learned])
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 20 == 0:
            print(f"tiny model: step {step} of {STEPS}, loss {loss.item():.2f}, {time.monotonic() - began:.0f} s", file=sys.stderr)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


if __name__ == "__main__":
    print(made(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
