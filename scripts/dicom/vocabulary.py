"""Writes resources/dicom/vocabulary.json: words that free text may keep when it is cleaned.

Sources: names of attributes (PS3.6), code meanings of PS3.16 as pydicom ships them (MIT), body parts of PS3.16 Annex L
as highdicom ships them (MIT), and our own resources/dicom/protocol-terms.txt. Words that are also names of people are
left out unless our own list has them.
    python3 scripts/dicom/vocabulary.py PYDICOM_SR_FOLDER HIGHDICOM_STANDARD_FOLDER ATTRIBUTES_JSON
"""
import json
import re
import runpy
import sys
from pathlib import Path

pydicom, highdicom, dictionary = map(Path, sys.argv[1:4])
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
names = set()
for file in ('given-names.ts', 'family-names.ts'):
    for block in re.findall(r'`([^`]*)`', Path('src/engine/privacy/names', file).read_text()):
        names |= set(re.findall(r'[a-z]{2,}', block.lower()))
own = set((Path('resources/dicom/protocol-terms.txt')).read_text().split())
words = sorted((found - names) | own)
Path('resources/dicom/vocabulary.json').write_text(json.dumps({'words': ' '.join(words)}) + '\n')
print(len(found), len(found & names), len(words))
