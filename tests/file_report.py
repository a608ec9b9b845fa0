"""A small report in both languages, as the tests print it as PDF, Word and HTML, and how records are compared."""

from collections import Counter

from confparse.model import Node, Report

ENGLISH = [
    ("head", "I. Organization of the session"),
    (
        "text",
        "1. The Board of the River Forum held its fourth session in Harbour City from 3 to 7 May 2021. It held six "
        "meetings, all of them in public, and its work was led by the Chair whom it had elected at its third session.",
    ),
    (
        "text",
        "2. At its 1st meeting, on 3 May 2021, the Board adopted its agenda.{1} The representative of Norway made a "
        "statement and thanked the host for the rooms, the interpreters and the patience of its staff.",
    ),
    ("text", "3. The Board had before it the following documents, which the secretariat had circulated in good time:"),
    ("item", "(a) A note by the secretariat on the state of the rivers in the region and on the dams planned there;"),
    ("item", "(b) A report of the Working Group on Ferries, which had met twice since the last session of the Board."),
    ("head", "II. Ferries and bridges"),
    (
        "text",
        "4. The Board considered item 4 at its 2nd and 3rd meetings. Several delegations said that ferries were "
        "slow, and others that bridges were dear; all agreed that both needed to be counted anew before 2023.{2}",
    ),
    ("text", "5. At its 4th meeting the Board decided to ask for a study, to be paid out of the fund for small works."),
]
ENGLISH_NOTES = ["RF/4/L.1.", "See the report of the third session, chapter II."]
CHINESE = [
    ("head", "一、会议的组织"),
    (
        "text",
        "1．河流论坛理事会于2021年5月3日至7日在港口城举行了第四届会议。理事会举行了六次公开会议，由其第三届会议选出的主席主持。",
    ),
    (
        "text",
        "2．在2021年5月3日第1次会议上，理事会通过了议程。{1}挪威代表作了发言，并感谢东道方提供的会议室和口译服务。",
    ),
    ("text", "3．理事会收到了秘书处分发的下列文件："),
    ("item", "(a)秘书处关于本区域河流状况和计划兴建的水坝的说明；"),
    ("item", "(b)渡轮问题工作组的报告，该工作组自上届会议以来举行了两次会议。"),
    ("head", "二、渡轮和桥梁"),
    (
        "text",
        "4．理事会在第2次和第3次会议上审议了项目4。一些代表团说渡轮速度缓慢，另一些代表团说桥梁费用高昂；各方一致认为须在2023年之前重新统计两者的数目。{2}",
    ),
    ("text", "5．理事会在第4次会议上决定请秘书处编写一份研究报告，费用由小型工程基金支付。"),
]
CHINESE_NOTES = ["RF/4/L.1。", "见第三届会议报告第二章。"]


def text_of(language: str) -> str:
    """The same as plain text, one block a line, the notes at its end."""
    blocks, notes = (ENGLISH, ENGLISH_NOTES) if language == "en" else (CHINESE, CHINESE_NOTES)
    body = [text.replace("{1}", "¹").replace("{2}", "²") for _, text in blocks]
    return "\n\n".join(["RF/4/9", *body, *(f"{mark} {note}" for mark, note in zip("¹²", notes, strict=True))]) + "\n"


def units(report: Report) -> Counter[tuple[str, str, str]]:
    """Nodes and notes by element, label and letters."""
    notes = [("footnote", str(note.num), letters(note.content)) for note in report.footnotes]
    nodes = [(n.element, str(n.num), letters(n.heading or n.content)) for n in report.walk()]
    return Counter([*nodes, *notes])


def letters(text: str | None) -> str:
    return "".join(c for c in text or "" if c.isalnum())


def node(report: Report, eid: str) -> Node:
    return next(n for n in report.walk() if n.eid == eid)
