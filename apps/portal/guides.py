"""The Russian guides of docs/guides as pages: a small part of Markdown, everything else is text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from apps.core.roles import Role, roles_of
from apps.core.text import is_safe_link

FOLDER = settings.BASE_DIR / "docs" / "guides"
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_HEADING = re.compile(r"(#{1,4})\s+(.+)")
_BULLET = re.compile(r"[-*]\s+(.+)")
_NUMBER = re.compile(r"\d+[.)]\s+(.+)")
_RULE_OF_TABLE = re.compile(r"\|?[\s:|-]+\|?")
_INLINE = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<bold>.+?)\*\*|\*(?P<italic>[^*\s][^*]*)\*|\[(?P<text>[^\]]+)\]\((?P<link>[^)\s]+)\)"
)


@dataclass(frozen=True)
class Guide:
    name: str
    title: str
    lead: str
    path: Path

    @property
    def html(self) -> SafeString:
        """Without the title, which the page shows itself."""
        return render(self.path.read_text(encoding="utf-8").partition("\n")[2])


def guides() -> list[Guide]:
    """All guides by title; a file that does not start with a heading is no guide."""
    found = [_guide(path) for path in sorted(FOLDER.glob("*.md")) if NAME.fullmatch(path.stem)]
    return sorted((one for one in found if one), key=lambda one: one.title)


# Who reads a guide, in the order it is offered to him; one that is not named here is for everybody.
STAFF = (Role.HEAD, Role.METHODIST, Role.ASSISTANT)
READERS: dict[str, tuple[Role, ...]] = {
    "head": (Role.HEAD,),
    "methodist": (Role.METHODIST, Role.HEAD, Role.ASSISTANT),
    "plans": (*STAFF, Role.DIRECTOR),
    "staff": (Role.HEAD, Role.DIRECTOR, Role.METHODIST, Role.ASSISTANT),
    "control-relations": (Role.METHODIST, Role.HEAD),
    "school": (Role.REPRESENTATIVE, *STAFF),
    "administrator": (Role.ADMIN,),
}


def guides_for(user: Any) -> list[Guide]:
    """The guides that concern the user, first those written for a role of his; an administrator's are all."""
    roles = roles_of(user)
    found = [one for one in guides() if _concerns(one, roles)]
    return sorted(found, key=lambda one: not _is_own(one, roles))


def _concerns(guide: Guide, roles: frozenset[str]) -> bool:
    readers = READERS.get(guide.name)
    return readers is None or Role.ADMIN in roles or not roles.isdisjoint(readers)


def _is_own(guide: Guide, roles: frozenset[str]) -> bool:
    """Whether the guide is first of all for one of these roles."""
    return guide.name in READERS and READERS[guide.name][0] in roles


def _guide(path: Path) -> Guide | None:
    lines = path.read_text(encoding="utf-8").splitlines()
    heading = _HEADING.fullmatch(lines[0].strip()) if lines else None
    if heading is None:
        return None
    lead = next((line.strip() for line in lines[1:] if line.strip()), "")
    return Guide(path.stem, heading[2], "" if lead[:1] in "#-|" else lead, path)


@lru_cache(maxsize=64)
def render(text: str) -> SafeString:
    """HTML of headings (one level down), lists, tables, code, paragraphs, emphasis and links.

    All text is escaped first; a link that is neither http(s) nor a path stays text.
    """
    return mark_safe("\n".join(_blocks(text.splitlines())))  # noqa: S308 - every part below is escaped


def _blocks(lines: list[str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        if not line:
            at += 1
        elif line.startswith("```"):
            at, body = _until(lines, at + 1, "```")
            yield format_html('<pre tabindex="0"><code>{}</code></pre>', "\n".join(body))
        elif heading := _HEADING.fullmatch(line):
            at += 1
            level = max(2, len(heading[1]))
            yield f"<h{level}>{_inline(heading[2])}</h{level}>"
        elif line.startswith("|"):
            at, rows = _while(lines, at, lambda one: one.startswith("|"))
            yield _table(rows)
        elif _BULLET.fullmatch(line) or _NUMBER.fullmatch(line):
            pattern, tag = (_BULLET, "ul") if _BULLET.fullmatch(line) else (_NUMBER, "ol")
            at, items = _items(lines, at, pattern)
            yield f"<{tag}>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</{tag}>"
        else:
            at, body = _while(lines, at, _is_plain)
            yield f"<p>{_inline(' '.join(body))}</p>"


def _is_plain(line: str) -> bool:
    special = line.startswith(("|", "```")) or _HEADING.fullmatch(line)
    return bool(line) and not special and not _BULLET.fullmatch(line) and not _NUMBER.fullmatch(line)


def _while(lines, at, holds):  # type: ignore[no-untyped-def]
    """The lines from `at` on for which it holds (at least the first), and where they end."""
    taken = [lines[at].strip()]
    at += 1
    while at < len(lines) and holds(lines[at].strip()):
        taken.append(lines[at].strip())
        at += 1
    return at, taken


def _until(lines: list[str], at: int, end: str) -> tuple[int, list[str]]:
    taken = []
    while at < len(lines) and not lines[at].strip().startswith(end):
        taken.append(lines[at])
        at += 1
    return at + 1, taken


def _items(lines: list[str], at: int, pattern: re.Pattern[str]) -> tuple[int, list[str]]:
    """Items of a list; an indented line goes on with the item above it."""
    items: list[str] = []
    while at < len(lines):
        line = lines[at]
        if found := pattern.fullmatch(line.strip()):
            items.append(found[1])
        elif items and line.startswith("  ") and line.strip():
            items[-1] += " " + line.strip()
        else:
            break
        at += 1
    return at, items


def _table(rows: list[str]) -> str:
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if not _is_rule(row)]
    head = "".join(f'<th scope="col">{_inline(cell)}</th>' for cell in cells[0]) if cells else ""
    body = "".join(
        "<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>" for row in cells[1:]
    )
    return (
        '<div class="table-scroll" tabindex="0" role="region" aria-label="Таблица"><table class="table">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _is_rule(row: str) -> bool:
    return "-" in row and bool(_RULE_OF_TABLE.fullmatch(row))


def _inline(text: str) -> str:
    """Escaped text with code, bold, italic and links."""
    made: list[str] = []
    end = 0
    for match in _INLINE.finditer(text):
        made.append(escape(text[end : match.start()]))
        made.append(_marked(match))
        end = match.end()
    return "".join([*made, escape(text[end:])])


def _marked(match: re.Match[str]) -> str:
    if match["code"]:
        return f"<code>{escape(match['code'])}</code>"
    if match["bold"]:
        return f"<strong>{escape(match['bold'])}</strong>"
    if match["italic"]:
        return f"<em>{escape(match['italic'])}</em>"
    link = _address(match["link"])
    return format_html('<a href="{}">{}</a>', link, match["text"]) if link else escape(match[0])


def _address(link: str) -> str:
    """A link to a neighbouring guide becomes the address of its page."""
    if link.endswith(".md") and NAME.fullmatch(link.removesuffix(".md")):
        return f"/help/{link.removesuffix('.md')}/"
    return link if is_safe_link(link) or re.fullmatch(r"#[\w-]+", link) else ""
