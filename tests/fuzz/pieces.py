"""Short pieces that, repeated, made some rule of the past slow: for the tests of hostile texts and the benchmark of growth."""

PIECES = [
    "(", "（", "“", "1", "1. ", "1. A.\n", "(a) ", "(a) x;\n", "• x\n", "and ", ",", "Aa Bb, ", "the Committee ", "第", "第1次会议",
    "说", "，", "；", "A/CONF.1/", "A/", "—", ".", "\t", "\n", "\f", "x\fy\n", "\u3000", "AB ", "Ms. ", "Ms. Dorn (Finland) ", "法国、",
    "法国代表作了发言，", "At its 1st meeting, ", "the Board adopted ", "A. Head ........ 1-2 3\n", "1 See A/1.\n", "决定", "委员会",
    "1.1.1.1.1. x\n", "the Minister of ", "a-\n", " x", "the theme “A” ", "I. X\n", "on behalf of ", "代表", "以", "12 345   67   8\n",
    "Annex I\nTitle\n1. x\n", "The representatives of Peru and Nepal made statements. ", "秘鲁和尼泊尔的代表作了发言。",
    "1. The representative of Peru made a statement.\n\n", "•\n", "1.\n", "①\n", "Peru, ", "panel 1 discussed seed; ", "workshop on ", "see paragraph 7 above ",
    "1/ ", "The Board met. 1/\n\f1/ See A/1.\n", "900/ See A/1.\n", "Report*\n* a note\n", "- 2 -\n", "2/9\nx\n", "Chile and ", "4th, ",
    "1. Lesotho welcomed it.\n", "Decision 1/CP.3\nThe Board,\n1. Decides to meet;\nAnnex\n1. x\n", "The Chair of the Board said so. ",
    "对", "就在对于", "以名义，", "经某事，", "玛丽·安", "秘鲁对", " by the representative of Peru", " was made by Peru, ", ", and the Seed Council ",
    "In the ", "Ana Bo, a ", "Minister of ", "1\n\n2\n\nx.\n\f", "The Secretariat said ", "According to ", "（秘鲁）女士",
    "[English only]\n", "10th meeting\n13 May 2027\n", "  3 号A/1\n", "委员会的报告1 及",
]  # fmt: skip

OPENING = "1. The Committee met.\n\n2. "  # without it, the text would be a title, and no records read from it


def repeated(piece: str, size: int) -> str:
    """A paper of about `size` characters (code points) in which the piece is repeated."""
    return OPENING + piece * (size // len(piece))
