"""The files of a repository at one moment: texts with slots like `<basket>`, and what stands in each slot.

A new value is put into its slot as text. So the bytes that must come out are known without reading any YAML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

SLOT = re.compile(r"<([a-z]+(?:-[a-z]+)*)>")


@dataclass(frozen=True, slots=True)
class State:
    """*texts* are the files with their slots, by path; *values* say what stands in each slot."""

    texts: Mapping[str, str]
    values: Mapping[str, str]

    def filled(self, text: str) -> str:
        """*text* with every slot filled; a slot that nothing was said of is a mistake of the diary (KeyError)."""
        return SLOT.sub(lambda match: self.values[match[1]], text)

    def files(self) -> dict[str, str]:
        """Every file as it stands."""
        return {path: self.filled(text) for path, text in self.texts.items()}

    def with_values(self, values: Mapping[str, str]) -> State:
        """The same with other values."""
        return replace(self, values={**self.values, **values})

    def with_text(self, path: str, text: str) -> State:
        """The same with another text at *path*."""
        return replace(self, texts={**self.texts, path: text})

    def moved(self, folder: str, to: str) -> State:
        """The same with the files of *folder* in another one."""
        return replace(
            self, texts={re.sub(rf"^{re.escape(folder)}/", f"{to}/", path): self.texts[path] for path in self.texts}
        )
