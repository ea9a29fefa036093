"""Writes the files beside it.

    pip install snowballstemmer==3.1.1; apt-get install snowball-data
    python3 test/golden/stemmers/make-vocabularies.py [FOLDER of snowball's data]
"""

import gzip
import pathlib
import sys

import snowballstemmer

DATA = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/snowball/data")
HERE = pathlib.Path(__file__).resolve().parent
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def same(one, two):
    """How many letters two words begin with alike, as a digit."""
    count = 0
    while count < min(len(one), len(two), len(DIGITS) - 1) and one[count] == two[count]:
        count += 1
    return count


for language in ["english", "german", "french", "spanish", "italian", "portuguese", "dutch", "swedish"]:
    words = sorted(set((DATA / language / "voc.txt").read_text().split()))
    lines = []
    before = ""
    for word, stem in zip(words, snowballstemmer.stemmer(language).stemWords(words)):
        begun, kept = same(before, word), same(word, stem)
        lines.append(f"{DIGITS[begun]}{word[begun:]} {DIGITS[len(word) - kept]}{stem[kept:]}\n")
        before = word
    with open(HERE / f"{language}.gz", "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write("".join(lines).encode())
