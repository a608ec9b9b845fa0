"""How the readings of labels are weighed: all numbers that decide between them, in one place.

What looks like a label gains its rule's `weight` (1 where the rule leaves it out), less where the line above does not
end. A reading adds that gain to the score of its text, for a heading times how much the text looks like one, and
pays a price where its series does not simply continue. The readings of all labels whose scores add up to most win;
what would only pay is not a label. So one price is worth as many labels as it is large: a series that skips numbers
must explain more than it costs.

The numbers were set by hand against a corpus of real dumps and our own cases; `benchmarks/mutation.py` moves each.
"""

import math

# What a candidate gains by its place, times the weight of its rule.
UNDER_SHORT_LINE = 0.8  # under a short line without a stop: a heading, or a sentence that was cut early
UNDER_FULL_LINE = 0.3  # under a full line without a stop: most likely a number inside a sentence
SHORT_LINE = 0.6  # share of the measure that a short line reaches at most: nothing forced it to end

# How much the text of a label looks like a heading, 0 to 1.
AS_SENTENCE = 0.1  # it ends with a stop, or continues to one
AS_FULL_LINE = 0.7  # a line without a stop that reaches the measure: it may continue
FULL_LINE = 0.97  # share of the right edge that such a line exceeds

# What counts as sure.
SURE = 0.5  # a label whose rule has less weight must be the next of its series
TRUSTED = 0.4  # a label whose rule has less weight tells nothing of how the paper numbers

# Prices of headings and items.
FIRST = 0.35  # of opening a series with its first number
FIRST_BULLET = 0.1  # of opening a series of bullets
EARLY = 1.0  # of opening one with another of the first numbers, as a dump does that lost the first
EARLY_NUMBERS = 3  # the last of these
SKIPS = 0.7  # of leaving out some numbers
SKIPPED_NUMBERS = 2  # numbers that may be left out
RESTARTS = 1.2  # of starting again at one
EXCERPT = 1.2  # of a series that starts late because the text is a part of a paper
EXCERPT_AT_TOP = 0.5  # the same, where its first number opens the text
NOT_UNDER = 0.8  # of a number such as 3.2 that is not under a 3
NEVER = math.inf  # a price that no reading can win back

# What a heading gains that the contents table promises.
PROMISED = 1.3

# Prices of the paragraphs that run through a paper.
GOES_ON = 0.02  # gain of the next number: it breaks ties for the series that continues
LATE = 0.5  # of a first paragraph that is not 1: the text is a part of a paper
LATEST = 0.9  # of one whose number may as well be a year or an amount
FAR_ON = 200  # the first such number
GAP = 0.5  # of leaving out numbers
GAP_EACH = 0.08  # of each number that is left out, and of the one that is there
GAP_NUMBERS = 12  # numbers that may be left out
STARTS_AGAIN = 1.6  # of starting again at one

# How a paper numbers, before any label is decided.
HEADING = 0.7  # a text looks like a heading from here on
HEADING_WIDTH = 0.75  # share of the measure that the text of a heading reaches at most
NUMBERED = 0.3  # share of the body that numbered paragraphs cover in a numbered paper, annexes and tables included
MOSTLY = 0.6  # share of the labels of a series that make it one of headings
THROUGH = 0.75  # share of the labels of a style that are in one count if that numbers the whole paper
RUN = 6  # labels of little weight in a row that number paragraphs if they run through most of the paper
LONG_RUN = 12  # the same for labels other than digits: the sections of a chapter and the items of a list are fewer
FEW = 3  # the same if nothing else in the paper numbers paragraphs or headings
RUN_GAP = 3  # numbers that may be missing between two labels of a run

# The search.
BEAM = 8  # readings of the text so far that are kept: the search is not exact, and wider ones find little more
DEEPEST = 8  # series that are open at once
