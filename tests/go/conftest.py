"""Go's verifiers of signed notes and logs, asked through one small program."""

import base64
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

PROGRAM = Path(__file__).parent / "interop" / "main.go"
SOURCES = Path("/usr/share/gocode")  # where Debian keeps Go's libraries


class Go:
    """Go, answering questions; interop/main.go lists the verbs."""

    def __init__(self, program: Path) -> None:
        self._program = program

    def ask(self, *questions: dict[str, Any]) -> list[dict[str, Any]]:
        """Answer each question with {"ok": ...} or {"refused": reason}."""
        asked = json.dumps(questions, default=_base64)
        run = subprocess.run(
            [self._program], input=asked.encode(), stdout=subprocess.PIPE, check=True
        )
        return json.loads(run.stdout)

    def tell(self, do: str, **fields: Any) -> Any:
        """Answer one question that Go must not refuse."""
        (answer,) = self.ask({"do": do, **fields})
        assert "refused" not in answer, answer
        return answer["ok"]


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.fixture(scope="session")
def go(tmp_path_factory: pytest.TempPathFactory) -> Go:
    """Build the program once, from Debian's sources and without a network."""
    command = shutil.which("go")
    if not command or not (SOURCES / "src/golang.org/x/mod/sumdb").is_dir():
        pytest.skip("Go is not here: golang-go and golang-golang-x-mod-dev are needed")
    folder = tmp_path_factory.mktemp("go")
    settings = {
        "CGO_ENABLED": "0",
        "GO111MODULE": "off",
        "GOCACHE": str(folder / "cache"),
        "GOFLAGS": "",
        "GOPATH": str(SOURCES),
    }
    subprocess.run(
        [command, "build", "-o", folder / "interop", PROGRAM],
        env={**os.environ, **settings},
        check=True,
    )
    return Go(folder / "interop")
