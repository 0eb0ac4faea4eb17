"""Writes resources/dicom/vocabulary.json: words that free text may keep when it is cleaned.

`terms`: our own resources/dicom/protocol-terms.txt. `words`: names of attributes (PS3.6), code meanings of PS3.16 as
pydicom ships them (MIT), body parts of PS3.16 Annex L as highdicom ships them (MIT), and frequent English (SCOWL, sizes 10
to 35), none of which is a name of people. `ambiguous`: those that are. `names`: terms that are.
    python3 scripts/dicom/vocabulary.py PYDICOM_SR_FOLDER HIGHDICOM_STANDARD_FOLDER ATTRIBUTES_JSON SCOWL_FOLDER
"""
import json
import re
import runpy
import sys
from pathlib import Path

pydicom, highdicom, dictionary, scowl = map(Path, sys.argv[1:5])
words_of = lambda text: {w for w in re.findall(r'[a-z]{3,}', text.lower())}
concepts = {}
for file in ('_concepts_dict.py', '_snomed_dict.py'):
    concepts.update({f'{file}{k}': v for k, v in runpy.run_path(str(pydicom / file)).get('concepts', {}).items()})
found = set()
for scheme in concepts.values():
    for codes in scheme.values():
        for value in codes.values():
            found |= words_of(value[0])
for row in json.loads(dictionary.read_text()):
    found |= words_of(row['name'])
for key, value in json.loads((highdicom / 'anatomic_regions.json').read_text()).items():
    found |= words_of(key) | words_of(value[2])
for size in (10, 20, 35):
    for kind in ('english', 'american', 'british'):
        lines = (scowl / f'{kind}-words.{size}').read_text('latin-1').split()
        found |= {line for line in lines if re.fullmatch(r'[a-z]{2,}', line)}
names = set()
for file in ('given-names.ts', 'family-names.ts'):
    for block in re.findall(r'`([^`]*)`', Path('src/engine/privacy/names', file).read_text()):
        names |= set(re.findall(r'[a-z]{2,}', block.lower()))
terms = {w for line in Path('resources/dicom/protocol-terms.txt').read_text().lower().split() for w in re.findall(r'\w+', line)}
# The plural of a word says no more than the word.
plural = lambda word, of: word.endswith('s') and word[:-1] in of
others = found - terms
words = others - names
words = {w for w in words if not plural(w, words)}
lists = {'terms': terms, 'words': words, 'ambiguous': others & names, 'names': terms & names}
Path('resources/dicom/vocabulary.json').write_text(
    json.dumps({key: ' '.join(sorted(value)) for key, value in lists.items()}, ensure_ascii=False) + '\n'
)
print({key: len(value) for key, value in lists.items()})
