"""Contents tables: where one runs, and which headings it promises."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from confparse.layout.contents_forms import ContentsForms, first_match, matchers_of
from confparse.layout.line_table import Lines
from confparse.layout.types import Contents, LineClaim
from confparse.letters import letters
from confparse.rules.grammar import Grammar
from confparse.rules.page_matter import ContentsRule
from confparse.rules.time_budget import TimeBudget

if TYPE_CHECKING:
    import regex

_LOOK = 10  # lines of the next page, of which one is an entry if the contents table continues there
_LONGEST = 400  # lines
_HEADING_LINES = 3  # of a heading, at most
_NEAR = 10  # lines among which those of a heading are
_TITLE_WITHIN = 400  # lines of the paper among which its title is
_ENTRY_LENGTH = 300  # characters of an entry: a longer line is text below the table
_OPENING_LENGTH = 40  # characters of a line with the first words of the body, and of no entry
_ENTRIES = 2  # of a table without page numbers, at least
_FUSED = 5  # entries, at least, of a table whose page numbers ran into them
_PLAIN = 2  # lines in a row without a page number, at most, in such a table


class _Reader:
    """One pass down the lines after a contents title."""

    def __init__(self, lines: Lines, claims: Mapping[int, LineClaim], grammar: Grammar, budget: TimeBudget) -> None:
        self.lines, self.claims, self._forms = lines, claims, ContentsForms(grammar, budget)
        self.headings: dict[str, str] = {}
        self._from: dict[str, int] = {}  # the line where each was read
        self._first: str | None = None  # the letters of the first entry, if it has no number
        self.pending = ""
        self.entries: list[int] = []
        self._begun = 0  # the first line of the entry that is being read
        self.complete = True  # the last entry has its numbers
        self.heads: dict[int, str] = {}  # the lines that head columns, with their rules

    def _tail(self, i: int) -> "regex.Match[str] | None":
        return None if self._too_long(i) else self._forms.tail(self._text(i))

    def _too_long(self, i: int) -> bool:
        return self.lines.lines.ends[i] - self.lines.lines.starts[i] > _ENTRY_LENGTH

    def _text(self, i: int) -> str:
        return self.lines.matched(self.lines.lines[i])

    def _goes_on(self, i: int) -> bool:
        near = range(i, min(i + _LOOK, len(self.lines.lines)))
        return any(j not in self.claims and self._tail(j) for j in near)

    def _promised(self, i: int) -> bool:
        """A heading of the table that is printed here again, as the heading itself, over all its lines."""
        return any(heading in self.headings for heading, _ in self._headings_at(i))

    def _headings_at(self, i: int) -> Iterator[tuple[str, int]]:
        """The letters of a heading on one line, on two, and so on, each with the line below it."""
        below = [j for j in islice(range(i + 1, len(self.lines.lines)), _NEAR) if j not in self.claims]
        own = letters(self._forms.split(self._text(i))[1])
        for j in islice(below, _HEADING_LINES):
            if own:
                yield own, j
            own += letters(self._text(j))

    def _bare_again(self, i: int) -> bool:
        """Whether the first entry is printed here again, both without a number, and no page number below it."""
        return any(heading == self._first and not self._tail(j) for heading, j in self._headings_at(i))

    def _again(self, i: int, text: str) -> bool:
        """Whether the first entry is printed here again, with its number and below all others: the text begins."""
        num, own = self._forms.split(text)
        first = next(iter(self.headings.items()), ("", ""))
        return bool(num) and (letters(own), num) == first and i > self._from[first[0]] + 1

    def forget_below(self, last: int) -> None:
        """Forget the headings that were read below the table: it does not promise them."""
        self.headings = {heading: num for heading, num in self.headings.items() if self._from[heading] <= last}

    def _learn(self, i: int, text: str, ends: bool) -> None:
        num, own = self._forms.split(text)
        if not own:  # a label alone promises nothing
            self.pending = ""
            return
        whole = own if num else f"{self.pending} {own}".strip()  # a label opens an entry
        if len(letters(whole)) > 1:
            self.headings.setdefault(letters(whole), num)
            self._from.setdefault(letters(whole), i)
        self.pending = "" if ends or len(whole) > _ENTRY_LENGTH or len(letters(own)) < 2 else whole

    def _complete_entry(self) -> None:
        """Learn the lines of an entry as one heading."""
        whole, self.pending = self.pending, ""
        if whole:
            self._learn(self._begun, whole, ends=True)

    def _enter(self, i: int, text: str, tail: "regex.Match[str] | None") -> None:
        """An entry begins with words, after one that has its numbers; bare numbers belong to the entry above.

        The heads of columns are a separate part: what is above them has no number to wait for.
        """
        words = text[: tail.start()] if tail else text
        heads = None if tail else self._forms.heads_columns(text)
        if heads:
            self.entries += [] if i - 1 in self.heads else [i]
            self.heads[i] = heads
        elif self.complete and words.strip():
            self.entries.append(i)
        if heads or tail:
            self.complete = True
        elif words.strip():
            self.complete = False

    def read(self, title: int) -> list[int]:
        """The indexes of the lines of the table whose title is at `title`."""
        region, last = [title], title
        page = self.lines.lines[title].page
        for i in range(title + 1, min(len(self.lines.lines), title + _LONGEST)):
            line, text = self.lines.lines[i], self.lines.matched(self.lines.lines[i])
            tail = self._tail(i)
            if line.page != page:
                if last > title and not self._goes_on(i):
                    return [j for j in region if j <= last or self.lines.lines[j].page == page]
                page = line.page
            if i in self.claims:
                continue
            opens = len(text) > _OPENING_LENGTH and self._forms.opens_body(text)
            if not tail and self.complete and last > title and (self._again(i, text) or self._bare_again(i)):
                break
            if not tail and not self._goes_on(i) and (self._promised(i) or opens):
                break
            if self._too_long(i) and not self._goes_on(i):
                break
            region.append(i)
            self.complete = self.complete or (self.lines.parted and line.blanks > 0)
            self._enter(i, text, tail)
            if tail:
                last = i
                self._learn(i, text[: tail.start()].strip(), ends=True)
                if self._first is None and self.headings:
                    whole, num = next(reversed(self.headings.items()))
                    self._first = "" if num else whole
            elif i not in self.heads:
                self._learn(i, text, ends=False)
        if last > title:
            return [j for j in region if j <= last]
        return self._without_numbers(title) or self._with_fused_numbers(title)

    def _forget(self) -> None:
        self.headings, self._from, self.pending, self.entries, self.complete = {}, {}, "", [], True

    def _with_fused_numbers(self, title: int) -> list[int]:
        """A table whose page numbers ran into its entries: they never fall from line to line."""
        free = [i for i in range(title + 1, min(len(self.lines.lines), title + _LONGEST)) if i not in self.claims]
        entries: dict[int, str] = {}  # the words of each entry
        page = plain = 0
        for i in free:
            match = None if self._too_long(i) else self._forms.fused(self._text(i))
            if match is not None and int(match["page"]) >= page:
                entries[i], page, plain = self._text(i)[: match.start()], int(match["page"]), 0
            elif plain == _PLAIN:
                break
            else:
                plain += 1
        if len(entries) < _FUSED:
            return []
        self._forget()
        for i, words in entries.items():
            self.entries.append(i)
            self._learn(i, words.strip(), ends=True)
        return [title, *(i for i in free if i <= max(entries))]

    def _without_numbers(self, title: int) -> list[int]:
        """A table without page numbers, or with these in a separate column: its entries are printed again below it, in
        order.
        """
        free = [i for i in range(title + 1, min(len(self.lines.lines), title + _LONGEST)) if i not in self.claims]
        letter = {i: letters(self.lines.matched(self.lines.lines[i])) for i in free}
        again = next((i for i in free[1:] if letter[i] and letter[i] == letter[free[0]]), None)
        if again is None:
            return []
        entries = [i for i in free if i < again]
        worded = [i for i in entries if letter[i]]
        below = {letter[i] for i in free if i >= again}
        if len(worded) < _ENTRIES or not all(letter[i] in below for i in worded):
            return []
        self._forget()
        for i in worded:
            text = self.lines.matched(self.lines.lines[i])
            if self._forms.split(text)[0] or not self.entries:
                self.entries.append(i)
                self._complete_entry()
            self.pending, self._begun = (f"{self.pending} {text}".strip(), self.entries[-1])
        self._complete_entry()
        return [title, *entries]


def contents(lines: Lines, claims: Mapping[int, LineClaim], grammar: Grammar, budget: TimeBudget) -> Contents | None:
    """The first contents table of a text, None where there is none."""
    titles = matchers_of(grammar, "title")
    rules = [rule.id for rule in grammar.of(ContentsRule) if rule.part == "title"]
    for line in lines.lines[:_TITLE_WITHIN]:
        if line.index not in claims and first_match(titles, lines.matched(line), budget):
            reader = _Reader(lines, claims, grammar, budget)
            region = reader.read(line.index)
            if region:
                reader.forget_below(region[-1])
                by_rule = {i: reader.heads.get(i, rules[0]) for i in region}
                return Contents(by_rule, reader.headings, tuple(reader.entries), rules[0])
    return None
