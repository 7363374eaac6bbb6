"""How a model is asked for: the grammar of specs, what they must not hold, and that engines load only when used."""

import asyncio
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import models
from benchmark.vocabulary import Sampling, UsageError
from models.reference import PLAYERS
from models.spec import SCHEMES, Spec, parse_spec

PRINTABLE = st.characters(blacklist_categories=["C", "Z"], blacklist_characters="@")  # an at-sign may begin a credential
OPTION_NAMES = st.sampled_from(["base", "timeout", "p", "key_env", "max_tokens_field"])


def refusal(text: str, **defaults: str) -> str:
    with pytest.raises(UsageError) as caught:
        parse_spec(text, defaults)
    return str(caught.value)


def test_a_spec_is_a_scheme_a_name_and_options() -> None:
    spec = parse_spec("openai:gpt-x?base_url=http://localhost:8000/v1&timeout=5", {})

    assert spec == Spec("openai", "gpt-x", {"base_url": "http://localhost:8000/v1", "timeout": "5"})


def test_a_name_may_hold_colons_slashes_and_percent_signs() -> None:
    assert parse_spec("openai:ft:gpt/x:org::7%20", {}).name == "ft:gpt/x:org::7%20"


def test_values_are_percent_decoded_and_a_plus_stays_a_plus() -> None:
    assert parse_spec("openai:x?base_url=http%3A%2F%2Fh%2Fv1%3Fa%3D1%26b%3D2&timeout=+5", {}).options == {
        "base_url": "http://h/v1?a=1&b=2",
        "timeout": "+5",
    }


def test_what_the_spec_says_wins_over_the_defaults() -> None:
    spec = parse_spec("openai:x?timeout=5", {"timeout": "9", "base_url": "http://h/v1", "retries": None})

    assert spec.options == {"timeout": "5", "base_url": "http://h/v1"}


def test_equal_specs_read_the_same_whatever_the_order_and_case_they_came_in() -> None:
    one, other = parse_spec("OpenAI:x?retries=1&timeout=2", {}), parse_spec("openai:x?timeout=%32&retries=1", {})

    assert one == other
    assert hash(one) == hash(other)
    assert str(one) == str(other) == "openai:x?retries=1&timeout=2"


@given(st.text(PRINTABLE.filter(lambda c: c != "?"), min_size=1), st.dictionaries(OPTION_NAMES, st.text(PRINTABLE | st.just(" "))))
def test_a_spec_parses_back_from_its_normal_form(name: str, options: dict[str, str]) -> None:
    spec = Spec("openai", name, options)

    assert parse_spec(str(spec), {}) == spec


def test_a_spec_travels_to_another_process() -> None:
    spec = parse_spec("openai:x?timeout=2", {})

    assert pickle.loads(pickle.dumps(spec)) == spec  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("opnai:gpt-x", "did you mean openai?"),
        ("refrence:honest", "did you mean reference?"),
        ("zzz:x", "known: reference, openai"),
        ("gpt-x", "scheme:name"),
        ("", "scheme:name"),
        ("openai:", "scheme:name"),
        ("openai:?timeout=1", "scheme:name"),
        ("openai:x?timeout", "key=value"),
        ("openai:x?timeout=1&", "key=value"),
        ("openai:x?=1", "key=value"),
        ("openai:x?time out=1", "key=value"),
        ("openai:x?timeout=1&timeout=2", "twice"),
        ("openai:x?timeout=%ff", "percent-encoded"),
        ("openai:x?timeout=%0a", "cannot be printed"),
        ("openai:x\ud800", "cannot be printed"),
        ("openai:x\n", "cannot be printed"),
    ],
)
def test_a_malformed_spec_is_refused_with_what_to_write(text: str, advice: str) -> None:
    assert advice in refusal(text)


SECRET = "hunter2-hunter2"


@pytest.mark.parametrize(
    "text",
    [
        f"openai:x?base_url=http://me:{SECRET}@host/v1",
        f"openai:x?base_url=http://{SECRET}@host/v1",
        f"openai:x?base_url=http%3A%2F%2Fme%3A{SECRET}%40host%2Fv1",
        f"openai:x?base_url=me:{SECRET}@host/v1",
        f"openai:x?base_url=http://me:a/{SECRET}@host/v1",
        f"openai:x?base_url=http://host/v1?key={SECRET}",
        f"openai:x?api_key={SECRET}",
        f"openai:x?key={SECRET}",
        f"openai:x?API-Key={SECRET}",
        f"openai:x?token={SECRET}",
        f"openai:x?timeout=1&timeout=2&api_key={SECRET}",
        f"openai:http://me:{SECRET}@host/v1",
        f"http://me:{SECRET}@host/v1",
        f"opnai:x?api_key={SECRET}",
        f"gpt-x?api_key={SECRET}",
        f"openai:x\n?key={SECRET}",
    ],
)
def test_a_credential_in_a_spec_is_refused_and_not_repeated(text: str) -> None:
    assert SECRET not in refusal(text)


def test_a_key_in_a_spec_is_refused_with_the_advice_to_use_key_env() -> None:
    assert "key_env=NAME" in refusal(f"openai:x?api_key={SECRET}")
    assert "key_env=NAME" in refusal("openai:x", key=SECRET)


def test_a_credential_among_the_defaults_is_refused_and_not_repeated() -> None:
    message = refusal("openai:x", base_url=f"http://me:{SECRET}@host/v1")

    assert "base_url" in message
    assert SECRET not in message


def test_options_are_read_as_numbers_and_truths_within_bounds() -> None:
    spec = parse_spec("openai:x?timeout=0.5&retries=3&structured=True", {})

    assert spec.number("timeout", 120, 0, 10) == 0.5
    assert spec.count("retries", 6, 0, 10) == 3
    assert spec.count("absent", 6, 0, 10) == 6
    assert spec.flag("structured") is True
    assert spec.flag("absent") is False


@pytest.mark.parametrize("given_value", ["x", "nan", "inf", "-1", "11", "", "1.5"])
def test_a_number_that_cannot_be_is_refused_with_its_name_and_what_was_given(given_value: str) -> None:
    spec = parse_spec(f"openai:x?retries={given_value}", {})

    with pytest.raises(UsageError, match=rf'retries of openai:x .*"{given_value}"'):
        spec.count("retries", 6, 0, 10)


def test_an_option_an_engine_does_not_know_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean timeout"):
        parse_spec("openai:x?timout=1", {}).allow(["timeout", "retries"])


def test_every_scheme_is_listed_with_what_it_takes() -> None:
    listed = models.names()

    assert set(SCHEMES) <= {name.partition(":")[0] for name in listed}
    assert {f"reference:{player}" for player in PLAYERS} < set(listed)
    assert all(line and "\n" not in line for line in listed.values())


def test_listing_models_and_parsing_specs_loads_no_engine() -> None:
    code = (
        "import sys, models; models.names(); models.parse_spec('openai:x');"
        "print([name for name in sys.modules if name == 'aiohttp' or name.startswith('models.')])"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])

    assert loaded.stdout.strip() == "['models.spec', 'models.reference']"


OWN_ENGINE = """
from contextlib import asynccontextmanager
from benchmark.vocabulary import Completion

class Echo:
    def __init__(self, name): self.name, self.details = name, {}
    async def complete(self, request, sampling): return Completion(self.name)

@asynccontextmanager
async def connect(spec): yield Echo(spec.options["word"])
"""


def test_an_engine_of_ones_own_is_named_by_module_and_function(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own_package").mkdir()
    (tmp_path / "own_package" / "echo.py").write_text(OWN_ENGINE)
    monkeypatch.syspath_prepend(tmp_path)

    async def ask() -> str:
        async with models.connect(parse_spec("own_package.echo:connect?word=hi", {})) as model:
            return (await model.complete(None, Sampling())).text  # type: ignore[arg-type]

    assert asyncio.run(ask()) == "hi"


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("no_such.package:connect", "PYTHONPATH"),
        ("benchmark.streams:no_such", "no function no_such"),
        ("benchmark.quoting:READY", "takes a models.Spec"),
    ],
)
def test_an_engine_of_ones_own_that_is_not_there_is_a_wrong_usage(text: str, advice: str) -> None:
    with pytest.raises(UsageError, match=advice):
        models.connect(parse_spec(text, {}))


def test_an_engine_that_lacks_a_package_says_which_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own_package_2").mkdir()
    (tmp_path / "own_package_2" / "engine.py").write_text("import a_library_nobody_has")
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(UsageError, match="Install a_library_nobody_has"):
        models.connect(parse_spec("own_package_2.engine:connect", {}))
