"""Somebody without a mouse: Tab, Enter, Space and the arrows are all they have."""

from dataclasses import dataclass

from people.person import PATIENCE, Person

FOCUSED = """() => {
  const hidden = (e, label, box) => {  // something else lies over all of it, as a bar that stays in place might
    const middle = [(box.left + box.right) / 2, Math.min(Math.max((box.top + box.bottom) / 2, 1), innerHeight - 1)];
    const over = document.elementFromPoint(...middle);
    return over && ![e, label].some(part => part && (part.contains(over) || over.contains(part)));
  };
  const e = document.activeElement, label = e.labels && e.labels[0], box = e.getBoundingClientRect();
  const styles = [getComputedStyle(e), ...(label ? [getComputedStyle(label, '::before')] : [])];
  return {id: e.id || e.name || '', text: (label ? label.innerText : e.innerText || '').trim(), tag: e.tagName,
    seen: box.bottom > 0 && box.top < innerHeight && !hidden(e, label, box),
    marked: styles.some(s => s.outlineStyle !== 'none' || s.boxShadow !== 'none' || s.borderBottomWidth >= '3px')};
}"""
MANY = 150


@dataclass
class Keyboard:
    """Drives a person's browser by keys alone, and asserts that the focus can always be seen."""

    person: Person

    def to(self, words: str, tag: str = "") -> None:
        """Press Tab until the focus is on something with these words or this id.

        Raises:
            AssertionError: it cannot be reached, or the focus cannot be seen on the way.
        """
        for _ in range(MANY):
            self.key("Tab")
            here = self.person.page.evaluate(FOCUSED)
            if here["tag"] == "BODY":
                continue
            assert here["seen"], f"the focus is out of sight at {here}"
            assert here["marked"], f"the focus is not marked at {here}"
            if (here["text"].startswith(words) or here["id"] == words) and tag in ("", here["tag"]):
                return
        raise AssertionError(f"“{words}” cannot be reached with Tab on {self.person.path}")

    def key(self, name: str) -> None:
        """Press one key."""
        self.person.page.keyboard.press(name)

    def write(self, where: str, text: str) -> None:
        """Go to a field and type."""
        self.to(where)
        self.person.page.keyboard.type(text)

    def enter(self, words: str = "", tag: str = "") -> None:
        """Go to a link or button and press Enter; the next page is read for faults."""
        if words:
            self.to(words, tag)
        with self.person.page.expect_navigation(wait_until="load", timeout=PATIENCE):
            self.key("Enter")
        self.person.look()
