"""What lies on a facilitator's bench: the texts as they are being written, over those that are saved.

Each is kept as a draft the moment it is written, so leaving and coming back, or a kill, takes nothing.
"""

from collections.abc import Mapping

from assistant.guides import structure
from assistant.guides.fault import Fault
from assistant.guides.workshop.drafts import Drafts
from assistant.guides.workshop.files import step_of
from assistant.guides.workshop.steps import id_of, moved, steps, with_step, without_step
from assistant.guides.workshop.texts import Workshop
from assistant.messages import LANGS, Messages
from assistant.trouble import Trouble


class Bench:
    """Texts that are not saved, and what becomes of them. Whatever cannot be kept or written is raised as `Trouble`."""

    def __init__(self, workshop: Workshop) -> None:
        """Work at `workshop`; drafts from last time lie there at once."""
        self.workshop = workshop
        self._drafts = Drafts(workshop.own)
        self._unsaved: dict[str, str] = {}
        for name, text in self._drafts.kept().items():
            if _same(text, self.saved(name)):
                self._drafts.drop(name)
            else:
                self._unsaved[name] = text

    @property
    def unsaved(self) -> Mapping[str, str]:
        """What is not saved, by name."""
        return dict(self._unsaved)

    def saved(self, name: str) -> str:
        """Give a text as it is saved; one that there is not, or that cannot be read, is empty."""
        try:
            return self.workshop.read(name)
        except Trouble:
            return ""

    def text(self, name: str) -> str:
        """Give a text as it is being written."""
        return self._unsaved.get(name, self.saved(name))

    def write(self, name: str, text: str) -> bool:
        """Take in what is written, and say whether anything is changed by it."""
        if text == self.text(name):
            return False
        if _same(text, self.saved(name)):
            self.undo(name)
        else:
            self._unsaved[name] = text
            self._drafts.keep(name, text)
        return True

    def undo(self, name: str) -> bool:
        """Go back to what is saved, and say whether that is another text."""
        self._drafts.drop(name)
        return self._unsaved.pop(name, None) is not None

    def of(self, guide_id: str) -> tuple[str, ...]:
        """Give the names of a guide's unsaved texts, its guide.toml last: what it names is there before it."""
        return tuple(sorted((name for name in self._unsaved if name.startswith(f"{guide_id}/")), key=_toml_last))

    def faults(self, guide_id: str) -> tuple[Fault, ...]:
        """Give what would be wrong with a guide if all that is unsaved in it were saved."""
        return self.workshop.faults_in(guide_id, {name: self._unsaved[name] for name in self.of(guide_id)})

    def save(self, guide_id: str) -> int:
        """Save what is unsaved in a guide, and give how many texts that was.

        The group's own texts of steps that are taken out are put away.
        """
        names = self.of(guide_id)
        order = self._unsaved.get(f"{guide_id}/guide.toml")
        away = self.workshop.left_out(guide_id, order) if order else ()
        for name in names:
            self.workshop.save(name, self._unsaved[name])
            self.undo(name)
        for name in away:
            self.workshop.put_away(name)
        return len(names)

    def put_back(self, name: str) -> bool:
        """Go back to a text as it came with Vidne, and say whether that is another one."""
        if self.workshop.original(name) is None:
            return False
        undone = self.undo(name)
        return self.workshop.reset(name) or undone

    def put_away(self, name: str) -> bool:
        """Take away a text that only the group has, saved or not, and say whether there was one."""
        undone = self.undo(name)
        return self.workshop.put_away(name) or undone

    def put_all_back(self) -> int:
        """Go back to every text as it came with Vidne, and give how many were others; those only here stay."""
        changed = {text.name for text in self.workshop.texts() if text.whose == "changed"}
        return sum(self.put_back(name) for name in sorted(changed | set(self._unsaved)))

    def move(self, guide_id: str, step_id: str, by: int) -> bool:
        """Move a step `by` places later, and say whether it could be."""
        name = f"{guide_id}/guide.toml"
        text = moved(self.text(name), step_id, by)
        return text is not None and self.write(name, text)

    def leave_out(self, guide_id: str, step_id: str) -> bool:
        """Take a step out of a guide, and say whether it could be; what is unsaved of its texts goes too."""
        name = f"{guide_id}/guide.toml"
        text = without_step(self.text(name), step_id)
        if text is None:
            return False
        for other in self.of(guide_id):
            if step_of(other)[0] == step_id:
                self.undo(other)
        return self.write(name, text)

    def add_step(self, guide_id: str, called: str, after: str | None) -> str:
        """Put a new step `after` another, with a question in both languages to write over; give its id.

        `called` is what somebody calls it in their own words. It is "" where there can be no such step.
        """
        name = f"{guide_id}/guide.toml"
        step_id = id_of(called, [str(step.get("id")) for step in steps(self.text(name)) or []])
        text = with_step(self.text(name), step_id, after) if structure.ID.fullmatch(step_id) else None
        if text is None:
            return ""
        for lang in LANGS:
            say = Messages.load(lang)
            for file, words in ((f"{step_id}.md", "bench.step_text"), (f"{step_id}.why.md", "bench.step_why")):
                if not self.text(f"{guide_id}/{lang}/{file}"):
                    self.write(f"{guide_id}/{lang}/{file}", say(words) + "\n")
        self.write(name, text)
        return step_id


def _same(one: str, other: str) -> bool:
    return one.rstrip("\n") == other.rstrip("\n")


def _toml_last(name: str) -> tuple[bool, str]:
    return name.endswith(".toml"), name
