"""Writes the dictionaries of the package simplemma as lines, form TAB lemma, one file a language, into a folder.

    pip download --no-deps --no-binary :all: simplemma==2.0.0; tar xzf simplemma-2.0.0.tar.gz
    PYTHONPATH=simplemma-2.0.0 python3 lib/tools/forms/dump-simplemma.py FOLDER
"""

import pathlib
import sys

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

text = lambda word: word.decode() if isinstance(word, bytes) else word

for language in ["fr", "es", "it", "pt", "nl", "sv"]:
    lemmas = DefaultDictionaryFactory().get_dictionary(language)
    lines = (f"{text(form)}\t{text(lemma)}\n" for form, lemma in lemmas.items())
    (pathlib.Path(sys.argv[1]) / f"{language}.tsv").write_text("".join(lines))
