"""A price holds for a model at its vendor's own address; what is not known is not free; a file of prices says what is wrong in it."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.prices import Price, as_document, cost, dollars, prices_of, recorded, tokens, used
from benchmark.vocabulary import FolderError, Usage, UsageError
from tests.test_cli import bench

TABLE = tomllib.loads((Path(__file__).parents[1] / "benchmark" / "prices.toml").read_text("utf-8"))["price"]


def price(spec: str, path: Path | None = None) -> Price | None:
    return prices_of([spec], path)[spec]


def written(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


@pytest.mark.parametrize("entry", TABLE[1:], ids=lambda entry: entry["model"][0])
def test_every_listed_price_has_a_date_a_source_and_a_place(entry: dict[str, object]) -> None:
    assert isinstance(entry["noted"], date)
    assert str(entry["source"]).startswith("https://")
    assert str(entry["base_url"]).startswith("https://")
    assert 0 < float(str(entry.get("cached", entry["prompt"]))) <= float(str(entry["prompt"])) < float(str(entry["completion"]))


@pytest.mark.parametrize("spec", ["reference:honest", "reference:forgetful?p=0.5", "hf:./m?device=cpu", "vllm:Qwen/Qwen3-8B", "human:A"])
def test_what_is_played_on_this_machine_is_known_to_be_free(spec: str) -> None:
    assert price(spec) == Price(0, 0, 0)


@pytest.mark.parametrize(
    ("spec", "known"),
    [
        ("openai:gpt-4.1-mini", True),
        ("openai:gpt-4.1-mini?key_env=OTHER&structured=true", True),
        ("openai:gpt-4.1-mini?base_url=https://api.openai.com/v1/", True),
        ("openai:gpt-4.1-mini?base_url=http://api.openai.com.example.org/v1", False),
        ("openai:gpt-4.1-mini?base_url=http://localhost:8000/v1", False),
        ("openai:gpt-4.1-mini-tuned", False),
        ("openai:gpt-4.1-mini-2025-04-14", True),
        ("openai:gpt-4o-2024-05-13", False),
        ("openai:Gpt-4.1-mini", False),
        ("openai:claude-sonnet-4-20250514", False),
        ("openai:claude-sonnet-4-20250514?base_url=https://api.anthropic.com/v1/", True),
        ("litellm:openai/gpt-4.1-mini", True),
        ("litellm:azure/gpt-4.1-mini", False),
        ("litellm:openai/gpt-4.1-mini?api_base=http://localhost:1/v1", False),
        ("my.module:connect", False),
    ],
)
def test_a_listed_price_holds_at_the_vendors_own_address_alone(spec: str, known: bool) -> None:
    assert (price(spec) is not None) == known


def test_a_users_price_comes_first_and_holds_anywhere_or_where_it_says(tmp_path: Path) -> None:
    path = written(
        tmp_path / "mine.toml",
        '[[price]]\nmodel = "openai:gpt-4.1-mini"\nbase_url = "http://far:1/v1"\nprompt = 7\ncompletion = 8\n'
        '[[price]]\nmodel = ["openai:gpt-*", "my.module:f"]\nprompt = 1.5\ncached = 0.5\ncompletion = 2\nnoted = 2026-01-02\n',
    )

    assert price("openai:gpt-4.1-mini?base_url=http://far:1/v2", path) == Price(7.0, 7.0, 8.0)
    assert price("openai:gpt-4.1-mini", path) == Price(1.5, 0.5, 2.0, "2026-01-02")
    assert price("openai:gpt-9?base_url=http://else/v1", path) == price("my.module:f", path) == Price(1.5, 0.5, 2.0, "2026-01-02")
    assert price("openai:o4-mini", path) == price("openai:o4-mini")


ONE = '[[price]]\nmodel = "a:b"\nprompt = 1\ncompletion = 1\n'

WRONG = {
    "x": ("[[price]", "not TOML"),
    "none": ("", "hold no price"),
    "flat": ("price = 3", "hold no price"),
    "outside": ('prompt = 3\n[[price]]\nmodel = "a:b"\nprompt = 1\ncompletion = 1', '"prompt" outside a price'),
    "missing": ('[[price]]\nmodel = "openai:x"\nprompt = 1', "price 1 (openai:x): completion is missing"),
    "no model": ("[[price]]\nprompt = 1\ncompletion = 1", "price 1 (no model): model must be a text"),
    "second": (f'{ONE}[[price]]\nmodel="c:d"\nprompt="1"\ncompletion=1', "price 2 (c:d): prompt must"),
    "negative": ('[[price]]\nmodel = "a:b"\nprompt = 1\ncompletion = -1', "completion must be US dollars per million tokens, and is -1"),
    "nan": ('[[price]]\nmodel = "a:b"\nprompt = nan\ncompletion = 1', "prompt must be"),
    "bool": ('[[price]]\nmodel = "a:b"\nprompt = 1\ncached = true\ncompletion = 1', "cached must be"),
    "key": ('[[price]]\nmodel = "a:b"\nprompt = 1\ncompletions = 1', 'no key "completions"; did you mean completion'),
    "options": ('[[price]]\nmodel = "a:b?base_url=c"\nprompt = 1\ncompletion = 1', "goes into base_url"),
    "scheme": ('[[price]]\nmodel = "gpt-4"\nprompt = 1\ncompletion = 1', "scheme:name"),
    "place": ('[[price]]\nmodel = "a:b"\nbase_url = "here"\nprompt = 1\ncompletion = 1', "base_url must be a URL"),
}  # fmt: skip


@pytest.mark.parametrize("which", WRONG)
def test_a_wrong_file_of_prices_is_wrong_usage_and_the_key_is_named(tmp_path: Path, which: str) -> None:
    text, words = WRONG[which]
    path = written(tmp_path / "mine.toml", text)
    with pytest.raises(UsageError) as raised:
        price("openai:x", path)

    assert words in str(raised.value)
    assert "mine.toml" in str(raised.value)


def test_the_file_may_be_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_PRICES", str(written(tmp_path / "p.toml", '[[price]]\nmodel = "reference:*"\nprompt = 1\ncompletion = 1\n')))
    assert json.loads(bench("plan", "--model", "reference:honest", "--json").stdout)["cost"] > 0

    monkeypatch.setenv("PARLEY_PRICES", str(tmp_path / "nowhere.toml"))
    refused = bench("plan", "--model", "reference:honest")
    assert refused.exit_code == 2
    assert "nowhere.toml" in refused.output


usages = st.builds(Usage, *[st.integers(0, 10**9)] * 3)


@given(st.lists(st.tuples(st.sampled_from("AB"), usages), max_size=6))
def test_cached_tokens_are_a_part_of_the_prompt_and_nothing_is_counted_twice(calls: list[tuple[str, Usage]]) -> None:
    prices = {"x": Price(2.0, 0.5, 8.0), "y": Price(1.0, 1.0, 1.0)}
    use = used({"A": "x", "B": "y"}, calls)
    exact = sum(
        (u.prompt - min(u.cached, u.prompt)) * 2 + min(u.cached, u.prompt) * 0.5 + u.completion * 8
        if seat == "A"
        else u.prompt + u.completion
        for seat, u in calls
    )

    assert tokens(use) == sum(u.prompt + u.completion for _, u in calls)
    if all(u.cached <= u.prompt for _, u in calls):
        assert cost(use, prices) == pytest.approx(exact / 1e6)
    assert 0 <= cost(use, {**prices, "y": None}) <= cost(use, prices)


def test_prices_go_into_run_json_and_come_back() -> None:
    prices = prices_of(["openai:gpt-5", "my.module:f", "reference:honest"])

    assert recorded({"prices": json.loads(json.dumps(as_document(prices)))}) == [prices]
    assert recorded({}) == [{}]
    with pytest.raises(FolderError, match=r"run\.json holds prices"):
        recorded({"prices": {"x": {"prompt": 1}}})


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "$0.00"), (0.000123, "$0.00012"), (0.05, "$0.050"), (0.5, "$0.50"), (1.234, "$1.23"), (12345.6, "$12,345.60")],
)
def test_small_amounts_keep_two_figures(amount: float, shown: str) -> None:
    assert dollars(amount) == shown


def test_a_plan_says_what_it_would_cost_or_whose_price_is_missing() -> None:
    game = ("--task", "mutual_friend", "--condition", "private", "--n", "10")
    priced = json.loads(bench("plan", "--model", "openai:gpt-4.1", *game, "--json").stdout)
    against = json.loads(bench("plan", "--model", "openai:gpt-4.1", "--partner", "openai:gpt-4.1-nano", *game, "--json").stdout)
    missing = bench("plan", "--model", f"openai:m?base_url=http://localhost:8000/{'long/' * 20}v1", *game)

    assert priced["cost"] == pytest.approx((priced["prompt_tokens"] * 2 + priced["completion_tokens"] * 8) / 1e6, rel=1e-3)
    assert against["cost"] == pytest.approx(2 * priced["cost"] * (1 + 1 / 20) / 2, rel=1e-3)
    assert "no price for openai:m?base_url" in missing.stdout.replace("\n  ", " ")
    assert json.loads(bench("plan", "--model", "openai:m", *game, "--json").stdout)["cost"] is None
    assert "Cost: none." in bench("plan", "--model", "reference:honest", *game).stdout
    assert "at prices noted 2025-08-07" in bench("plan", "--model", "openai:gpt-4.1", *game).stdout
    assert max(map(len, missing.stdout.splitlines())) <= 80
