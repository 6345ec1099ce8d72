"""A prompts folder as a whole: every guide that it touches, what it adds to the guard, and what nobody would ever read.

The folder may be a stranger's. It is walked without following a link, and no further than a bound.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.guides import structure
from assistant.guides.fault import Fault, Flaw, nearest
from assistant.guides.proof.guide import built_in_judge, prove
from assistant.guides.shelf import FOLDERS, MOST, Shelf, walk
from assistant.messages import Lang, Messages
from assistant.prompts import builtin_prompts

_NOTES = ("readme", "license", "læsmig")
"""Files a folder may have for people; they are no prompts."""


def check(folders: Sequence[Path], messages: Messages) -> tuple[Fault, ...]:
    """Give all that is wrong with the nearest of `folders`, the others standing behind it.

    Where only the built-in folder is given, it is looked at itself.
    """
    from assistant.guides.proof.guard import prove_guard  # 60 ms with the guard
    from assistant.guides.sandbox.apart import Steady  # 40 ms with Jinja2

    folder = folders[0].resolve()
    names = walk(folder)
    if names is None:
        return (Fault.of(Flaw("too_many_files", {"most": str(MOST)}), folder, messages),)
    shelf = Shelf(folders)
    tops = {name.split("/")[0] for name in names if "/" in name}
    guides = [top for top in sorted(tops - set(FOLDERS)) if is_guide(shelf, top)]
    found = list(_strays(folder, names, guides, shelf, messages))
    beside = [name for name in names if name.split("/")[0] in FOLDERS and "/" in name]
    guard = prove_guard(folder, beside, messages)
    judge_of = built_in_judge
    if beside and not guard:
        judge_of = _own_judge(folders)
    with Steady() as steady:
        for guide_id in guides:
            found += prove(shelf, guide_id, messages, judge_of, steady=steady)
    return tuple(sorted({*found, *guard}))


def is_guide(shelf: Shelf, name: str) -> bool:
    """Say whether a folder is a guide: it has a name that one can have, and a guide.toml."""
    return bool(structure.ID.fullmatch(name)) and "guide.toml" in shelf.names(name)


def _strays(
    folder: Path, names: Sequence[str], guides: Sequence[str], shelf: Shelf, messages: Messages
) -> Iterator[Fault]:
    """Give what stands where nobody reads it: most often a name is spelled otherwise."""
    told = set()
    for name in names:
        top, _, rest = name.partition("/")
        if not rest:
            if top == "guide.toml":
                yield Fault.of(Flaw("guide_too_high"), folder / name, messages)
            elif not top.lower().startswith(_NOTES):
                yield Fault.of(Flaw("stray_file"), folder / name, messages)
        elif top not in guides and top not in FOLDERS and top not in told:
            told.add(top)
            known = [*(name for name in shelf.names() if is_guide(shelf, name)), *FOLDERS]
            yield Fault.of(Flaw("no_guide", {"name": top, "nearest": nearest(top, known)}), folder / top, messages)


def _own_judge(folders: Sequence[Path]):
    from assistant.witness.gate import Gate

    gates: dict[Lang, Gate] = {}

    def judge_of(lang: Lang):
        if lang not in gates:
            gates[lang] = Gate.load([*folders[:-1], builtin_prompts()], lang)
        return gates[lang].wording

    return judge_of
