"""Open pictures, sounds and documents of strangers where nothing else can be done.

The outer loop reads no file: it takes a job, forks, and carries the answer back. The
child gives up every right before it opens the bytes: memory, time, files, sockets,
processes. Whoever takes it over by a hole in a decoder holds one file, and the pipe for
its answer.

A message is a line of JSON, then the bytes whose lengths it names.

Source: getrlimit(2), setrlimit: RLIMIT_NOFILE is one more than the highest descriptor
that can be opened, so that 0 forbids every file and every socket.
"""

import codecs
import contextlib
import ctypes
import importlib
import io
import json
import logging
import math
import os
import pkgutil
import resource
import select
import signal
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any, BinaryIO

import pypdf
from PIL import AvifImagePlugin, Image, ImageCms

from tamizdat.newsroom import pictures
from tamizdat.newsroom.cleaning import clean_file, weigh_sound
from tamizdat.newsroom.cleaning.pdf import fonts
from tamizdat.newsroom.errors import AttachmentError, LongError, PictureError

MEMORY = 1 << 30  # bytes of address space: 40 megapixels, progressive, need 0.7
CPU_SECONDS = 60
WALL_SECONDS = 180.0
# For a sound of two hours that nobody waits for, on a machine five times slower.
LONG_CPU_SECONDS, LONG_WALL_SECONDS = 600, 1_200.0
MOST = 256 << 20  # bytes of an answer
NOBODY = 65_534
SOUNDS = "sounds"  # said at its start to the process that opens them
# What strings of a PDF are written in; ISO 32000-2, 7.9.2.
_ENCODINGS = [
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le"),
    *("latin-1", "cp1252", "mac-roman", "charmap"),
]
_NEW_NETWORK, _NEW_ACCOUNTS = 0x40000000, 0x10000000  # unshare(2)
_NO_NEW_RIGHTS, _DIES_WITH_PARENT = 38, 1  # prctl(2): NO_NEW_PRIVS, PDEATHSIG

Message = tuple[dict[str, Any], list[bytes]]


def write_message(to: BinaryIO, head: dict[str, Any], parts: list[bytes]) -> None:
    """Write a head and its bytes."""
    line = json.dumps({**head, "parts": [len(part) for part in parts]})
    to.write(line.encode() + b"\n")
    to.writelines(parts)
    to.flush()


def read_message(source: BinaryIO) -> Message | None:
    """Read a head and its bytes; None at the end.

    Raises:
        ValueError: it is not whole, or no message.
    """
    line = source.readline(1 << 16)
    if not line:
        return None
    try:
        head = json.loads(line)
    except RecursionError as error:
        raise ValueError("expected a head that is not deep") from error
    lengths = head.pop("parts", None) if isinstance(head, dict) else None
    if not isinstance(lengths, list) or not all(map(_is_length, lengths)):
        raise ValueError("expected lengths of parts")
    parts = [source.read(length) for length in lengths]
    if lengths != [len(part) for part in parts]:
        raise ValueError("expected whole parts")
    return head, parts


def _is_length(length: Any) -> bool:
    return type(length) is int and 0 <= length <= MOST


def confine(cpu_seconds: int = CPU_SECONDS) -> None:
    """Give up what decoding does not need. There is no way back.

    Of open files the answer stays, and one for errors: jobs that follow come by the
    first.
    """
    os.close(0)
    os.closerange(3, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    library = ctypes.CDLL(None)
    as_root = os.geteuid() == 0
    # Where it is allowed, there is no network to be reached at all.
    flags = _NEW_NETWORK if as_root else _NEW_NETWORK | _NEW_ACCOUNTS
    with contextlib.suppress(AttributeError):
        library.unshare(flags)
    if as_root:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    with contextlib.suppress(AttributeError):
        library.prctl(_NO_NEW_RIGHTS, 1, 0, 0, 0)
        library.prctl(_DIES_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(what, (most, most))


def develop(head: dict[str, Any], parts: list[bytes]) -> Message:
    """Do one job with a file."""
    try:
        return _JOBS[head["job"]](head, parts[0])
    except LongError:
        return {"long": True}, []
    except (PictureError, AttachmentError) as error:
        return {"refused": error.words, "row": error.row}, []
    except MemoryError:
        return {"killed": True}, []


def _strip(_head: dict[str, Any], data: bytes) -> Message:
    return _told(pictures.pixels(data))


def _cover(head: dict[str, Any], data: bytes) -> Message:
    blocks = [pictures.Block(*block) for block in head["blocks"]]
    return _told(pictures.covered(data, blocks))


def _told(found: pictures.Pixels) -> Message:
    return {"pixels": [found.mode, found.width, found.height]}, [found.data]


def _pack(head: dict[str, Any], data: bytes) -> Message:
    mode, width, height = head["pixels"]
    if mode not in ("RGB", "RGBA"):
        raise ValueError("expected a mode of `pictures.Pixels`")
    kept, ending = pictures.packed(pictures.Pixels(mode, width, height, data))
    return {"ending": ending}, [kept]


def _cuts(head: dict[str, Any], data: bytes) -> Message:
    focus = pictures.Focus(*head["focus"]) if head["focus"] else None
    made = pictures.cuts(data, focus, head["shape"])
    rows = [[cut.type, cut.width, cut.height] for cut in made]
    return {"cuts": rows}, [cut.data for cut in made]


def _clean(head: dict[str, Any], data: bytes) -> Message:
    how = {key: head[key] for key in ("behind", "longest") if key in head}
    made = clean_file(head["kind"], data, head["name"], **how)
    unseen = [made.unseen.count, made.unseen.words, made.unseen.digest]
    head = {"type": made.type, "seconds": made.seconds, "unseen": unseen}
    return head, [made.data]


def _weigh(_head: dict[str, Any], data: bytes) -> Message:
    return {"seconds": math.ceil(weigh_sound(data))}, []


_JOBS: dict[str, Callable[[dict[str, Any], bytes], Message]] = {
    "strip": _strip,
    "cover": _cover,
    "pack": _pack,
    "cuts": _cuts,
    "clean": _clean,
    "weigh": _weigh,
}
_BY_PIXELS = ("strip", "cover")  # whose answers are packed by another child


def answered(head: dict[str, Any], parts: list[bytes]) -> tuple[bytes, int]:
    """Do a job as `apart`; pixels are packed by a child that saw no foreign byte.

    The newsroom opens such pictures again in its own process: whoever took over the
    child that decodes can hand over pixels, but no bytes for another decoder.
    """
    answer, memory = apart(head, parts)
    if head.get("job") not in _BY_PIXELS or not answer:
        return answer, memory
    try:
        told = read_message(io.BytesIO(answer))
    except ValueError:
        return b"", memory
    if told is None or "pixels" not in told[0]:
        refused = told is not None and not told[1]
        return (answer if refused else b""), memory
    head = {"job": "pack", "pixels": told[0]["pixels"]}
    packed, more = apart(head, told[1])
    return packed, max(memory, more)


def apart(head: dict[str, Any], parts: list[bytes]) -> tuple[bytes, int]:
    """Do a job in a child that is confined.

    Returns:
        The answer as bytes, b"" if the child was too slow; and KiB of memory it took.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        _child(write, head, parts)
    os.close(write)
    answer = _gather(read, LONG_WALL_SECONDS if head.get("behind") else WALL_SECONDS)
    os.close(read)
    # One that said all may stay for ever; whether it said all is seen by the lengths.
    os.kill(child, signal.SIGKILL)
    _pid, _status, usage = os.wait4(child, 0)
    return answer, usage.ru_maxrss


def _child(write: int, head: dict[str, Any], parts: list[bytes]) -> None:
    status = 1
    try:
        os.dup2(write, 1)
        os.close(write)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # decoders tell of each bad byte
        confine(LONG_CPU_SECONDS if head.get("behind") else CPU_SECONDS)
        with os.fdopen(1, "wb") as out:
            write_message(out, *develop(head, parts))
        status = 0
    finally:
        os._exit(status)


def _gather(read: int, seconds: float) -> bytes:
    """Take what a child writes, until it ends or is too slow or says too much."""
    found, end = io.BytesIO(), time.monotonic() + seconds
    while found.tell() <= MOST:
        left = end - time.monotonic()
        ready = select.select([read, 0], [], [], max(0, left))[0]
        # Where jobs have ended, nobody waits for this one either.
        if left <= 0 or not ready or 0 in ready:
            break
        chunk = os.read(read, 1 << 20)
        if not chunk:
            return found.getvalue()
        found.write(chunk)
    return b""


def warm_up() -> None:
    """Load every decoder and encoder: afterwards no file can be opened."""
    logging.disable()  # nor in one of what is odd about a document
    for module in pkgutil.walk_packages(pypdf.__path__, "pypdf."):
        with contextlib.suppress(ImportError):  # of what is installed for other uses
            importlib.import_module(module.name)
    fonts.warm_up()
    importlib.import_module("pypdfium2")
    for name in _ENCODINGS:
        codecs.lookup(name)
    warnings.simplefilter("ignore")  # what is odd about a picture is in no log
    Image.MAX_IMAGE_PIXELS = None  # `pictures` counts them, and says how many
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # a second one would not be let start
    Image.preinit()
    Image.init()
    small = Image.new("RGB", (320, 180), "white")
    for kind in ("PNG", "GIF", "WEBP", "AVIF", "JPEG"):
        out = io.BytesIO()
        small.save(out, kind)
        pictures.packed(pictures.pixels(out.getvalue()))
    ImageCms.profileToProfile(
        small, ImageCms.createProfile("sRGB"), ImageCms.createProfile("sRGB")
    )


def main() -> None:
    """Take jobs from standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the newsroom says when to end
    warm_up()
    if SOUNDS in sys.argv:
        # Later: who opens pictures has no need of FFmpeg.
        from tamizdat.newsroom.cleaning import coding  # noqa: PLC0415

        coding.warm_up()
    with (
        contextlib.suppress(BrokenPipeError),  # whoever asked was killed
        os.fdopen(0, "rb") as source,
        os.fdopen(os.dup(1), "wb") as out,
    ):
        while (job := read_message(source)) is not None:
            answer, memory = answered(*job)
            write_message(out, {"memory": memory}, [answer])
