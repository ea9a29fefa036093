"""Writes the files beside it.

    pip install snowballstemmer==3.1.1; apt-get install snowball-data
    python3 test/golden/stemmers/make-samples.py
"""

import gzip
import pathlib

import snowballstemmer

DATA = pathlib.Path("/usr/share/snowball/data")
HERE = pathlib.Path(__file__).resolve().parent
WORDS = 3_000

for language in ["english", "german", "french", "spanish", "italian", "portuguese", "dutch", "swedish"]:
    words = (DATA / language / "voc.txt").read_text().splitlines()
    words = words[:: max(1, len(words) // WORDS)]
    stems = snowballstemmer.stemmer(language).stemWords(words)
    lines = "".join(f"{word}\t{stem}\n" for word, stem in zip(words, stems))
    with open(HERE / f"{language}.tsv.gz", "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(lines.encode())
