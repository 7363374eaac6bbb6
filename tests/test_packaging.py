"""What is shipped: the wheel and the sdist are built for real, listed, installed without a network and tried out."""

from __future__ import annotations

import configparser
import email.message
import email.parser
import os
import subprocess
import sys
import tarfile
import time
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import benchmark

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("benchmark", "tasks", "models", "leaderboard")
METADATA = f"parley_bench-{benchmark.__version__}.dist-info"


def python(*arguments: str, cwd: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Runs this Python away from the checkout; ``path`` is what PYTHONPATH says."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if path:
        environment["PYTHONPATH"] = str(path)
    return subprocess.run([sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def build(source: Path, kind: str, out: Path) -> Path:
    done = python("-m", "hatchling", "build", "--target", kind, "--directory", str(out), cwd=source)
    assert done.returncode == 0, done.stderr
    (made,) = out.iterdir()
    return made


@dataclass(frozen=True)
class Shipped:
    """The built files, and a folder that the wheel was installed into."""

    wheel: Path
    sdist: Path
    installed: Path

    def read(self, name: str) -> str:
        with zipfile.ZipFile(self.wheel) as archive:
            return archive.read(name).decode()

    @property
    def metadata(self) -> email.message.Message:
        return email.parser.Parser().parsestr(self.read(f"{METADATA}/METADATA"))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    wheel = build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))
    sdist = build(ROOT, "sdist", tmp_path_factory.mktemp("sdist"))
    installed = tmp_path_factory.mktemp("installed")
    offline = ("--no-deps", "--no-index", "--disable-pip-version-check", "--target", str(installed))
    done = python("-m", "pip", "install", *offline, str(wheel), cwd=installed)
    assert done.returncode == 0, done.stderr
    return Shipped(wheel, sdist, installed)


def names_in(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return sorted(archive.namelist())


def test_the_wheel_holds_the_four_packages_and_nothing_beside_them(shipped: Shipped) -> None:
    top = {name.split("/")[0] for name in names_in(shipped.wheel)}

    assert {*PACKAGES, METADATA} == top


def test_the_wheel_holds_every_file_of_the_packages(shipped: Shipped) -> None:
    """Data files, the metric and py.typed included."""
    ours = [path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file()]
    expected = sorted(path.relative_to(ROOT).as_posix() for path in ours if path.suffix != ".pyc")

    assert expected == [name for name in names_in(shipped.wheel) if not name.startswith(METADATA)]
    assert {"benchmark/py.typed", "benchmark/grounding_success/grounding_success.py"} <= set(expected)


def test_the_sdist_builds_the_same_wheel(shipped: Shipped, tmp_path: Path) -> None:
    with tarfile.open(shipped.sdist) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (source,) = (tmp_path / "unpacked").iterdir()

    again = build(source, "wheel", tmp_path / "wheel")

    assert names_in(shipped.wheel) == names_in(again)
    assert {"LICENSE", "Makefile", "README.md", "tests"} <= {path.name for path in source.iterdir()}


def test_the_metadata_says_what_the_project_says(shipped: Shipped) -> None:
    metadata = shipped.metadata
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert ("parley-bench", benchmark.__version__) == (metadata["Name"], metadata["Version"])
    assert project["requires-python"] == metadata["Requires-Python"]
    assert "Apache-2.0" == metadata["License-Expression"]
    assert (ROOT / "LICENSE").read_text("utf-8") == shipped.read(f"{METADATA}/licenses/LICENSE")
    assert {"vllm", "hf", "litellm", "ray", "dev"} <= set(metadata.get_all("Provides-Extra", []))


def test_the_base_install_is_light(shipped: Shipped) -> None:
    """Engines and their frameworks come with extras only."""
    wanted = [Requirement(text) for text in shipped.metadata.get_all("Requires-Dist", [])]
    base = {one.name.lower() for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})}

    assert base
    assert set() == base & {"torch", "vllm", "transformers", "datasets", "evaluate", "ray", "litellm", "pandas", "pyarrow"}


def test_the_command_is_called_bench(shipped: Shipped) -> None:
    scripts = configparser.ConfigParser()
    scripts.read_string(shipped.read(f"{METADATA}/entry_points.txt"))

    assert {"bench": "benchmark.cli:main"} == dict(scripts["console_scripts"])


def test_the_installed_command_runs(shipped: Shipped, tmp_path: Path) -> None:
    done = python(str(shipped.installed / "bin" / "bench"), "--version", cwd=tmp_path, path=shipped.installed)

    assert (0, "") == (done.returncode, done.stderr)
    assert benchmark.__version__ in done.stdout


def test_the_installed_packages_import_and_find_their_neighbours(shipped: Shipped, tmp_path: Path) -> None:
    code = "import benchmark, leaderboard, models, tasks; benchmark.check_neighbours(); print(benchmark.__file__, tasks.__file__)"

    done = python("-c", code, cwd=tmp_path, path=shipped.installed)

    assert [str(shipped.installed / name / "__init__.py") for name in ("benchmark", "tasks")] == done.stdout.split(), done.stderr


@pytest.mark.parametrize("foreign", ["tasks/__init__.py", "models.py"])
def test_a_foreign_package_of_the_same_name_is_named_and_not_imported(shipped: Shipped, tmp_path: Path, foreign: str) -> None:
    """Read from the folder in which a user happens to stand, say; importing it could do anything."""
    place = tmp_path / "elsewhere" / foreign
    place.parent.mkdir(parents=True)
    place.write_text("raise SystemExit('the foreign package was imported')\n")
    code = "import benchmark; benchmark.check_neighbours()"
    paths = Path(os.pathsep.join([str(tmp_path / "elsewhere"), str(shipped.installed)]))

    done = python("-c", code, cwd=tmp_path, path=paths)

    named = place.parent if place.name == "__init__.py" else place
    assert done.returncode == 1
    assert f"would come from {named}," in done.stderr
    assert "the foreign package was imported" not in done.stderr


def test_looking_for_the_neighbours_takes_no_time() -> None:
    def seconds() -> float:
        start = time.perf_counter()
        benchmark.check_neighbours()
        return time.perf_counter() - start

    assert min(seconds() for _ in range(20)) < 0.005
