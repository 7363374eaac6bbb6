"""The openai: engine over TLS, against a real server: nobody is asked whose certificate does not hold."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import Server, in_thread

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate, and there is none here")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that signs itself, for 127.0.0.1 alone, with its key in the same file."""
    folder = tmp_path_factory.mktemp("tls")
    key, signed, both = folder / "key.pem", folder / "signed.pem", folder / "both.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    made += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(signed)]
    subprocess.run(made, check=True, capture_output=True)
    both.write_bytes(key.read_bytes() + signed.read_bytes())
    return both


@pytest.fixture
def server(certificate: Path) -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with in_thread(Server(tls=context)) as served:
        yield served


def played(server: Server, out: Path, host: str = "127.0.0.1", **environment: str) -> subprocess.CompletedProcess[str]:
    spec = f"openai:m?base_url=https://{host}:{server.port}/v1&retries=0"
    given = ["run", "--model", spec, "--task", "mutual_friend", "--n", "1", "--condition", "private", "--out", str(out)]
    return subprocess.run(
        [sys.executable, "-c", "from benchmark.cli import main; main()", *given],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_run_over_tls_is_played_to_its_end(server: Server, certificate: Path, tmp_path: Path) -> None:
    done = played(server, tmp_path / "run", SSL_CERT_FILE=str(certificate))

    assert done.returncode == 0, done.stderr
    assert server.requests


def test_a_certificate_that_nobody_vouches_for_ends_the_command_before_anything_is_asked(server: Server, tmp_path: Path) -> None:
    done = played(server, tmp_path / "run")

    assert done.returncode == 1
    assert "certificate" in done.stderr
    assert "Traceback" not in done.stderr
    assert not server.received


def test_a_certificate_for_another_host_is_none(server: Server, certificate: Path, tmp_path: Path) -> None:
    done = played(server, tmp_path / "run", host="localhost", SSL_CERT_FILE=str(certificate))

    assert done.returncode == 1
    assert "certificate" in done.stderr
    assert not server.received
