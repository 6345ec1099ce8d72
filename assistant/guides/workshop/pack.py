"""A group's prompts as one file that another group can use: a zip of texts, made in one way and read with suspicion.

A pack comes from strangers. It is read whole into memory, within bounds, before anything is written: names that lead
out or cannot be a text's, links, other kinds of files, more than it says, more than there may be. Then it is proved.
"""

import io
import stat
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from assistant.guides.fault import Fault
from assistant.guides.proof.folder import check
from assistant.guides.shelf import LONGEST, walk
from assistant.guides.workshop.files import NAME, write
from assistant.guides.workshop.texts import Workshop
from assistant.messages import Messages
from assistant.prompts import builtin_prompts
from assistant.text import clean
from assistant.trouble import Trouble, unwritten

HEAVIEST = 8 << 20
"""Bytes a pack may have."""
MOST = 1_000
"""Texts a pack may hold."""
ALL = 16 << 20
"""Bytes its texts may have together."""
_DATE = (2000, 1, 1, 0, 0, 0)
"""The date of every text in a pack, so that the same texts are the same pack."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What a pack would change, or did."""

    added: tuple[str, ...]
    """Texts the group did not have of its own."""
    replaced: tuple[str, ...]
    """Texts of the group's own that are otherwise in the pack."""
    same: tuple[str, ...]
    """Texts that are in the pack as the group has them."""


def pack(workshop: Workshop, file: Path) -> tuple[str, ...]:
    """Write the group's own texts into `file`, and give their names.

    Raises:
        Trouble: when there is nothing to pack, or there is such a file already, or it cannot be written; no folder is
            made for it.
    """
    names = [name for name in (walk(workshop.own) or ()) if _may_be(name)] if workshop.own.is_dir() else []
    if not names:
        raise Trouble("nothing_to_pack", folder=workshop.own)
    if file.exists() or file.is_symlink():
        raise Trouble("pack_exists", file=clean(str(file)))
    if not file.absolute().parent.is_dir():
        raise Trouble("pack_nowhere", folder=clean(str(file.parent)))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            packed.writestr(info, workshop.read(name))
    try:
        write(file.absolute(), held.getvalue(), file.absolute().parent)
    except OSError as error:
        raise unwritten("text_unwritable", file, error) from None
    return tuple(names)


def read_pack(file: Path) -> dict[str, bytes]:
    """Give the texts of a pack by name.

    Raises:
        Trouble: when it is no pack, or holds what no pack may; nothing of it is written anywhere.
    """
    shown = clean(str(file))
    try:
        if not file.is_file() or file.stat().st_size > HEAVIEST:
            raise Trouble("pack_unread", file=shown)
        with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as packed:
            return _texts(packed, shown)
    except Trouble:
        raise
    except Exception:  # a damaged zip raises whatever zlib, struct or a codec does
        raise Trouble("pack_unread", file=shown) from None


def _texts(packed: zipfile.ZipFile, file: str) -> dict[str, bytes]:
    entries = [entry for entry in packed.infolist() if not entry.is_dir()]
    if len(packed.infolist()) > MOST:
        raise Trouble("pack_too_much", file=file)
    texts: dict[str, bytes] = {}
    left = ALL
    for entry in entries:
        name, mode = entry.orig_filename, entry.external_attr >> 16
        odd = mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG)
        methods = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others unpack into memory that nothing bounds
        if not _may_be(name) or name in texts or odd or entry.flag_bits & 1 or entry.compress_type not in methods:
            raise Trouble("pack_odd", file=file, name=clean(name)[:60])
        with packed.open(entry) as held:
            texts[name] = held.read(LONGEST + 1)
        left -= len(texts[name])
        if len(texts[name]) > LONGEST or left < 0:
            raise Trouble("pack_too_much", file=file)
    folders = {str(parent) for name in texts for parent in PurePosixPath(name).parents}
    if folders & texts.keys():
        raise Trouble("pack_odd", file=file, name=min(folders & texts.keys()))
    if not texts:
        raise Trouble("pack_unread", file=file)
    return texts


def _may_be(name: str) -> bool:
    return bool(NAME.fullmatch(name)) and ".." not in name and name.endswith((".toml", ".md"))


def faults_in(texts: Mapping[str, bytes], workshop: Workshop, messages: Messages) -> tuple[Fault, ...]:
    """Give all that is wrong with the texts of a pack: as they are, and as they would be among the group's own."""
    with TemporaryDirectory(prefix="vidne-pack-") as scratch:  # for its owner only
        alone, among = Path(scratch).resolve() / "pack", Path(scratch).resolve() / "own"
        own = {name: path.read_bytes() for name, path in _own(workshop).items() if path.stat().st_size <= LONGEST}
        for folder, held in ((alone, texts), (among, own | dict(texts))):
            for name, raw in held.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(raw)
        found = check((alone, builtin_prompts()), messages)
        if not found and own:
            before = {_bare(fault, workshop.own) for fault in workshop.faults()}
            now = check((among, builtin_prompts()), messages)
            found = tuple(fault for fault in now if _bare(fault, among) not in before)
        folders = (alone, among)
        return tuple(replace(fault, file=_inside(fault.file, folders)) for fault in found)


def _inside(file: Path, folders: tuple[Path, ...]) -> Path:
    """Give a file's name in the pack: the folders that it was proved in are gone when it is told of."""
    return next((file.relative_to(folder) for folder in folders if file.is_relative_to(folder)), file)


def _own(workshop: Workshop) -> dict[str, Path]:
    names = (walk(workshop.own) or ()) if workshop.own.is_dir() else ()
    return {name: workshop.own / name for name in names if _may_be(name) and (workshop.own / name).is_file()}


def _bare(fault: Fault, folder: Path) -> tuple[str, str]:
    return str(fault.file).removeprefix(str(folder.resolve())), fault.what


def compare(texts: Mapping[str, bytes], workshop: Workshop) -> Unpacked:
    """Say what unpacking would change."""
    own = _own(workshop)
    same = {name for name, raw in texts.items() if name in own and own[name].read_bytes() == raw}
    return Unpacked(
        added=tuple(sorted(texts.keys() - own.keys())),
        replaced=tuple(sorted((texts.keys() & own.keys()) - same)),
        same=tuple(sorted(same)),
    )


def unpack(texts: Mapping[str, bytes], workshop: Workshop) -> None:
    """Write the texts of a pack that was proved into the group's own folder; what is replaced is set aside.

    Raises:
        Trouble: when one cannot be written; then all stands as it did.
    """
    before: dict[Path, bytes | None] = {}
    try:
        for name, raw in sorted(texts.items()):
            path = workshop.own / name
            before[path] = path.read_bytes() if path.is_file() else None
            workshop.save(name, raw.decode("utf-8-sig"))
    except Trouble:
        for path, stood in before.items():
            with suppress(OSError):
                path.unlink(missing_ok=True) if stood is None else write(path, stood, workshop.own)
        raise
