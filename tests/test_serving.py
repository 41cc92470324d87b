"""`mkdocs serve`: a change of a record is on the page in two seconds, and each page is what a build would have made of it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from muniment import serving, shell
from muniment.mkdocs_plugin import build
from muniment.shell import Written

LONGEST = 60.0  # seconds for anything on the busiest machine
_SCRIPT = re.compile(rb"<script>\nvar livereload = .*?</script>", re.DOTALL)
# The engine makes these; they follow at the next whole build.
_LEFT = re.compile(r"search/|sitemap|assets/|.*handbook/|404\.html")


class Bundle:
    """Files to be put into a folder, and how often they were."""

    def __init__(self, top: Path, **files: str) -> None:
        self.top, self.files, self.times = top, files, 0

    def make(self) -> Written:
        self.times += 1
        return shell.put(self.top, [(name, text.encode()) for name, text in self.files.items()])


def seen(live: serving.Live, top: Path, path: str) -> str | None:
    with live.fresh(path):
        return (top / path).read_text(encoding="utf-8") if (top / path).exists() else None


def test_only_the_bundle_of_a_file_is_made_anew(tmp_path: Path) -> None:
    old = [Bundle(tmp_path, a="1", b="1"), Bundle(tmp_path, c="1")]
    live = serving.Live(tmp_path)
    live.made([bundle.make() for bundle in old])
    new = [Bundle(tmp_path, a="2", b="2"), Bundle(tmp_path, c="2")]
    live.renew([bundle.make for bundle in new])
    assert seen(live, tmp_path, "b") == "2"
    assert seen(live, tmp_path, "a") == "2"
    assert [bundle.times for bundle in new] == [1, 0]
    assert seen(live, tmp_path, "c") == "2"
    assert [bundle.times for bundle in new] == [1, 1]


def test_a_file_that_moved_to_another_bundle_is_found_there(tmp_path: Path) -> None:
    live = serving.Live(tmp_path)
    live.made([bundle.make() for bundle in (Bundle(tmp_path, a="1", b="1"), Bundle(tmp_path, c="1"))])
    live.renew([bundle.make for bundle in (Bundle(tmp_path, n="2", a="2"), Bundle(tmp_path, b="2", c="2"))])
    assert [seen(live, tmp_path, name) for name in "abcn"] == ["2", "2", "2", "2"]


def test_a_bundle_that_lost_a_file_does_not_take_it_from_its_new_one(tmp_path: Path) -> None:
    live = serving.Live(tmp_path)
    live.made([bundle.make() for bundle in (Bundle(tmp_path, a="1", b="1"), Bundle(tmp_path, c="1"))])
    live.renew([bundle.make for bundle in (Bundle(tmp_path, a="2"), Bundle(tmp_path, b="2", c="2"))])
    assert [seen(live, tmp_path, name) for name in "cab"] == ["2", "2", "2"]


def test_what_no_bundle_makes_any_more_is_gone(tmp_path: Path) -> None:
    live = serving.Live(tmp_path)
    live.made([bundle.make() for bundle in (Bundle(tmp_path, a="1", b="1"), Bundle(tmp_path, c="1"))])
    live.renew([Bundle(tmp_path, a="2").make])
    assert [seen(live, tmp_path, name) for name in "bca"] == [None, None, "2"]


def test_a_file_of_the_engine_makes_nothing(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("", encoding="utf-8")
    live, bundle = serving.Live(tmp_path), Bundle(tmp_path, a="2")
    live.made([Bundle(tmp_path, a="1").make()])
    live.renew([bundle.make])
    assert seen(live, tmp_path, "style.css") == ""
    assert bundle.times == 0


def test_who_asked_before_a_change_is_not_told_that_the_old_page_is_the_new_one(tmp_path: Path) -> None:
    """The engine's server waits for the renewal between our look at the page and its own."""
    live = serving.Live(tmp_path)
    live.made([Bundle(tmp_path, a="1").make()])
    with live.fresh("a"):
        renewal = threading.Thread(target=live.renew, args=([Bundle(tmp_path, a="2").make],))
        renewal.start()
        renewal.join(LONGEST)
        assert (tmp_path / "a").read_text(encoding="utf-8") == "2"


def test_a_folder_without_its_slash_is_the_page_that_its_reader_is_sent_to(tmp_path: Path) -> None:
    asked: list[str] = []
    live = serving.Live(tmp_path)
    live.made([Written(frozenset({"a/index.html"}), 1, 0), Written(frozenset({"b/index.html"}), 1, 0)])

    def making(name: str) -> Callable[[], Written]:
        return lambda: (asked.append(name), Written(frozenset({f"{name}/index.html"}), 1, 0))[1]

    live.renew([making("a"), making("b")])
    answer = live.app(lambda *_: [b"served"], "/sub/")
    for path in ("/elsewhere/a/", "/livereload/1/2", "/sub/b"):
        assert list(answer({"PATH_INFO": path}, None)) == [b"served"]
    assert asked == ["b"]


class Server:
    """A real `mkdocs serve` over a registry."""

    def __init__(self, root: Path, port: int, log: Path) -> None:
        self.root, self.url, self.log = root, f"http://127.0.0.1:{port}/", log
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
                cwd=root,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        end = time.monotonic() + LONGEST
        while b"Serving on" not in log.read_bytes():
            assert self.process.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < end, log.read_text(encoding="utf-8")
            time.sleep(0.05)

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.url + path, timeout=LONGEST) as answer:  # noqa: S310 - our own server
            return bytes(answer.read())

    def status(self, path: str) -> int:
        try:
            self.get(path)
        except urllib.error.HTTPError as error:
            return error.code
        return 200

    def page(self, path: str) -> bytes:
        """As a build writes it: without the script that the server adds."""
        return _SCRIPT.sub(b"", self.get(path))

    def changed(self, change: Callable[[], object], path: str) -> None:
        """From a change to the page, as an open browser sees it: told of something new, it asks again."""
        found = re.search(rb"livereload\((\d+), \d+\)", self.get(path))
        assert found is not None
        epoch = int(found[1])
        # The server compares times, so a change must not follow upon the last look at once.
        time.sleep(1)
        began = time.monotonic()
        change()
        while int(self.get(f"livereload/{epoch}/1")) <= epoch:
            assert time.monotonic() < began + LONGEST
        self.get(path)

    def worked(self) -> float:
        """Seconds of processor that the server has had."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def whole_builds(self) -> int:
        return self.log.read_text(encoding="utf-8").count("Documentation built in")


@pytest.fixture(scope="module")
def registry(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(demonstration, tmp_path_factory.mktemp("edited") / "registry"))


@pytest.fixture(scope="module")
def server(registry: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = registry / "mkdocs.yml"
    text = re.sub(
        r"(?m)^site_url: .*$", f"site_url: http://127.0.0.1:{port}/", config.read_text(encoding="utf-8")
    )
    config.write_text(text, encoding="utf-8")
    running = Server(registry, port, tmp_path_factory.mktemp("log") / "serve.txt")
    yield running
    running.process.send_signal(signal.SIGINT)  # as by Ctrl-C, after which the engine tidies up
    running.process.wait()


def replaced(path: Path, old: str, new: str) -> Callable[[], object]:
    text = path.read_text(encoding="utf-8")
    assert old in text
    return lambda: path.write_text(text.replace(old, new, 1), encoding="utf-8")


def differing(server: Server, site: Path) -> list[str]:
    """The files of a build that the server gives otherwise."""
    paths = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    return [
        path
        for path in sorted(paths)
        if not _LEFT.match(path) and server.page(path) != (site / path).read_bytes()
    ]


STAFF = "records/organization/staff/YG0012/YG0012.yaml"


@pytest.mark.xdist_group("serving")
def test_a_change_of_a_record_is_on_the_page_within_two_seconds(server: Server) -> None:
    before, path = server.whole_builds(), server.root / STAFF
    spent = []
    for name in ("何思齐一", "何思齐二", "何思齐"):
        change = replaced(path, re.findall(r"(?m)^name: (.*)$", path.read_text(encoding="utf-8"))[0], name)
        began = server.worked()
        server.changed(change, "records/YG/YG0012/")
        spent.append(server.worked() - began)
        assert f"{name}</h1>".encode() in server.get("records/YG/YG0012/")
    assert server.whole_builds() == before
    # The engine waits for up to 0.85 seconds; how long the rest takes on a busy machine says nothing, how much it works does.
    assert min(spent) < 1.15


@pytest.mark.xdist_group("serving")
def test_after_changes_every_page_is_what_a_build_makes(server: Server, tmp_path: Path) -> None:
    before, root = server.whole_builds(), server.root
    old, new = root / "records/organization/staff/YG0012", root / "records/organization/staff/YG0912"

    def change() -> None:
        replaced(root / STAFF, "name: 何思齐", "name: 何思齐君")()
        shutil.copytree(old, new)
        (new / "YG0012.yaml").rename(new / "YG0912.yaml")
        replaced(new / "YG0912.yaml", "number: YG0012", "number: YG0912")()
        shutil.rmtree(root / "records/organization/staff/YG0011")

    server.changed(change, "registers/staff/")
    build(root, tmp_path / "site", draft=True)
    assert differing(server, tmp_path / "site") == []
    assert server.status("records/YG/YG0912/") == 200
    assert server.status("records/YG/YG0011/") == 404
    assert server.whole_builds() == before


@pytest.mark.xdist_group("serving")
def test_a_fault_is_said_on_every_page_and_its_mending_too(server: Server) -> None:
    path = server.root / "records/policy/review/review.yaml"
    sound = path.read_text(encoding="utf-8")
    server.changed(lambda: path.write_text(f"{sound}nonsense: 1\n", encoding="utf-8"), "en/documents/")
    shown = server.get("en/documents/").decode()
    assert re.search(r"Draft, not for use: the check finds \d+ errors \([^)]*SCH003", shown)
    assert "records/policy/review/review.yaml" in server.log.read_text(encoding="utf-8")
    server.changed(lambda: path.write_text(sound, encoding="utf-8"), "en/documents/")
    assert "SCH003" not in server.get("en/documents/").decode()


@pytest.mark.xdist_group("serving")
def test_what_is_not_a_record_takes_a_whole_build(server: Server) -> None:
    before, own = server.whole_builds(), server.root / "docs" / "zh" / "own.md"
    own.parent.mkdir(parents=True, exist_ok=True)
    server.changed(lambda: own.write_text("# 须知\n", encoding="utf-8"), "documents/")
    assert server.whole_builds() == before + 1
    assert "须知" in server.get("handbook/own/").decode()


@pytest.mark.xdist_group("serving")
def test_a_commit_takes_a_whole_build(server: Server) -> None:
    before = server.whole_builds()
    git = ["git", "-C", str(server.root), "-c", "user.name=x", "-c", "user.email=x@company.example"]
    commit = [*git, "commit", "--quiet", "--all", "--no-gpg-sign", "--message", "Change"]
    server.changed(lambda: subprocess.run(commit, check=True), "documents/")
    assert server.whole_builds() == before + 1
