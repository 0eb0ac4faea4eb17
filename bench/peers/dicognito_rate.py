"""How fast dicognito de-identifies a folder: python dicognito_rate.py SOURCE OUTPUT, what it took as JSON.

Its own pipeline, as its command runs it, without the time that Python takes to start.
"""
import importlib.metadata
import json
import resource
import sys
import time

from dicognito.__main__ import main

source, output = sys.argv[1:3]
cpu = lambda: sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
before, cpu_before = time.perf_counter(), cpu()
main(['--quiet', '--output-directory', output, source])
print(json.dumps({
    'seconds': time.perf_counter() - before,
    'cpu': cpu() - cpu_before,
    'what': f"dicognito {importlib.metadata.version('dicognito')}, pydicom {importlib.metadata.version('pydicom')}",
}))
