"""Inputs and outputs by the names of fsspec (`s3://bucket/dumps`, `file:///data`, or a plain path), for a cluster."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import msgspec

from confparse.diagnostics import InputError
from confparse.discovery import Input, Selection, inputs
from confparse.extras import PACKAGES
from confparse.files import shown_path, write_whole

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

PROTOCOL = "://"
_STORES = ("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "oss", "memory")  # they show an object when it is whole
_STAMPS = ("ETag", "etag", "md5Hash", "content_md5", "mtime", "LastModified", "last_modified", "updated", "created")
_PARTIAL = ".part"


class RemoteInput(msgspec.Struct, frozen=True):
    """A file to read: its name as it is shown, where any worker reads it, its bytes, and what changes when it
    changes.
    """

    shown: str
    url: str
    size: int = 0
    stamp: str = ""
    error: InputError | None = None


def is_remote(name: str) -> bool:
    """Whether a name has a protocol."""
    return PROTOCOL in name


def remote_inputs(names: Sequence[str], selection: Selection) -> Iterator[RemoteInput]:
    """Every file that is named, in a folder that is named, or that a pattern matches; each once."""
    earlier_urls = set()
    for name in names:
        files = _by_protocol(name, selection) if is_remote(name) else map(_local, inputs([name], selection))
        for one in files:
            if one.url not in earlier_urls:
                earlier_urls.add(one.url)
                yield one


def _local(file: Input) -> RemoteInput:
    shown = shown_path(file.path)
    try:
        about = file.path.stat()
    except (OSError, ValueError):
        return RemoteInput(shown, str(file.path.absolute()), error=file.error)
    return RemoteInput(shown, str(file.path.absolute()), about.st_size, str(about.st_mtime_ns), file.error)


def _by_protocol(name: str, selection: Selection) -> Iterator[RemoteInput]:
    files, place = _at(name)
    try:
        pattern = any(sign in place for sign in "*?[")
        listing = files.glob(place, detail=True) if pattern else files.find(place, detail=True)
        folder = not pattern and place not in listing
    except (OSError, ValueError) as error:
        yield RemoteInput(name, name, error=InputError("unreadable", name=name, why=error))
        return
    chosen = [about for at, about in sorted(listing.items()) if not folder or _takes(at, place, selection)]
    for about in chosen:
        if about.get("type") == "file":
            url = files.unstrip_protocol(about["name"])
            yield RemoteInput(url, url, int(about.get("size") or 0), _stamp(about))
    if not chosen:
        yield RemoteInput(name, name, error=InputError("no_file", name=name))


def _takes(at: str, folder: str, selection: Selection) -> bool:
    below = PurePosixPath(at).relative_to(PurePosixPath(folder))
    return not any(part.startswith(".") for part in below.parts) and selection.takes(below)


def _stamp(about: Mapping[str, Any]) -> str:
    return next((str(about[key]) for key in _STAMPS if about.get(key)), "")


def _at(name: str) -> "tuple[AbstractFileSystem, str]":
    """The file system of a name, and the place in it. Raises InputError if it cannot be reached."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise InputError("needs_packages", what=name, packages=PACKAGES["cluster"]) from None
    try:
        files, place = url_to_fs(name)
    except (ImportError, ValueError, OSError) as error:
        raise InputError("unreadable", name=name, why=str(error).rstrip(".")) from None
    return files, place


def read_remote(url: str) -> bytes:
    """The bytes of a file. Raises InputError."""
    try:
        files, place = _at(url)
        data: bytes = files.cat_file(place)
    except FileNotFoundError:
        raise InputError("no_file", name=url) from None
    except OSError as error:
        raise InputError("unreadable", name=url, why=error) from None
    return data


class RemoteFolder:
    """A folder of outputs: files get their names when they are whole. Raises InputError if it cannot be written."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._files, self._place = _at(name)
        self.local_path = Path(self._place) if "file" in _protocols(self._files) else None

    def write(self, below: str, data: bytes) -> None:
        """Write a file whole."""
        place = f"{self._place}/{below}"
        if self.local_path is not None:
            write_whole(self.local_path / below, [data])
            return
        try:
            if set(_STORES) & set(_protocols(self._files)):
                self._files.pipe_file(place, data)
                return
            self._files.makedirs(place.rpartition("/")[0], exist_ok=True)
            self._files.pipe_file(place + _PARTIAL, data)
            self._files.mv(place + _PARTIAL, place)
        except OSError as error:
            raise InputError("unwritable", name=f"{self.name}/{below}", why=error) from None

    def read(self, below: str) -> bytes:
        """The bytes of a file; none if it is not there."""
        try:
            return bytes(self._files.cat_file(f"{self._place}/{below}"))
        except OSError:
            return b""

    def sizes(self) -> dict[str, int]:
        """All files below it, and their bytes."""
        try:
            self._files.invalidate_cache()
            listing = self._files.find(self._place, detail=True)
        except OSError:
            return {}
        return {name.removeprefix(self._place).lstrip("/"): int(about["size"] or 0) for name, about in listing.items()}

    def remove(self, names: Iterable[str]) -> None:
        """Remove files."""
        for name in names:
            try:
                self._files.rm_file(f"{self._place}/{name}")
            except OSError as error:
                raise InputError("unwritable", name=f"{self.name}/{name}", why=error) from None


def _protocols(files: "AbstractFileSystem") -> tuple[str, ...]:
    return (files.protocol,) if isinstance(files.protocol, str) else tuple(files.protocol)
